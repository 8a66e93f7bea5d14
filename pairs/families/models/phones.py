"""A phone as it was typed, and beside it the keys of its numbers, made whenever it is saved."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from pairs.access.records import RecordQuerySet
from pairs.families.phones import list_phone_keys
from pairs.web.typed_text import PHONE_LENGTH


class PhoneKeysField(ArrayField):
    """The keys of the row's ``phone``, sorted."""

    def pre_save(self, model_instance: Any, add: bool) -> list[str]:
        model_instance.phone_keys = list_phone_keys(model_instance.phone)
        return model_instance.phone_keys

    def deconstruct(self) -> Any:
        """A plain array, for migrations and histories."""
        name, _, args, options = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", args, options


class PhoneQuerySet(RecordQuerySet):
    def update(self, **values: Any) -> int:
        if "phone" in values:
            values["phone_keys"] = list_phone_keys(values["phone"])
        return super().update(**values)


class WithPhone(models.Model):
    """Somebody who may be rung."""

    phone = models.CharField(max_length=PHONE_LENGTH, blank=True)
    phone_keys = PhoneKeysField(models.TextField(), default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        names = None if update_fields is None else set(update_fields)
        if names and "phone" in names:
            names.add("phone_keys")
        super().save(update_fields=names, **options)
