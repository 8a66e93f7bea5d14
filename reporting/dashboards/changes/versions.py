"""The versions behind a page of changes: each with the one before it, whoever saved it, and the family it is about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pairs.families.family_paths import get_family_path
from pairs.service.models import User
from reporting.dashboards.changes.histories import list_histories

ADDED, CHANGED, REMOVED = "insert", "update", "delete"  # pghistory's labels


@dataclass(frozen=True)
class Change:
    """One saving of one record. ``before``: the version it replaced; None of a record that was new."""

    model: type[Any]
    kind: str
    at: datetime
    after: Any
    before: Any
    person: User | None
    page: str  # the name of the address where it was saved; "" for a task or a command

    @property
    def names_of_fields(self) -> list[str]:
        """Those whose value this saving changed; of a new or a removed record, those that hold something."""
        names = [each.name for each in self.model._meta.concrete_fields if hasattr(self.after, each.attname)]
        if self.kind == CHANGED and self.before is not None:
            return [name for name in names if self._read(self.before, name) != self._read(self.after, name)]
        return [name for name in names if self._read(self.after, name) not in (None, "", [], {})]

    def _read(self, version: Any, name: str) -> Any:
        return getattr(version, self.model._meta.get_field(name).attname)

    def get_values(self, name: str) -> tuple[Any, Any]:
        """(before, after); None where there was nothing."""
        before = self._read(self.before, name) if self.before is not None else None
        after = self._read(self.after, name)
        return (after, None) if self.kind == REMOVED else (before, after)


def load_changes(found: Iterable[tuple[datetime, int, int]]) -> list[Change]:
    """What `query_changes` found, in its order: two queries for each table that it names, and one for the people."""
    rows, keys = list(found), defaultdict(set)
    for _, key, place in rows:
        keys[place].add(key)
    versions = {place: _load_versions(list_histories()[place], ids) for place, ids in keys.items()}
    people = _load_people(version for each in versions.values() for version, _ in each.values())
    return [_build_change(list_histories()[place], *versions[place][key], people) for _, key, place in rows]


def _load_versions(history: type[Any], keys: set[int]) -> dict[int, tuple[Any, Any]]:
    """{key: (version, the one before it)}."""
    records = history.objects.filter(pk__in=keys).values("pgh_obj_id")
    until = max(keys)
    found, previous = {}, {}
    for version in history.objects.filter(pgh_obj_id__in=records, pk__lte=until).order_by("pk"):
        if version.pk in keys:
            found[version.pk] = version, previous.get(version.pgh_obj_id)
        previous[version.pgh_obj_id] = version
    return found


def _load_people(versions: Iterable[Any]) -> dict[str, User]:
    ids = {_get_context(version).get("user") for version in versions} - {None}
    users = User.objects.filter(pk__in=ids).prefetch_related("groups__roleatsite")
    return {str(user.pk): user for user in users}


def _get_context(version: Any) -> dict[str, Any]:
    return version.pgh_context or {}


def _build_change(history: type[Any], version: Any, before: Any, people: dict[str, User]) -> Change:
    context = _get_context(version)
    return Change(
        model=history.pgh_tracked_model,
        kind=version.pgh_label,
        at=version.pgh_created_at,
        after=version,
        before=before,
        person=people.get(context.get("user") or ""),
        page=context.get("view") or "",
    )


def load_families(changes: Iterable[Change]) -> dict[int, UUID]:
    """{place in the list: family}, of the changes that are about one: a query for each table at most."""
    asked: dict[type[Any], dict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, change in enumerate(changes):
        if get_family_path(change.model):
            asked[type(change.after)][change.after.pk].append(place)
    return {
        place: family
        for history, places in asked.items()
        for key, family in _query_families(history, list(places))
        for place in places[key]
    }


def _query_families(history: type[Any], keys: list[int]) -> list[tuple[int, UUID]]:
    path = get_family_path(history.pgh_tracked_model)
    path = "pgh_obj_id" if path == "id" else path
    return list(history.objects.filter(pk__in=keys, **{f"{path}__isnull": False}).values_list("pk", path))
