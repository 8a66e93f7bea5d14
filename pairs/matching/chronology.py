"""What matching adds to a family's chronology: that records were merged, and that this was undone."""

from collections.abc import Iterator
from typing import Any

from pairs.access.batch_query import Query, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event, parse_person_ids
from pairs.families.models import Family
from pairs.matching.models import Merge
from pairs.matching.rules.kinds import RecordKind


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Merges that the family's record holds: of two babies, two carers or two families."""
    rows = Merge.objects.visible_to(scope).filter(family=family)
    fields = {"kind": "kind", "kept": "kept_id", "at": "at", "reason": "reason"}
    undone = {"undone_at": "undone_at", "undone_by": "undone_by__display_name", "why": "undone_reason"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        whose = parse_person_ids(row["kept"])
        what = f"Two records of one {RecordKind(row['kind']).label.lower()}"
        at, by, title = parse_datetime(row["at"]), row["by"], f"{what} merged"
        yield Event("record", at, title, who=by, text=row["reason"], people=whose)
        if row["undone_at"]:
            at, by = parse_datetime(row["undone_at"]), row["undone_by"]
            yield Event("record", at, f"{what}: merging undone", who=by, text=row["why"], people=whose)

    return [Query(rows, fields | undone | {"by": "by__display_name"}, to_event)]
