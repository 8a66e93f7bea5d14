"""What is due after a merge was undone: what was written while two records were one is looked through."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, always_due, in_families
from pairs.matching.models import Merge


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Merges undone whose later rows nobody has looked through."""
    rows = Merge.objects.visible_to(scope).filter(in_families(families)).to_look_through()
    fields = {"id": "id", "family": "family_id", "site": "family__site_id", "at": "undone_at"}
    to_items = always_due(
        code="merge_to_look_through",
        kind=CLINICAL,
        title="Check entries made while two records were merged",
        page="merge",
        why="The merge was undone. Some of it may belong to the other record.",
    )
    return [Query(rows, fields, to_items)]
