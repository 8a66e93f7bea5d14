"""Fields of one form that offer the same rows, which are read once."""

from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.forms import ModelChoiceField


def share_choices(rows: QuerySet[Any], *fields: ModelChoiceField) -> None:
    """Each of the fields offers and accepts these rows, without an empty choice.

    Django reads the rows for each field when it is drawn, and once more to learn whether a list begins with an empty
    choice.
    """

    @cache
    def read_choices() -> list[tuple[Any, str]]:
        return [(row.pk, str(row)) for row in rows]

    for field in fields:
        field.queryset, field.choices = rows, read_choices
