"""Which changes information governance may read: in every history table, found through Django's registry.

A row of a history table is a record as it was saved. What a reader may not open, its history does not tell either: the
record's own ``including_sealed`` decides (so notes of supervision stay between two people), and what is sealed (a birth
identity, a record merged into another) is left out with everything that belongs to it.
"""

import functools
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet, Value

from pairs.access.records import Record, unsealed_q
from pairs.access.scope import Scope
from pairs.database.history import list_history_models
from pairs.families.family_paths import get_family_path
from pairs.families.models import Family
from pairs.service.models import User

RECORD = "pgh_obj"  # the record that a row of history is a version of


@dataclass(frozen=True)
class ChangesAsked:
    """Which changes: of this family, by this person, from that moment on, before the other."""

    family: UUID | None = None
    username: str = ""
    since: datetime | None = None
    until: datetime | None = None


@functools.cache
def list_histories() -> tuple[type[Model], ...]:
    """The models of all history tables, in a fixed order."""
    return tuple(sorted(list_history_models(), key=lambda each: each._meta.label))


def query_changes(scope: Scope, asked: ChangesAsked) -> QuerySet[Any]:
    """(moment, key in its history table, place of the table in `list_histories`), newest first."""
    branches = [
        query_history(history, scope, asked).order_by().values_list("pgh_created_at", "pgh_id", Value(place))
        for place, history in enumerate(list_histories())
        if not asked.family or get_family_path(history.pgh_tracked_model)
    ]
    return branches[0].union(*branches[1:], all=True).order_by("-pgh_created_at", "-pgh_id")


def query_history(history: type[Any], scope: Scope, asked: ChangesAsked) -> QuerySet[Any]:
    """The rows of one history table that were asked for and may be read."""
    rows = history.objects.filter(_build_asked_q(history, asked))
    return rows.filter(_build_readable_q(history.pgh_tracked_model, scope))


def _build_asked_q(history: type[Any], asked: ChangesAsked) -> Q:
    found = Q()
    if asked.family:
        found &= _build_family_q(history.pgh_tracked_model, asked.family)
    if asked.username:
        found &= Q(pgh_context__user=_find_user_key(asked.username))
    if asked.since:
        found &= Q(pgh_created_at__gte=asked.since)
    if asked.until:
        found &= Q(pgh_created_at__lt=asked.until)
    return found


def _find_user_key(username: str) -> str:
    """As history has it; a name that nobody has finds no change."""
    found = User.objects.filter(username=username).values_list("pk", flat=True).first()
    return str(found or username)


def _build_family_q(model: type[Any], family: UUID) -> Q:
    """Of that family when it was saved, or now: a merge brings a record's earlier changes with it."""
    path = get_family_path(model)
    if path == "id":
        return Q(pgh_obj_id=family)
    return (
        Q(**{path: family}) | Q(**{f"{RECORD}__{path}": family}) if _is_kept(model) else Q(**{path: family})
    )


def _is_kept(model: type[Any]) -> bool:
    """Whether its rows are never deleted, so that a version always has its record."""
    return issubclass(model, Record)


def _build_readable_q(model: type[Any], scope: Scope) -> Q:
    if issubclass(model, Record):
        return Q(**{f"{RECORD}__in": model.objects.including_sealed(scope)}) & _build_unsealed_q(model)
    path = get_family_path(model)
    if not path:
        return Q()
    return Q(**{f"{path}__in": Family.objects.including_sealed(scope).filter(unsealed_q()).values("pk")})


def _build_unsealed_q(model: type[Any]) -> Q:
    """Neither the record is sealed, nor any that it belongs to."""
    found, path = Q(), RECORD
    owner: Any = model
    while issubclass(owner, Record):
        found &= unsealed_q(f"{path}__")
        path, owner = f"{path}__{owner.belongs_to}", owner._meta.get_field(owner.belongs_to).related_model
    return found
