"""The base of every record about a family: who may see it, and what it means to be entered in error."""

import functools
import uuid

from django.conf import settings
from django.db import models

from pairs.access.scope import Scope


class RecordQuerySet(models.QuerySet):
    """Rows start from ``visible_to(scope)``; there is no other way in for a page or the API."""

    def live(self):
        """Neither entered in error nor sealed (a birth identity after adoption, a record merged into another)."""
        return self.filter(entered_in_error_at=None, sealed_at=None)

    def visible_to(self, scope: Scope):
        """Live rows of live records within the scope: asks the record that this one belongs to."""
        return self.live().filter(**_of_live_records(self.model))._within(scope)

    def including_sealed(self, scope: Scope):
        """Rows that are out of sight as well: for information governance alone."""
        if not scope.may("govern_records"):
            return self.none()
        return self._within(scope)

    def _within(self, scope: Scope):
        path = self.model.belongs_to
        owner = self.model._meta.get_field(path).related_model
        return self.filter(**{f"{path}__in": scope.rows(owner)})


@functools.cache
def _of_live_records(model):
    """A note of a contact that was entered in error is out of sight with it, however deep it hangs."""
    conditions, path = {}, model.belongs_to
    owner = model._meta.get_field(path).related_model
    while issubclass(owner, Record):
        conditions[f"{path}__entered_in_error_at"] = conditions[f"{path}__sealed_at"] = None
        path = f"{path}__{owner.belongs_to}"
        owner = owner._meta.get_field(owner.belongs_to).related_model
    return conditions


class Record(models.Model):
    """A row about a family. ``belongs_to`` names the foreign key that leads down to Family (or Site)."""

    belongs_to = "family"
    family_path = "family_id"  # lookup of the owning family's id, for the access log

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    entered_in_error_at = models.DateTimeField(null=True, blank=True)
    entered_in_error_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_in_error_reason = models.CharField(max_length=200, blank=True)
    sealed_at = models.DateTimeField(
        null=True, blank=True, help_text="Out of sight but for governance; adoption or merging says why."
    )
    objects = RecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def change(self, **values):
        """Save these fields, and no others; what they were stays in the history. Returns the record."""
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=list(values))
        return self

    @property
    def is_out_of_sight(self):
        """Entered in error or sealed: what ``live()`` leaves out, for rows that were fetched with their owner."""
        return bool(self.entered_in_error_at or self.sealed_at)


def related_fields(path: str, *fields: str) -> list[str]:
    """For ``only()``: the foreign key there, and these fields of its record."""
    return [path, *(f"{path}__{name}" for name in fields)]
