"""Which of a merged family's records its rows came from: what was agreed of one record is not said of the other."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from pairs.matching.models import MergeStep

OriginRecords = Mapping[UUID, frozenset[UUID]]


def load_origin_records(families: Iterable[UUID], *labels: str) -> dict[UUID, OriginRecords]:
    """{family: {row id: ids of the family records it stood in}} for families that were more than one: one query.

    ``labels``: the tables to ask about ("families.Infant"). A row that no merge touched is not in it: it stood
    in the family itself. One person whose two records were merged stood in both. A merge undone counts no more.
    """
    steps = MergeStep.objects.in_force().filter(merge__family__in=set(families), model_label__in=labels)
    rows = steps.order_by("merge__at", "order").values_list(
        "merge__family", "row_id", "field", "before", "into"
    )
    found: dict[UUID, dict[UUID, set[UUID]]] = defaultdict(dict)
    for family, row_id, field, before, into in rows:
        _record_origin(found[family], family, UUID(row_id), field, before, into)
    return {family: {pk: frozenset(ids) for pk, ids in stood.items()} for family, stood in found.items()}


def _record_origin(
    stood: dict[UUID, set[UUID]],
    family: UUID,
    row_id: UUID,
    field: str,
    before: str | None,
    into: UUID | None,
) -> None:
    """A row first moved from a family stood in that one; a record merged into another brings where it stood."""
    if field == "family_id":
        stood.setdefault(row_id, {UUID(before)})
    elif into:
        stood.setdefault(into, {family}).update(stood.get(row_id, {family}))
