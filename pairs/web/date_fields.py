"""A date asked for in three boxes, for days people know by heart; a time of day; and the moment both are together."""

from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

DATE_PARTS = ("day", "month", "year")
MONTH_ABBREVIATIONS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class DatePartsWidget(forms.MultiWidget):
    """Boxes called name-day, name-month and name-year; `name` alone may hold the whole ISO date (the API)."""

    use_fieldset = True

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({part: forms.TextInput({"inputmode": "numeric"}) for part in DATE_PARTS}, attrs)
        self.widgets_names = [f"-{part}" for part in DATE_PARTS]

    def id_for_label(self, id_):
        return f"{id_}-day" if id_ else id_

    def decompress(self, value: date | None) -> list[int | None]:
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [None, None, None]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if name in data:
            return data[name]
        return super().value_from_datadict(data, files, name)

    def value_omitted_from_data(self, data, files, name):
        return name not in data and super().value_omitted_from_data(data, files, name)

    def build_boxes(self, name: str, value: Any) -> list[tuple[str, str, str]]:
        """[(part, name, text)] to draw; what was typed is shown again, right or wrong."""
        if isinstance(value, str):
            value = list(reversed(value.split("-", 2))) if value.count("-") == 2 else [value, None, None]
        values = value if isinstance(value, (list, tuple)) else self.decompress(value)
        return [
            (part, f"{name}-{part}", "" if text is None else str(text))
            for part, text in zip(DATE_PARTS, values, strict=False)
        ]


class DatePartsField(forms.DateField):
    """A DateField whose input is three boxes, or an ISO date; months may be written as words."""

    widget = DatePartsWidget
    default_error_messages: ClassVar = {
        "incomplete": "Enter a date with a day, a month and a year",
        "invalid": "Enter a real date, like 27 3 2026",
    }

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, (list, tuple)):
            return super().to_python(value)
        texts = [str(text or "").strip() for text in value]
        if not any(texts):
            return None
        if not all(texts):
            raise ValidationError(self.error_messages["incomplete"], code="incomplete")
        return self._parse_parts(*texts)

    def _parse_parts(self, day: str, month: str, year: str) -> date:
        try:
            if len(year) != 4:
                raise ValueError
            return date(int(year), _parse_month_name(month), int(day))
        except (ValueError, OverflowError):  # a month of thirty digits
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


def _parse_month_name(text: str) -> int:
    start = text[:3].lower()
    return MONTH_ABBREVIATIONS.index(start) + 1 if start in MONTH_ABBREVIATIONS else int(text)


def make_day_field(label: str, **options: Any) -> forms.DateField:
    """A recent or coming day, in the browser's own box."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def make_time_field(label: str, **options: Any) -> forms.TimeField:
    """A time of day, in the browser's own box."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget, **options)


def find_clock_change_error(local: datetime) -> str:
    """'' for a time (naive, of the service's own clock) that comes once; else why it has to be asked about.

    When the clocks go forward one hour does not exist, and when they go back one comes twice.
    """
    zone = timezone.get_default_timezone()
    earlier, later = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if earlier.utcoffset() == later.utcoffset():
        return ""
    if datetime.fromtimestamp(earlier.timestamp(), zone).replace(tzinfo=None) != local:
        return "The clocks go forward that night, so this time does not exist. Check the time."
    return (
        "The clocks go back that night, so this time happens twice. Enter a time before or after that hour."
    )


FIRST_YEAR, LAST_YEAR = 1900, 2199  # of moments: what reckons a few days to and fro stays among real dates


class LocalTimeForm(forms.Form):
    """A form whose day and time of day are one moment. ``moment_fields``: their names."""

    moment_fields: ClassVar[tuple[str, str]]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        day, at = (self.cleaned_data.get(name) for name in self.moment_fields)
        if isinstance(day, date) and isinstance(at, time):
            self._validate_moment(datetime.combine(day, at))
        return cleaned

    def _validate_moment(self, local: datetime) -> None:
        if not FIRST_YEAR <= local.year <= LAST_YEAR:
            self.add_error(self.moment_fields[0], "Check the year")
        elif problem := find_clock_change_error(local):
            self.add_error(self.moment_fields[1], problem)

    def get_moment(self) -> datetime:
        """Day and time as one datetime, in the service's time zone."""
        day, at = (self.cleaned_data[name] for name in self.moment_fields)
        return timezone.make_aware(datetime.combine(day, at))
