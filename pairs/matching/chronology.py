"""What matching adds to a family's timeline: that records were merged, and that this was undone."""

from typing import Any

from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family
from pairs.matching.models import Merge
from pairs.matching.rules.kinds import RecordKind


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Merges that the family's record holds: of two babies, two carers or two families."""

    def format_what(row: dict[str, Any]) -> str:
        return f"Two records of one {RecordKind(row['kind']).label.lower()}"

    return [
        build_event_query(
            "record",
            Merge.objects.visible_to(scope).filter(family=family),
            EventRule("at", lambda row: f"{format_what(row)} merged", "by__display_name", "reason"),
            EventRule(
                "undone_at",
                lambda row: f"{format_what(row)}: merge undone",
                "undone_by__display_name",
                "undone_reason",
            ),
            people=("kept_id",),
            fields=("kind",),
        )
    ]
