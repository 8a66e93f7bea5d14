"""All sections of a copy, as the apps declare them, and how a table's personal fields are read as lines."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from pairs.families.field_words import format_field_value, get_field_label, is_nothing
from pairs.service.bundle_sections import BundleSection
from pairs.service.hooks import list_hooks

OF_A_PERSON = ("identifies", "contact", "sensitive", "clinical")
SHORT = 120  # a text field of more letters is free text: names, roles and organisations are shorter


@cache
def list_sections() -> tuple[BundleSection, ...]:
    """In the order of the apps, which is the order of the copy."""
    return tuple(each for sections in list_hooks("bundle_sections", "BUNDLE_SECTIONS") for each in sections)


@cache
def map_left_out() -> dict[str, str]:
    """{table: why no copy has it}."""
    return {
        label: why for each in list_hooks("bundle_sections", "NOT_IN_BUNDLE") for label, why in each.items()
    }


def list_personal_fields(model: Any) -> list[str]:
    """The fields that are about people, in the order of the privacy classes."""
    declared = getattr(model, "privacy", {})
    return [name for each in OF_A_PERSON for name in declared.get(each, "").split()]


def list_shown_fields(section: BundleSection) -> list[Any]:
    """The model's fields that an entry of the section shows."""
    model = apps.get_model(section.model)
    names = [name for name in list_personal_fields(model) if name not in section.without]
    return [model._meta.get_field(name) for name in names]


def build_lines(row: Any, fields: Iterable[Any]) -> list[list[str]]:
    """[[label, text], …] of what is filled in."""
    read = ((get_field_label(field), format_value(row, field)) for field in fields)
    return [[label, text] for label, text in read if text]


def format_value(row: Any, field: Any) -> str:
    """What the field says, in words; "" for nothing."""
    if field.many_to_many:
        return ", ".join(str(each) for each in getattr(row, field.name).all())
    value = getattr(row, field.name)
    return "" if is_nothing(value) else format_field_value(field, value)


def has_free_text(row: Any, fields: Iterable[Any]) -> bool:
    """Whether somebody wrote in their own words."""
    return any(getattr(row, field.name) for field in fields if is_free_text(field))


def is_free_text(field: Any) -> bool:
    """A field for words, not a name, a code or an answer from a list."""
    if isinstance(field, models.TextField):
        return True
    return isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) > SHORT


def follow_date(row: Any, path: str) -> date | None:
    """The day of the field that dates an entry; None while it has none."""
    value: Any = row
    for name in path.split("__"):
        value = getattr(value, name, None)
    if isinstance(value, datetime):
        return timezone.localdate(value)
    return value


def list_person_lookups(section: BundleSection) -> Iterator[str]:
    """Every lookup of people that the section names."""
    yield from (*section.about, *section.else_about, *section.mentions)
