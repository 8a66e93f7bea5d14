"""After a merge is undone, what was written in between goes back with its person, or somebody looks through it.

While two records were one, new rows pointed at the record kept. Undoing gives the other record its own family and its
own work back; a row of that family that names the record kept, or a row of the kept family that names only people who
have gone back, would stand in one family and name somebody of the other.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction

from pairs.access.records import Record
from pairs.families.models import Caregiver, Dyad, Family, Infant
from pairs.matching.models import Merge, MergeEffect
from pairs.matching.referring_rows import is_history, list_keys_to, query_rows_of

PEOPLE = (Infant, Caregiver, Dyad)
Returned = tuple[models.Model, str, Any, Any]  # row, column, before, after


def return_later_rows(merge: Merge) -> list[Returned]:
    """Give each row made since the merge back to its own; what was changed, for the ledger."""
    pairs = list(_list_parted_pairs(merge))
    returned = [each for kept, merged in pairs for each in _repoint_later_rows(merge, kept, merged)]
    return returned + [
        each for family in _list_parted_families(merge) for each in _move_own_rows(merge, family)
    ]


def _list_parted_pairs(merge: Merge) -> Iterator[tuple[Any, Any]]:
    """(kept, merged) of people and relationships that stand in two families again."""
    steps = merge.steps.filter(what=MergeEffect.SEALED, into__isnull=False)
    for model in PEOPLE:
        for row_id, into in steps.filter(model_label=model._meta.label).values_list("row_id", "into"):
            kept, merged = (model._base_manager.filter(pk=pk).first() for pk in (into, row_id))
            if kept and merged and kept.family_id != merged.family_id and not merged.is_hidden:
                yield kept, merged


def _list_parted_families(merge: Merge) -> list[UUID]:
    """Ids of the families that have come back."""
    steps = merge.steps.filter(what=MergeEffect.SEALED, model_label=Family._meta.label)
    return [UUID(row_id) for row_id in steps.values_list("row_id", flat=True)]


def _repoint_later_rows(merge: Merge, kept: Any, merged: Any) -> Iterator[Returned]:
    """Rows of the other family that name the record kept: they are of that family's own record."""
    for key in list_keys_to(type(kept)):
        if not (issubclass(key.model, Record) and "created_at" in {f.name for f in key.model._meta.fields}):
            continue
        rows = query_rows_of(key, kept.pk).filter(created_at__gt=merge.at)
        for row in rows.filter(**{key.model.family_path: merged.family_id}):
            if _write(row, key.attname, merged.pk):
                yield row, key.attname, kept.pk, merged.pk


def _move_own_rows(merge: Merge, family: UUID) -> Iterator[Returned]:
    """Rows of the family kept that name nobody but people who have gone back to the other family."""
    for model, people in _list_tables_of_people():
        rows = model._base_manager.filter(family=merge.family_id, created_at__gt=merge.at)
        for row in rows.select_related(*people):
            named = [person for name in people if (person := getattr(row, name))]
            if (
                named
                and {person.family_id for person in named} == {family}
                and _write(row, "family_id", family)
            ):
                yield row, "family_id", merge.family_id, family


def _list_tables_of_people() -> Iterator[tuple[Any, list[str]]]:
    """(table with a family of its own, its keys to people), where nothing else ties a row to that family."""
    for model in apps.get_models():
        if model in PEOPLE or not issubclass(model, Record) or model._meta.proxy or is_history(model):
            continue
        keys = [field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
        own = [key for key in keys if key.related_model is Family and key.name == "family"]
        people = [key.name for key in keys if key.related_model in PEOPLE]
        others = [
            key for key in keys if issubclass(key.related_model, Record) and key.related_model not in PEOPLE
        ]
        if own and people and not [key for key in others if key not in own and not key.null]:
            yield model, people


def _write(row: Any, column: str, value: Any) -> bool:
    """False, with nothing changed, where the database does not let it."""
    try:
        with transaction.atomic():
            return bool(type(row)._base_manager.filter(pk=row.pk).update(**{column: value}))
    except IntegrityError:
        return False


def find_strays(merge: Merge) -> Iterator[tuple[models.ForeignKey, Any]]:
    """(key, row) of what was made since, stands in one of the two families and names somebody of the other."""
    parted = {merge.family_id, *_list_parted_families(merge)}
    for model in apps.get_models():
        if not issubclass(model, Record) or model._meta.proxy or is_history(model):
            continue
        for key in model._meta.concrete_fields:
            if isinstance(key, models.ForeignKey) and key.related_model in PEOPLE:
                yield from ((key, row) for row in _query_strays(model, key, merge, parted))


def _query_strays(
    model: Any, key: models.ForeignKey, merge: Merge, parted: set[UUID]
) -> models.QuerySet[Any]:
    here = model._base_manager.filter(created_at__gt=merge.at, **{f"{model.family_path}__in": parted})
    if merge.undone_at:
        here = here.filter(created_at__lte=merge.undone_at)
    theirs = {f"{key.name}__family__in": parted}
    return here.filter(**theirs).exclude(**{f"{key.name}__family": models.F(model.family_path)})
