"""How long a contact took: a button for what is usual, a box for the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

OTHER = "other"  # the button that opens the box, whose name is the field's and "-other"
MAX_MINUTES = 720


class MinutesWidget(forms.NumberInput):
    """Reads the button that was pressed, or the box; a number sent by itself counts as one pressed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return data.get(f"{name}-other") if value == OTHER else value

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}-other" not in data


class MinutesField(forms.IntegerField):
    """``usual``: the minutes that have a button of their own on the page; ``least``: the fewest there can be."""

    widget = MinutesWidget

    def __init__(self, *, usual: Sequence[int], least: int = 0, **options: Any) -> None:
        super().__init__(label="Minutes", min_value=least, max_value=MAX_MINUTES, **options)
        self.usual = [str(each) for each in usual]
