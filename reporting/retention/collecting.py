"""Every row that is about a family, in every table: found through Django's registry, so that none is forgotten."""

import functools
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Q

from pairs.audit.models import AccessEntry
from pairs.database.history import list_history_models
from pairs.families.family_paths import get_family_path
from pairs.families.models import Caregiver, Family, Infant
from pairs.jobs.models import Job, OutboxEmail
from pairs.matching.models import Merge
from pairs.matching.referring_rows import is_history
from pairs.matching.rules.kinds import RecordKind
from pairs.submissions.models import Submission

Keys = dict[type[Any], set[Any]]


@dataclass
class CollectedRows:
    """Keys of the rows of a record, by model; of their history, by history model; ``entries`` of the access log."""

    families: set[UUID]
    rows: Keys = field(default_factory=lambda: defaultdict(set))
    history: Keys = field(default_factory=lambda: defaultdict(set))
    entries: set[UUID] = field(default_factory=set)

    def list_models(self) -> list[type[Any]]:
        """Those with rows to be deleted."""
        return [model for keys in (self.rows, self.history) for model, ids in keys.items() if ids]

    def count(self) -> dict[str, int]:
        """{table: rows}."""
        found = {
            model._meta.db_table: len(ids)
            for keys in (self.rows, self.history)
            for model, ids in keys.items()
        }
        return {table: count for table, count in sorted(found.items()) if count}


@functools.cache
def list_tables() -> tuple[type[Any], ...]:
    """The model of each of our tables; of history's there are others."""
    return tuple(
        each
        for each in apps.get_models(include_auto_created=True)
        if each._meta.managed and not each._meta.proxy and not is_history(each)
    )


def collect_rows(family: Family) -> CollectedRows:
    """What stands about this family, and about those whose record was merged into it: with its history and log."""
    found = collect_present_rows(family)
    _collect_history(found)
    found.entries = _list_keys(
        AccessEntry, Q(opened__overlap=list(found.families)) | Q(listed__overlap=list(found.families))
    )
    return found


def collect_present_rows(family: Family) -> CollectedRows:
    """The same without history and log."""
    found = CollectedRows(_list_merged_families(family.pk))
    for model in list_tables():
        if path := get_family_path(model):
            found.rows[model] |= _list_keys(model, Q(**{f"{path}__in": found.families}))
    _collect_mail(found)
    _collect_drafts(found)
    _collect_jobs(found)
    return found


def _list_keys(model: type[Any], condition: Q) -> set[Any]:
    return set(model._base_manager.filter(condition).values_list("pk", flat=True))


def _list_merged_families(family: UUID) -> set[UUID]:
    """The family, those merged into it, those merged into these, and so on."""
    found, new = set(), {family}
    while new:
        found |= new
        merges = Merge._base_manager.filter(kind=RecordKind.FAMILY, kept_id__in=new, undone_at=None)
        new = set(merges.values_list("merged_id", flat=True)) - found
    return found


def _collect_mail(found: CollectedRows) -> None:
    people = [*found.rows[Infant], *found.rows[Caregiver]]
    found.rows[OutboxEmail] |= _list_keys(OutboxEmail, Q(about_people__overlap=people))
    found.rows[OutboxEmail] |= _follow_keys(found, OutboxEmail)


def _collect_drafts(found: CollectedRows) -> None:
    """What was typed before there was a record, such as a referral: the draft names what came of it."""
    made = [key for model in list(found.rows) for key in found.rows[model] if isinstance(key, UUID)]
    found.rows[Submission] |= _list_keys(Submission, Q(result_id__in=made))


def _collect_jobs(found: CollectedRows) -> None:
    """The documents that were made for these rows are in their jobs."""
    found.rows[Job] |= _follow_keys(found, Job)


def _follow_keys(found: CollectedRows, target: type[Any]) -> set[Any]:
    """Rows that the collected ones lead to and that belong to nothing else."""
    keys: set[Any] = set()
    for model, ids in list(found.rows.items()):
        for key in _list_keys_to(model, target):
            rows = model._base_manager.filter(pk__in=ids, **{f"{key.name}__isnull": False})
            keys |= set(rows.values_list(key.attname, flat=True))
    return keys


def _list_keys_to(model: type[Any], target: type[Any]) -> list[Any]:
    return [
        each
        for each in model._meta.concrete_fields
        if isinstance(each, ForeignKey) and each.related_model is target
    ]


def _collect_history(found: CollectedRows) -> None:
    """Versions of the rows; and of rows of plain lists that were deleted before, by the family they were of."""
    for history in list_history_models():
        model = history.pgh_tracked_model._meta.concrete_model
        ids = found.rows.get(model, set())
        of_rows = Q(pgh_obj_id__in=ids)
        keys = _list_keys(history, of_rows)
        path = get_family_path(history.pgh_tracked_model)
        if path and path != "id":
            gone = Q(**{f"{path}__in": found.families}) & ~Q(pgh_obj_id__in=model._base_manager.values("pk"))
            keys |= _list_keys(history, gone)
        found.history[history] |= keys


def find_references_from_elsewhere(found: CollectedRows) -> list[str]:
    """Tables with a row that stays and has a key to one of these: another family's, or nobody's. By their labels."""
    return sorted(
        {
            model._meta.label
            for model in list_tables()
            for key in model._meta.concrete_fields
            if isinstance(key, ForeignKey)
            and (ids := found.rows.get(key.related_model._meta.concrete_model))
            and _is_referred_to(model, key, ids, found.rows.get(model, set()))
        }
    )


def _is_referred_to(model: type[Any], key: Any, ids: set[Any], going: set[Any]) -> bool:
    return model._base_manager.filter(**{f"{key.attname}__in": ids}).exclude(pk__in=going).exists()
