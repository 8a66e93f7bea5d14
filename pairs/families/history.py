"""Earlier values of a record, read from the history that triggers keep: changes, or replaced values."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.utils import timezone

from pairs.families.birth_rules import NUMBER_STATUSES
from pairs.families.models import Infant
from pairs.families.rules import list_replaced_values
from pairs.service.models import User
from pairs.web.formats import format_day, format_nhs_number

# Shown in this order, under these labels; other fields are technical and are left out.
FIELD_LABELS = {
    "given_name": "Given name",
    "family_name": "Family name",
    "said_as": "Pronunciation",
    "sex": "Sex",
    "estimated_due_date": "Due date",
    "birth_date": "Date of birth",
    "birth_weight_grams": "Birth weight in grams",
    "gestation_weeks": "Completed weeks",
    "neonatal_stay": "Stay in neonatal care",
    "home_on": "First day at home",
    "nhs_number": "NHS number",
    "nhs_number_status": "Status of the NHS number",
    "plurality": "Babies in the pregnancy",
    "loss": "Loss",
    "lost_on": "Day of the loss",
}


@dataclass(frozen=True)
class RecordChange:
    """One saving: when, by whom, and each field as (words, before, after)."""

    at: datetime
    who: str
    fields: list[tuple[str, str, str]]


def list_infant_changes(infant: Infant) -> list[RecordChange]:
    """Every change of what is shown, newest first. The record is already in scope."""
    versions = list(Infant.pgh_event_model.objects.filter(pgh_obj_id=infant.pk).order_by("pgh_id"))
    names = _load_user_names({_get_author_id(version) for version in versions})
    found = [
        RecordChange(new.pgh_created_at, names.get(_get_author_id(new), ""), list_differences(old, new))
        for old, new in pairwise(versions)
    ]
    return [change for change in reversed(found) if change.fields]


def list_differences(old: Any, new: Any) -> list[tuple[str, str, str]]:
    """(words, before, after) of each shown field that differs between two versions."""
    return [
        (words, _format_value(old, name), _format_value(new, name))
        for name, words in FIELD_LABELS.items()
        if getattr(old, name) != getattr(new, name)
    ]


def _format_value(version: Any, name: str) -> str:
    value = getattr(version, name)
    if isinstance(value, date):
        return format_day(value)
    if name == "nhs_number" and value:
        return format_nhs_number(value)
    words = NUMBER_STATUSES if name == "nhs_number_status" else Infant._meta.get_field(name).flatchoices
    return str(dict(words).get(value, value)) if value else ""


def _get_author_id(version: Any) -> str:
    return (version.pgh_context or {}).get("user") or ""


def _load_user_names(ids: set[str]) -> dict[str, str]:
    people = User.objects.filter(pk__in=[each for each in ids if each])
    return {str(user.pk): str(user) for user in people}


def load_earlier_values(record: Any, *fields: str) -> dict[str, list[tuple[str, date]]]:
    """{field: [(value, the day it was replaced), …] newest first}; one query. The record has been fetched in scope."""
    versions = list(record.events.order_by("pgh_id").values_list("pgh_created_at", *fields))
    return {
        field: [
            (value, timezone.localdate(until))
            for value, until in list_replaced_values([(version[0], version[place]) for version in versions])
        ]
        for place, field in enumerate(fields, 1)
    }
