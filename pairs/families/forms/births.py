"""A pregnancy, its births, and an infant's details."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from pairs.families.actions.births import BORN, MAX_BABIES, NOT_YET_BORN, STILLBORN
from pairs.families.birth_rules import NUMBER_STATUSES
from pairs.families.choices import Loss, NeonatalStay, Sex
from pairs.families.forms.fields import NhsNumberField
from pairs.families.forms.nhs_number_check import NhsNumberCheckForm
from pairs.families.models import Caregiver, Family, Infant
from pairs.web.date_fields import DatePartsField, make_day_field
from pairs.web.formats import format_day

SEX_CHOICES = [(sex.value, sex.label) for sex in Sex if sex != Sex.NOT_KNOWN]
NEONATAL_STAY_CHOICES = [("", "Not known"), *NeonatalStay.choices]


class AnotherBabyForm(forms.Form):
    """How many babies of the pregnancy somebody knew of when they added one."""

    babies = forms.IntegerField(
        label="Babies recorded so far",
        required=False,
        min_value=1,
        max_value=MAX_BABIES,
        widget=forms.HiddenInput,
    )


class NewPregnancyForm(forms.Form):
    """Babies on their way in a family we hold."""

    estimated_due_date = DatePartsField(label="Due date")
    plurality = forms.IntegerField(
        label="How many babies?",
        min_value=1,
        max_value=MAX_BABIES,
        initial=1,
        help_text="As far as is known.",
    )
    carried_by = forms.ModelChoiceField(
        Caregiver.objects.none(),
        label="Who is pregnant?",
        required=False,
        empty_label="Not recorded here, or not known",
        help_text="Record who will care for the baby separately, as relationships.",
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carried_by"].queryset = family.caregivers.live()


class SameBirthForm(forms.Form):
    """Which babies of the family were born together, and how many there were."""

    conditional = ("plurality",)  # needed of some answers

    together = forms.TypedMultipleChoiceField(
        label="Which babies are from the same birth?",
        required=False,
        empty_value=[],
        widget=forms.CheckboxSelectMultiple,
        help_text="Leave all unticked for a single baby.",
    )
    plurality = forms.IntegerField(
        label="How many babies were there?",
        required=False,
        min_value=1,
        max_value=MAX_BABIES,
        help_text="Include babies without a record here. Leave empty to count the records.",
    )

    def __init__(self, *args: Any, others: Sequence[Infant], **kwargs: Any) -> None:
        """``others``: the family's other babies."""
        super().__init__(*args, **kwargs)
        rows = {str(each.pk): each for each in others}
        self.fields["together"].choices = [(pk, describe_choice(each)) for pk, each in rows.items()]
        self.fields["together"].coerce = rows.__getitem__

    def clean(self) -> dict[str, Any] | None:
        """No number is as many as have a record, so that two editors who count differently are asked which holds."""
        cleaned = super().clean()
        if {"together", "plurality"} <= cleaned.keys():
            cleaned["plurality"] = cleaned["plurality"] or len(cleaned["together"]) + 1
        return cleaned


def describe_choice(infant: Infant) -> str:
    """The baby's name and day, to tell apart those who have none yet."""
    day = format_day(infant.birth_date or infant.estimated_due_date)
    return f"{infant.shown_name or 'Not yet named'}, {'born' if infant.birth_date else 'due'} {day}"


class BabyDetailsForm(NhsNumberCheckForm):
    """What is known of a baby once they are born. Dates that disagree have to be said to be right."""

    given_name = forms.CharField(
        label="Given name", max_length=80, required=False, help_text="Leave empty if the name comes later."
    )
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    sex = forms.ChoiceField(label="Sex", choices=SEX_CHOICES, required=False, widget=forms.RadioSelect)
    birth_weight_grams = forms.IntegerField(
        label="Birth weight in grams", required=False, min_value=100, max_value=9999
    )
    gestation_weeks = forms.IntegerField(
        label="Completed weeks of pregnancy", required=False, min_value=1, max_value=45
    )
    neonatal_stay = forms.ChoiceField(
        label="Stay in neonatal care", choices=NEONATAL_STAY_CHOICES, required=False
    )
    home_on = make_day_field("First day at home after it", required=False)
    nhs_number = NhsNumberField(help_text="Leave empty if not yet known. We will remind you at six weeks.")
    dates_are_right = forms.BooleanField(
        label="I have checked the dates and they are correct", required=False
    )

    @property
    def asks_about_dates(self) -> bool:
        """Does the page have to show the tick?"""
        asked = {"birth_date", "gestation_weeks"} & set(self.errors) if self.is_bound else set()
        return "dates_are_right" in self.fields and bool(asked or self["dates_are_right"].value())

    def visible_fields(self) -> list[forms.BoundField]:
        shown = super().visible_fields()
        return [each for each in shown if each.name != "dates_are_right" or self.asks_about_dates]


class BirthDateForm(forms.Form):
    """The day, for all babies born on it."""

    birth_date = DatePartsField(label="Date of birth")


class BabyBornForm(BabyDetailsForm):
    """One baby of the pregnancy. A row without ``infant`` is one more than was known."""

    OUTCOMES = [
        (BORN, "Born"),
        (STILLBORN, "Stillborn"),
        (NOT_YET_BORN, "Not born yet, or nothing to record today"),
    ]
    infant = forms.UUIDField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="This baby is", choices=OUTCOMES, initial=BORN, required=False, widget=forms.RadioSelect
    )
    birth_date = DatePartsField(
        label="Date of birth, if different", required=False, help_text="For example, after midnight."
    )
    field_order = ("infant", "outcome", "birth_date", *BabyDetailsForm.base_fields)


class BaseBirthFormSet(forms.BaseFormSet):
    """The babies of one pregnancy; a row left as it was, without a baby, is nobody."""

    @classmethod
    def get_default_prefix(cls) -> str:
        return "babies"

    def list_babies(self, birth_date: date) -> list[dict[str, Any]]:
        """The details of each baby, for ``register_births``. Only once the formset is valid."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data]
        return [_complete_baby_row(row, birth_date) for row in rows]


def _complete_baby_row(row: dict[str, Any], birth_date: date) -> dict[str, Any]:
    return row | {"birth_date": row["birth_date"] or birth_date, "outcome": row["outcome"] or BORN}


BirthFormSet = forms.formset_factory(
    BabyBornForm,
    formset=BaseBirthFormSet,
    extra=0,
    max_num=MAX_BABIES,
    absolute_max=MAX_BABIES,
    validate_max=True,
)


class InfantDetailsForm(BabyDetailsForm):
    """What is recorded of one baby; before the birth, only what there can be."""

    said_as = forms.CharField(
        label="Pronunciation", max_length=80, required=False, help_text="Or what the family call them."
    )
    birth_date = DatePartsField(label="Date of birth")
    estimated_due_date = DatePartsField(label="Due date", required=False)
    nhs_number_status = forms.ChoiceField(label="Status of the NHS number", choices=NUMBER_STATUSES)
    field_order = (
        "given_name", "family_name", "said_as", "sex", "birth_date", "estimated_due_date", "birth_weight_grams",
        "gestation_weeks", "neonatal_stay", "home_on", "nhs_number", "nhs_number_is_right", "nhs_number_status",
        "dates_are_right",
    )  # fmt: skip
    UNBORN_FIELDS = ("given_name", "family_name", "said_as", "sex", "estimated_due_date")
    STILLBORN_FIELDS = (*UNBORN_FIELDS, "birth_weight_grams", "gestation_weeks")
    CHECKS = ("nhs_number_is_right", "dates_are_right")  # no part of the record

    def __init__(self, *args: Any, infant: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = self.get_field_names(infant)
        self.fields = {name: each for name, each in self.fields.items() if name in names}
        if infant.birth_date is None:
            self.fields["estimated_due_date"].required = True
        elif infant.estimated_due_date:
            self.fields["birth_date"].required = False
            self.fields["birth_date"].help_text = "Leave empty if the birth was registered in error."

    @classmethod
    def get_field_names(cls, infant: Infant) -> tuple[str, ...]:
        """What can be recorded of this baby today."""
        if infant.birth_date:
            return tuple(cls.base_fields)
        return cls.STILLBORN_FIELDS if infant.loss == Loss.STILLBIRTH else cls.UNBORN_FIELDS

    def list_early_fields(self) -> list[str]:
        """What was sent that can be recorded only once the baby is born."""
        return sorted(set(self.data) & set(self.base_fields) - set(self.fields))
