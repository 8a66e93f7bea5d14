"""What the fields of records and their values are called: the models' own words, and codes as words.

One place for all who write a record out field by field: the page of changes, and a person's copy of what is held about
them. An app that keeps codes of a list of its own says what they mean by the hook ``field_words``.
"""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import JSONField

from pairs.access.records import OUT_OF_SIGHT
from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.birth_rules import NUMBER_STATUSES
from pairs.service.hooks import list_hooks
from pairs.web.formats import format_day, format_day_and_time, format_nhs_number

NOT_STATED = "Not stated"
YES_NO = {True: "Yes", False: "No"}
LABELS = {
    "ask": "Hub request",
    "asker_email": "Referrer’s e-mail",
    "asker_group": "Referrer’s profession",
    "asker_name": "Referrer’s name",
    "asker_organisation": "Referrer’s organisation",
    "asker_phone": "Referrer’s phone",
    "asker_role": "Referrer’s role",
    "became": "Matched to",
    "because": "Reason",
    "birth_date": "Date of birth",
    "birth_infant": "Baby before the adoption",
    "birth_weight_grams": "Birth weight in grams",
    "by_colleague": "Delivered with, or supervised by, a colleague",
    "by_outside": "Delivered with, or supervised by, someone from outside",
    "carecontact": "Care contact",
    "caregiver": "Carer",
    "chosenmeasure": "Chosen measure",
    "died_on": "Date of death",
    "differs": "Differs from the record",
    "dyad": "Relationship",
    "entered_in_error_by": "Entered in error by",
    "entered_in_error_reason": "Why it was entered in error",
    "estimated_due_date": "Due date",
    "every_days": "Days between sessions",
    "exclusiongroup": "Group at risk of being left out",
    "gestation_weeks": "Completed weeks of pregnancy",
    "held": "Role",
    "held_next_by": "Followed up by",
    "home_on": "First day at home",
    "imd_decile": "Deprivation decile",
    "imd_version": "Deprivation index of",
    "infant": "Baby",
    "is_active": "Account open",
    "is_recruit_to_train": "Recruit-to-train post",
    "kept_from": "Kept away from",
    "kept_from_name": "Kept away from",
    "lad_code": "Local authority code",
    "lad_name": "Local authority",
    "lines": "Address",
    "lost_on": "Day of the loss",
    "lsoa_code": "Neighbourhood code (LSOA)",
    "lsoa_name": "Neighbourhood (LSOA)",
    "lsoa_name_prefix": "First words of the neighbourhood’s name",
    "named_caregiver": "Carer named in the referral",
    "named_infant": "Baby named in the referral",
    "needs_icb": "Needs the integrated care board",
    "new_infant": "Child after the adoption",
    "nhs_number": "NHS number",
    "nhs_number_status": "Status of the NHS number",
    "not_to_caregiver": "Not to be told to",
    "not_to_member": "Not to be told to",
    "not_to_name": "Not to be told to",
    "plurality": "Babies in the pregnancy",
    "referralstatus": "Step of the referral",
    "rewords": "Words instead of",
    "said_as": "Pronunciation",
    "snomed_code": "SNOMED CT code",
    "source_code": "Source of referral",
    "subject": "About",
    "thrive": "THRIVE grouping",
    "to_caregiver": "To",
    "to_member": "To",
    "to_user": "To",
    "trainingprogramme": "Training programme",
    "trainingtopic": "Training topic",
    "typed": "Totals entered",
    "under_twos_since": "Working with under-twos since",
    "until": "Until",
    "use": "Intervention",
    "user": "Colleague",
    "uses_ended": "Interventions ended",
    "way_back": "How to come back",
    "whom": "Who was told",
    "why": "Reason",
    "why_none": "Why there is none",
    "workforce_group": "Professional group",
    "working_percent": "Working time, percentage of full time",
    "wte": "Whole-time equivalent",
} | dict(zip(OUT_OF_SIGHT, ("Entered in error", "Sealed"), strict=True))
CODE_WORDS: dict[str, dict[str, str]] = {
    "ethnicity": dict(ETHNIC_CATEGORIES),
    "nhs_number_status": dict(NUMBER_STATUSES),
}


@cache
def map_code_words() -> dict[str, dict[str, str]]:
    """{field: {code: words}} of all apps, for fields whose choices the model does not know."""
    return {
        name: words
        for each in [CODE_WORDS, *list_hooks("field_words", "CODE_WORDS")]
        for name, words in each.items()
    }


def get_field_label(field: Any) -> str:
    """Its name as people say it."""
    words = LABELS.get(field.name) or str(field.verbose_name)
    return words[:1].upper() + words[1:]


def is_nothing(value: Any) -> bool:
    """Whether the field holds nothing; no and nought are something."""
    return value is None or value == "" or value == [] or value == {}


def format_field_value(field: Any, value: Any) -> str:
    """The value in words, of a field that leads to no other record. ``value``: is something."""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, datetime):
        return format_day_and_time(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(field, JSONField):
        return "; ".join(_list_json_lines(value))
    if isinstance(value, list):
        words = _get_code_words(getattr(field, "base_field", field))
        return ", ".join(words.get(str(each), str(each)) for each in value)
    return _format_code(field, value)


def _format_code(field: Any, value: Any) -> str:
    if field.name == "nhs_number":
        return format_nhs_number(value)
    text = str(value)
    return map_code_words().get(field.name, {}).get(text) or _get_code_words(field).get(text, text)


def _get_code_words(field: Any) -> dict[str, str]:
    return {str(code): str(words) for code, words in field.flatchoices} if field.choices else {}


def _list_json_lines(value: Any, path: str = "") -> Iterable[str]:
    """ "Item 3: 2": each value that stands in it, with the names that lead to it; ids are left out."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _list_json_lines(each, f"{path} {key}".strip().replace("_", " "))
    elif isinstance(value, list):
        for each in value:
            yield from _list_json_lines(each, path)
    elif not _is_id(value):
        words = NOT_STATED if value is None else YES_NO[value] if isinstance(value, bool) else str(value)
        yield f"{path}: {words}" if path else words


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True
