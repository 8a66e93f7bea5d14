"""Which fields of records people can read on the page of changes, and what the records there are called."""

from typing import Any

from django.db.models import CharField, ForeignKey, TextField, UUIDField

from interventions.episodes.models import Episode
from pairs.access.records import Record
from pairs.families.field_words import NOT_STATED, format_field_value, is_nothing
from pairs.families.models import Dyad
from pairs.families.models.people import Person
from pairs.matching.referring_rows import get_row_title
from pairs.web.formats import format_day_and_time, format_short_day
from reporting.dashboards.changes.text_differences import LONG_TEXT
from reporting.dashboards.logged_records import DATED_RECORDS

DAY_FIELDS: dict[type[Any], str] = dict(DATED_RECORDS) | {Episode: "opened_on"}
# Kept for the programs alone: nobody reads them, and no person is told anything by them.
TECHNICAL = frozenset(
    {"id", "created_at", "phone_keys", "key_version", "is_staff", "is_superuser", "date_joined", "last_login"}
    | {
        "snapshot",
        "sealed_rows",
        "moved",
        "permission",
        "content_object",
        "group",
        "hashed",
        "model_label",
        "row_id",
        "token_hash",
        "password",
    }
)
Names = dict[tuple[type[Any], Any], str]


def list_shown_fields(model: type[Any]) -> list[Any]:
    """The fields of a record that people can read: no keys, no search keys, no secrets."""
    return [field for field in model._meta.concrete_fields if _is_shown(model, field)]


def _is_shown(model: type[Any], field: Any) -> bool:
    secret = getattr(model, "privacy", {}).get("secret", "").split()
    is_key = isinstance(field, UUIDField) and not field.is_relation
    return field.name not in TECHNICAL and field.name not in secret and not is_key and not field.primary_key


def get_record_label(model: type[Any]) -> str:
    """What people call such a record."""
    return get_row_title(model)


def is_long_text(field: Any) -> bool:
    """Whether people write at length in it."""
    is_text = isinstance(field, TextField) or (isinstance(field, CharField) and field.max_length > LONG_TEXT)
    return is_text and not field.choices


def format_value(field: Any, value: Any, names: Names) -> str:
    """The value in words. ``names``: of the records and lists that foreign keys lead to (`presenting`)."""
    if is_nothing(value):
        return NOT_STATED
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, value), "A record that is not shown here")
    return format_field_value(field, value)


def name_record(row: Any) -> str:
    """A person or an entry of a list by its name; any other record by what it is and its day, or when it was saved."""
    if not isinstance(row, Record) or isinstance(row, (Person, Dyad)):
        return str(row)
    label, day = get_record_label(type(row)), DAY_FIELDS.get(type(row))
    if day and getattr(row, day):
        return f"{label} of {format_short_day(getattr(row, day))}"
    return f"{label}, first saved {format_day_and_time(row.created_at)}"
