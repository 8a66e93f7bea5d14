"""What fields and values of records are called on the page of changes: the models' own words, and codes as words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, ForeignKey, JSONField, TextField, UUIDField

from interventions.episodes.models import Episode
from pairs.access.records import OUT_OF_SIGHT, Record
from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.birth_rules import NUMBER_STATUSES
from pairs.families.models import Dyad
from pairs.families.models.people import Person
from pairs.matching.referring_rows import get_row_title
from pairs.web.formats import format_day, format_day_and_time, format_nhs_number, format_short_day
from referrals.rules.choices import PREFERRED_PLACES, SOURCES
from reporting.dashboards.changes.text_differences import LONG_TEXT
from reporting.dashboards.logged_records import DATED_RECORDS

NOT_STATED = "Not stated"
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
    "preferred_place": dict(PREFERRED_PLACES),
    "source_code": dict(SOURCES),
}
Names = dict[tuple[type[Any], Any], str]


def list_shown_fields(model: type[Any]) -> list[Any]:
    """The fields of a record that people can read: no keys, no search keys, no secrets."""
    return [field for field in model._meta.concrete_fields if _is_shown(model, field)]


def _is_shown(model: type[Any], field: Any) -> bool:
    secret = getattr(model, "privacy", {}).get("secret", "").split()
    is_key = isinstance(field, UUIDField) and not field.is_relation
    return field.name not in TECHNICAL and field.name not in secret and not is_key and not field.primary_key


def get_field_label(field: Any) -> str:
    """Its name as people say it."""
    words = LABELS.get(field.name) or str(field.verbose_name)
    return words[:1].upper() + words[1:]


def get_record_label(model: type[Any]) -> str:
    """What people call such a record."""
    return get_row_title(model)


def is_long_text(field: Any) -> bool:
    """Whether people write at length in it."""
    is_text = isinstance(field, TextField) or (isinstance(field, CharField) and field.max_length > LONG_TEXT)
    return is_text and not field.choices


def format_value(field: Any, value: Any, names: Names) -> str:
    """The value in words. ``names``: of the records and lists that foreign keys lead to (`presenting`)."""
    if value is None or value == "" or value == [] or value == {}:
        return NOT_STATED
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, value), "A record that is not shown here")
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return format_day_and_time(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(field, JSONField):
        return "; ".join(_list_json_lines(value))
    if isinstance(value, list):
        words = _get_code_words(field.base_field)
        return ", ".join(words.get(str(each), str(each)) for each in value)
    return _format_code(field, value)


def _format_code(field: Any, value: Any) -> str:
    if field.name == "nhs_number":
        return format_nhs_number(value)
    text = str(value)
    return CODE_WORDS.get(field.name, {}).get(text) or _get_code_words(field).get(text, text)


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
        words = NOT_STATED if value is None else str(value)
        yield f"{path}: {words}" if path else words


def _is_id(value: Any) -> bool:
    try:
        UUID(str(value))
    except ValueError:
        return False
    return True


def name_record(row: Any) -> str:
    """A person or an entry of a list by its name; any other record by what it is and its day, or when it was saved."""
    if not isinstance(row, Record) or isinstance(row, (Person, Dyad)):
        return str(row)
    label, day = get_record_label(type(row)), DAY_FIELDS.get(type(row))
    if day and getattr(row, day):
        return f"{label} of {format_short_day(getattr(row, day))}"
    return f"{label}, first saved {format_day_and_time(row.created_at)}"
