"""Two records of one person side by side: what each says, what only one says, and where somebody must choose."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models

from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.models import Caregiver, Infant
from pairs.matching.ledger import RECORD_FIELDS, is_blank
from pairs.web.formats import format_day

# Never taken from the other record: what a record is, where it belongs, the name it goes by among staff.
EXCLUDED_FIELDS = RECORD_FIELDS | {"family_id", "reference", "pregnancy", "twin_order"}
UNSPOKEN_FIELDS = ("nhs_number_status", "pregnancy", "phone_keys")  # beside another field that says it
# Fields that are one fact: {name: (label, fields)}. Whose telephone it is, is whose "safe to call" it is.
FIELD_GROUPS = {
    "nhs_number": ("NHS number", ("nhs_number", "nhs_number_status")),
    "phone": (
        "Phone, and whether it is safe",
        ("phone", "phone_keys", "may_call", "may_text", "may_leave_message"),
    ),
    "email": ("E-mail, and whether it is safe", ("email", "may_email")),
    "disability": ("Disability", ("disability", "disability_details")),
    "language": ("Language", ("language", "needs_interpreter")),
    "neonatal_stay": ("Neonatal stay", ("neonatal_stay", "home_on")),
    "lost_on": ("Loss", ("loss", "lost_on")),
    "plurality": ("Carried with", ("plurality", "twin_order", "pregnancy")),
    "may_post": ("Safe to post", ("may_post",)),
    "birth_date": ("Date of birth", ("birth_date",)),
    "estimated_due_date": ("Due date", ("estimated_due_date",)),
    "carried_by": ("Carried by", ("carried_by",)),
    "said_as": ("Pronunciation", ("said_as",)),
    "died_on": ("Date of death", ("died_on",)),
}
# Groups whose other fields say something only beside the first.
GROUPS_LED_BY_FIRST_FIELD = {"nhs_number", "plurality"}
NOT_RECORDED = "Not recorded"


@dataclass(frozen=True)
class ComparedFact:
    """One thing that the two records say: ``kept`` and ``merged`` in words, and what is to become of it."""

    name: str
    label: str
    kept: str
    merged: str
    fields: tuple[str, ...]  # attnames
    differs: bool
    only_merged: bool  # the record kept says nothing: taken over without asking

    @property
    def needs_choice(self) -> bool:
        return self.differs and not self.only_merged and NOT_RECORDED not in (self.kept, self.merged)


def compare_facts(kept: Infant | Caregiver, merged: Infant | Caregiver) -> list[ComparedFact]:
    """Every fact of the two records, in the order of the model."""
    return [
        _compare_fact(name, label, fields, kept, merged)
        for name, (label, fields) in list_field_groups(type(kept)).items()
    ]


def list_field_groups(model: type[models.Model]) -> dict[str, tuple[str, tuple[str, ...]]]:
    """{name: (label, field names)}: the groups above, and every other field of the model by itself."""
    fields = {
        field.name: field for field in model._meta.concrete_fields if field.attname not in EXCLUDED_FIELDS
    }
    grouped = {name: each for name, each in FIELD_GROUPS.items() if name in fields}
    taken = {field for _, names in grouped.values() for field in names}
    return {
        name: grouped.get(name, (field.verbose_name.capitalize(), (name,)))
        for name, field in fields.items()
        if name in grouped or name not in taken
    }


def get_taken_values(
    kept: Caregiver | Infant, merged: Caregiver | Infant, choices: dict[str, str]
) -> dict[str, Any]:
    """{attname: value} that the record kept takes over: what only the other says, and what was chosen."""
    taken = [
        fact for fact in compare_facts(kept, merged)
        if fact.only_merged or (fact.needs_choice and choices.get(fact.name) == "merged")
    ]  # fmt: skip
    return {name: getattr(merged, name) for fact in taken for name in fact.fields}


def _compare_fact(
    name: str, label: str, names: tuple[str, ...], kept: Any, merged: Caregiver | Infant
) -> ComparedFact:
    fields = [kept._meta.get_field(each) for each in names]
    mine, theirs = ([getattr(row, field.attname) for field in fields] for row in (kept, merged))
    empty = _is_empty(name, fields, mine), _is_empty(name, fields, theirs)
    return ComparedFact(
        name=name,
        label=label,
        kept=NOT_RECORDED if empty[0] else _format_group(kept, fields),
        merged=NOT_RECORDED if empty[1] else _format_group(merged, fields),
        fields=tuple(field.attname for field in fields),
        differs=mine != theirs and not all(empty) and not _is_same_twin_group(name, mine, theirs),
        only_merged=empty[0] and not empty[1],
    )


def _is_empty(name: str, fields: list[Any], values: list[Any]) -> bool:
    """None of the fields says anything; of some groups, the first, beside which alone the rest has a meaning."""
    count = 1 if name in GROUPS_LED_BY_FIRST_FIELD else len(fields)
    return all(map(is_blank, fields[:count], values[:count]))


def _is_same_twin_group(name: str, mine: list[Any], theirs: list[Any]) -> bool:
    """The pregnancy's id differs between any two records: what counts is which baby of how many."""
    return name == "plurality" and mine[:2] == theirs[:2]


def _format_group(row: Any, fields: list[Any]) -> str:
    if fields[0].name == "plurality":
        return f"Baby {row.twin_order} of {row.plurality}"
    said = (_format_field(row, field) for field in fields if field.name not in UNSPOKEN_FIELDS)
    return ", ".join(filter(None, said))


YES_NO_LABELS = {
    "may_call": "call", "may_text": "text", "may_leave_message": "leave a message", "may_email": "e-mail",
    "may_post": "post", "needs_interpreter": "interpreter",
}  # fmt: skip


def _format_field(row: Any, field: models.Field) -> str:
    value = getattr(row, field.name)
    if value in (None, ""):
        return ""
    if field.name in YES_NO_LABELS:
        return f"{YES_NO_LABELS[field.name]}: {'yes' if value else 'no'}"
    if field.name == "ethnicity":
        return dict(ETHNIC_CATEGORIES).get(value, value)
    if isinstance(value, date):
        return format_day(value)
    return str(row._get_FIELD_display(field)) if field.choices else str(value)
