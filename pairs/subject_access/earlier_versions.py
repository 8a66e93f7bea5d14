"""What entries said before they were changed, as their history has it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any
from uuid import UUID, uuid5

from django.apps import apps
from django.utils import timezone

from pairs.database.history import find_history_model
from pairs.service.bundle_sections import BundleSection
from pairs.subject_access.sections import build_lines


@dataclass(frozen=True)
class EarlierVersion:
    """What one row said until it was changed. ``lines``: of the fields that were changed then."""

    id: UUID
    row_id: UUID
    on: date
    until: datetime
    lines: list[list[str]]


def find_earlier_versions(
    section: BundleSection, rows: Sequence[Any], fields: Iterable[Any]
) -> Iterator[EarlierVersion]:
    """Of these rows, the oldest first. A version that was about other people than its row is now is never read.

    ``fields``: that an entry of the section shows.
    """
    model: Any = apps.get_model(section.model)
    history: Any = find_history_model(model)
    if history is None or not rows:
        return
    kept = [field for field in fields if not field.many_to_many and hasattr(history, field.attname)]
    people = _list_people_keys(section, model)
    versions = history.objects.filter(pgh_obj_id__in=[row.pk for row in rows]).order_by(
        "pgh_obj_id", "pgh_id"
    )
    now = {row.pk: [getattr(row, key) for key in people] for row in rows}
    for row_id, of_row in groupby(versions, key=lambda each: each.pgh_obj_id):
        for version, next_one in pairwise(of_row):
            lines = build_lines(version, [each for each in kept if _differs(version, next_one, each)])
            if lines and [getattr(version, key) for key in people] == now[row_id]:
                yield _build_version(version, next_one, lines)


def _list_people_keys(section: BundleSection, model: Any) -> list[str]:
    """The row's own keys to babies, carers and relationships, which say whom a version was about."""
    named = {path for path in (*section.about, *section.else_about) if "__" not in path}
    return [each.attname for each in model._meta.concrete_fields if each.name in named and each.is_relation]


def _differs(version: Any, next_one: Any, field: Any) -> bool:
    return getattr(version, field.attname) != getattr(next_one, field.attname)


def _build_version(version: Any, next_one: Any, lines: list[list[str]]) -> EarlierVersion:
    return EarlierVersion(
        id=uuid5(version.pgh_obj_id, str(version.pgh_id)),
        row_id=version.pgh_obj_id,
        on=timezone.localdate(version.pgh_created_at),
        until=next_one.pgh_created_at,
        lines=lines,
    )
