"""What stood in a record before, read from the history that triggers keep: each change, or each earlier value."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils import timezone

from pairs.families.life_rules import NUMBER_STATUSES
from pairs.families.models import Infant
from pairs.families.rules import earlier_values
from pairs.service.models import User
from pairs.service.pages import day, nhs_number

# Shown in this order, in these words. What is not here is machinery.
SHOWN = {
    "given_name": "Given name",
    "family_name": "Family name",
    "said_as": "How the name is said",
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
class Change:
    """One saving: when, by whom, and each field as (words, before, after)."""

    at: datetime
    who: str
    fields: list[tuple[str, str, str]]


def changes_of(infant: Infant) -> list[Change]:
    """Every change of what is shown, newest first. The record is already in scope."""
    versions = list(Infant.pgh_event_model.objects.filter(pgh_obj_id=infant.pk).order_by("pgh_id"))
    names = _names({_by(version) for version in versions})
    found = [
        Change(new.pgh_created_at, names.get(_by(new), ""), differences(old, new))
        for old, new in pairwise(versions)
    ]
    return [change for change in reversed(found) if change.fields]


def differences(old, new) -> list[tuple[str, str, str]]:
    """(words, before, after) of each shown field that differs between two versions."""
    return [
        (words, _text(old, name), _text(new, name))
        for name, words in SHOWN.items()
        if getattr(old, name) != getattr(new, name)
    ]


def _text(version, name) -> str:
    value = getattr(version, name)
    if isinstance(value, date):
        return day(value)
    if name == "nhs_number" and value:
        return nhs_number(value)
    words = NUMBER_STATUSES if name == "nhs_number_status" else Infant._meta.get_field(name).flatchoices
    return str(dict(words).get(value, value)) if value else ""


def _by(version) -> str:
    return (version.pgh_context or {}).get("user") or ""


def _names(ids) -> dict[str, str]:
    people = User.objects.filter(pk__in=[each for each in ids if each])
    return {str(user.pk): str(user) for user in people}


def earlier(record, *fields):
    """{field: [(value, the day it was replaced), …] newest first}; one query. The record has been fetched in scope."""
    versions = list(record.events.order_by("pgh_id").values_list("pgh_created_at", *fields))
    return {
        field: [
            (value, timezone.localdate(until))
            for value, until in earlier_values([(version[0], version[place]) for version in versions])
        ]
        for place, field in enumerate(fields, 1)
    }
