"""Timeline events of supervision: case decisions, when they were done, and that a family was discussed."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from interventions.supervision.models import CaseDecision, FamilyDiscussion, build_to_do_words
from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.families.events import EventRule, Row, build_event_query
from pairs.families.models import Family

SUPERVISOR = build_user_name("session__supervisor")
DECISION_FIELDS = {
    "decided_on": Coalesce("session__held_on", "reviewed_on"),
    "signed": Coalesce(SUPERVISOR, build_user_name("reviewed_by")),
    "owner": build_user_name("owner"),
    "to_do": build_to_do_words(),
} | {name: name for name in ("session", "decision", "action", "do_by")}


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Decisions, on the day of their session or review, signed by who made it; the rest stays between staff."""
    decisions = CaseDecision.objects.visible_to(scope).filter(family=family)
    decided = decisions.filter(session=OuterRef("session"))
    return [
        build_event_query(
            "decision",
            decisions,
            EventRule("decided_on", _describe_decision, "signed", _join_words),
            EventRule("done_at", "Done as decided", "owner", "to_do"),
            fields=DECISION_FIELDS,
        ),
        build_event_query(
            "decision",
            FamilyDiscussion.objects.visible_to(scope).filter(~Exists(decided), family=family),
            EventRule("session__held_on", "Discussed in supervision", "signed"),
            fields={"signed": SUPERVISOR},
        ),
    ]


def _describe_decision(row: Row) -> str:
    where = "in supervision" if row["session"] else "in a caseload review"
    is_to_do = row["session"] or row["action"] or row["do_by"]
    return f"Decided {where}, for {row['owner']} to do" if is_to_do else f"Decided {where}"


def _join_words(row: Row) -> str:
    action = f"Action: {row['action']}" if row["action"] else ""
    return "\n".join(filter(None, (row["decision"], action)))
