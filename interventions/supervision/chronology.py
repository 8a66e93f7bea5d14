"""Timeline events of supervision: case decisions, and when they were done."""

from interventions.supervision.models import CaseDecision
from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Decisions, on the day of their session; the rest of the session stays between staff."""
    return [
        build_event_query(
            "decision",
            CaseDecision.objects.visible_to(scope).filter(family=family),
            EventRule("session__held_on", "Decided in supervision", "owner__display_name", "decision"),
            EventRule("done_at", "Done as decided", "owner__display_name", "decision"),
        )
    ]
