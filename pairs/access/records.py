"""The base model of every record about a family: visibility, sealing and entry in error."""

import functools
import uuid
from collections import ChainMap
from collections.abc import Callable, Collection
from itertools import takewhile
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.base import ModelState
from django.utils import timezone

from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.service.models import User

# The moments that take a record out of sight. Nothing else names them: tests/project/test_one_definition.py.
IN_ERROR, SEALED = "entered_in_error_at", "sealed_at"
OUT_OF_SIGHT = (IN_ERROR, SEALED)


def live_q(path: str = "", **also: Any) -> Q:
    """Neither entered in error nor sealed, of the record that ``path`` ("care_contact__") leads to, if any.

    ``also``: other lookups, such as those of a constraint among live rows.
    """
    return Q(**{f"{path}{name}": None for name in OUT_OF_SIGHT}, **also)


def valid_q(path: str = "") -> Q:
    """Not entered in error; sealed or not."""
    return Q(**{f"{path}{IN_ERROR}": None})


def unsealed_q(path: str = "") -> Q:
    """Not sealed; entered in error or not."""
    return Q(**{f"{path}{SEALED}": None})


def live_sql() -> str:
    """``live_q()`` for SQL that no QuerySet can write: of the innermost table of a statement."""
    return " AND ".join(f"{name} IS NULL" for name in OUT_OF_SIGHT)


class RecordQuerySet(models.QuerySet):
    """Rows start from ``visible_to(scope)``; there is no other way in for a page or the API."""

    def live(self) -> Any:
        """Neither entered in error nor sealed (a birth identity after adoption, a record merged into another)."""
        return self.filter(live_q())

    def valid(self) -> Self:
        """Not entered in error; what was sealed is among them. For governance, and for counts."""
        return self.filter(valid_q())

    def entered_in_error(self) -> Self:
        """For governance alone."""
        return self.exclude(valid_q())

    def sealed(self):
        """For governance alone."""
        return self.exclude(unsealed_q())

    def visible_to(self, scope: Scope) -> Any:
        """Live rows of live records within the scope: asks the record that this one belongs to."""
        return self.live_throughout(families_are_live=scope.families_are_live)._within(scope)

    def live_throughout(self, *, families_are_live: bool = False) -> Any:
        """Live rows of live records, whoever asks: for what no scope narrows, such as all that is held of a family."""
        return self.live().filter(
            _build_owner_filter(self.model, live_q, families_are_live=families_are_live)
        )

    def unsealed_throughout(self) -> Any:
        """What is sealed, or belongs to what is, left out; what was entered in error is among them. For a person's copy
        of what is held about them, whoever asks."""
        return self.filter(unsealed_q(), _build_owner_filter(self.model, unsealed_q))

    def including_sealed(self, scope: Scope) -> Self:
        """Hidden rows (sealed or entered in error) as well: for information governance alone."""
        if not scope.may("govern_records"):
            return self.none()
        return self._within(scope)

    def _within(self, scope: Scope) -> Self:
        if scope.reaches_families_only and _is_reached_by_family_alone(self.model):
            return self.filter(**{f"{self.model.family_path}__in": scope.given("read_families")})
        path = self.model.belongs_to
        owner = self.model._meta.get_field(path).related_model
        return self.filter(**{f"{path}__in": scope.rows(owner)})


def _build_manager(queryset_class: type[RecordQuerySet]) -> Any:
    """As Django does, which looks through all that a QuerySet can do: here through what is ours in it."""
    ours = takewhile(lambda each: each is not models.QuerySet, queryset_class.__mro__)
    methods = type("Methods", (), dict(ChainMap(*(dict(vars(each)) for each in ours))))
    names = {"_queryset_class": queryset_class, "__module__": models.Manager.__module__}
    kind = type(
        f"ManagerFrom{queryset_class.__name__}",
        (models.Manager,),
        names | models.Manager._get_queryset_methods(methods),
    )
    manager = kind()
    manager._built_with_as_manager = True
    return manager


# Not in its class, and with the names that Django gives: what checks types finds a model's manager by both.
RecordQuerySet.as_manager = classmethod(_build_manager)  # type: ignore[method-assign,assignment]


@functools.cache
def _build_owner_filter(model: type[Any], holds: Callable[[str], Q], *, families_are_live: bool = False) -> Q:
    """A row is hidden together with any record that it belongs to, at any depth. ``holds``: of each, by its path."""
    conditions, path = Q(), model.belongs_to
    owner = model._meta.get_field(path).related_model
    while issubclass(owner, Record) and not (families_are_live and owner.family_path == "id"):
        conditions &= holds(f"{path}__")
        path = f"{path}__{owner.belongs_to}"
        owner = owner._meta.get_field(owner.belongs_to).related_model
    return conditions


@functools.cache
def _is_reached_by_family_alone(model: type[Any]) -> bool:
    """Does it, and every record on the way to its family, ask nothing but its owner?

    Then the family's id may be asked for at once: the records between are joined already, as they have to be live.
    """
    while model.family_path not in (None, "id"):
        if type(model._default_manager.all())._within is not RecordQuerySet._within:
            return False
        model = model._meta.get_field(model.belongs_to).related_model
    return model.family_path == "id"


@functools.cache
def _list_columns(model: type[Any]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


class Record(models.Model):
    """A row about a family. ``belongs_to`` names the foreign key that leads down to Family (or Site)."""

    belongs_to = "family"
    family_path: str | None = "family_id"  # lookup of the owning family's id, for the access log

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    entered_in_error_at = models.DateTimeField(null=True, blank=True)
    entered_in_error_by = ProtectedKey(settings.AUTH_USER_MODEL, null=True, related_name="+")
    entered_in_error_reason = models.CharField(max_length=200, blank=True)
    sealed_at = models.DateTimeField(
        null=True, blank=True, help_text="Hidden except from governance; adoption or merging says why."
    )
    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs know an argument of a later Django
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """As Django's, in a sixth of its time: no field is asked what it begins with, and no signal is sent.

        ``values``: of the fields named, in the order of the model's fields, as every QuerySet has them.
        """
        record = cls.__new__(cls)
        record._state = ModelState()
        record._state.db, record._state.adding = db, False
        names = _list_columns(cls)
        if len(values) != len(names):
            names = [name for name in names if name in field_names]
        record.__dict__.update(zip(names, values, strict=True))
        return record

    def change(self, **values):
        """Save these fields, and no others; what they were stays in the history. Returns the record."""
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=list(values))
        return self

    def enter_in_error(self, *, reason: str, by: User | None, at: Any = None) -> Self:
        """Out of ordinary view and kept for governance, in one UPDATE. ``mark_entered_in_error`` tells them as well."""
        return self.change(
            entered_in_error_at=at or timezone.now(), entered_in_error_by=by, entered_in_error_reason=reason
        )

    @property
    def is_entered_in_error(self) -> bool:
        return self.entered_in_error_at is not None

    @property
    def is_sealed(self) -> bool:
        return self.sealed_at is not None

    @property
    def is_hidden(self) -> bool:
        """Entered in error or sealed: what ``live()`` leaves out, for rows that were fetched with their owner."""
        return self.is_entered_in_error or self.is_sealed


def list_related_fields(path: str, *fields: str) -> list[str]:
    """For ``only()``: the foreign key there, and these fields of its record."""
    return [path, *(f"{path}__{name}" for name in fields)]
