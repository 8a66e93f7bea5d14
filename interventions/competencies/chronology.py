"""Timeline events of competences: how a supervisor signed off that an intervention is delivered."""

from typing import Any

from interventions.competencies.models import DeliverySignOff
from interventions.competencies.rules import Arrangement
from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family


def _describe(row: dict[str, Any]) -> str:
    said = Arrangement(row["arrangement"]).label
    return f"{row['name']}, signed off: {said[0].lower()}{said[1:]}"


SIGNED_OFF = EventRule("created_at", _describe, "by_name", "note")


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """The family's sign-offs."""
    rows = DeliverySignOff.objects.visible_to(scope).filter(use__episode__family=family)
    fields = {
        "name": "use__intervention__name",
        "arrangement": "arrangement",
        "by_name": build_user_name("signed_by"),
    }
    return [
        build_event_query("episode", rows, SIGNED_OFF, page=("episode", "use__episode_id"), fields=fields)
    ]
