"""Where a family lives, as whoever refers knows it: a district, or that it is not known."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator

from pairs.service.models import Place

NOT_STATED = "not-stated"


class DistrictChoices(ModelChoiceIterator):
    """The districts, and last that nobody knows."""

    def __iter__(self) -> Iterator[Any]:
        yield from super().__iter__()
        yield (NOT_STATED, "Not known")

    def __len__(self) -> int:
        return super().__len__() + 1


class DistrictField(forms.ModelChoiceField):
    """One of the two has to be chosen; None where it is not known, which no report counts as a district."""

    iterator = DistrictChoices

    def __init__(self, label: str, required: str) -> None:
        """``required``: what is said to whoever chooses nothing."""
        super().__init__(
            Place.objects.select_related("covering_site"),
            label=label,
            to_field_name="code",
            empty_label="Choose",
            error_messages={"required": required},
        )

    def clean(self, value: Any) -> Place | None:
        return None if value == NOT_STATED else super().clean(value)
