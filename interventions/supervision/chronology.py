"""Timeline events of supervision: case decisions, when they were done, and that a family was discussed."""

from django.db.models import Exists, OuterRef

from interventions.supervision.models import CaseDecision, FamilyDiscussion
from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family

SIGNED = {"signed": build_user_name("session__supervisor"), "owner": build_user_name("owner")}


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Decisions, on the day of their session, signed by whoever gave it; the rest of it stays between staff."""
    decisions = CaseDecision.objects.visible_to(scope).filter(family=family)
    decided = decisions.filter(session=OuterRef("session"))
    return [
        build_event_query(
            "decision",
            decisions,
            EventRule("session__held_on", _describe_decision, "signed", "decision"),
            EventRule("done_at", "Done as decided", "owner", "decision"),
            fields=SIGNED,
        ),
        build_event_query(
            "decision",
            FamilyDiscussion.objects.visible_to(scope).filter(~Exists(decided), family=family),
            EventRule("session__held_on", "Discussed in supervision", "signed"),
            fields={"signed": SIGNED["signed"]},
        ),
    ]


def _describe_decision(row: dict[str, str]) -> str:
    return f"Decided in supervision, for {row['owner']} to do"
