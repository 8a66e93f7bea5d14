"""Carers: who they are, how to reach them, what they told us about themselves, and their dyads."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from pairs.code_lists.reference import ETHNIC_CATEGORIES
from pairs.families.choices import BackgroundAnswer, ParentalResponsibility, Relationship
from pairs.families.forms.fields import NhsNumberField
from pairs.families.forms.nhs_number_check import NhsNumberCheckForm
from pairs.families.models import ExclusionGroup, Infant
from pairs.web.date_fields import DatePartsField
from pairs.web.phone_field import PhoneField


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known: True, False, None. The API sends true, false and null."""

    reads_boolean = True
    WORDS = {True: "yes", False: "no", None: "", "True": "yes", "False": "no"}

    def __init__(self, label: str, unknown: str = "Not asked", **options: Any) -> None:
        super().__init__(
            label=label,
            choices=[("yes", "Yes"), ("no", "No"), ("", unknown)],
            coerce=lambda text: text == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **options,
        )

    def prepare_value(self, value: str | None) -> str | None:
        return self.WORDS.get(value, value)

    def to_python(self, value: str | None) -> str:
        return super().to_python(self.WORDS.get(value, value))


class EthnicityField(forms.ChoiceField):
    """NHS 16+1. "Preferred not to say" and "not known" are two answers; not known when nothing is chosen."""

    def __init__(self, **options: Any) -> None:
        options = {"label": "Ethnic background", "initial": "99", "widget": forms.RadioSelect} | options
        super().__init__(choices=ETHNIC_CATEGORIES, required=False, **options)

    def clean(self, value: str | None) -> str:
        return super().clean(value) or "99"


class EthnicityForm(forms.Form):
    """How the person, or the family for their baby, describes their ethnic background."""

    ethnicity = EthnicityField(label="Which of these do you choose?")


class CarerDetailsForm(NhsNumberCheckForm):
    """Name, dates and number."""

    conditional = ("given_name",)  # needed of some answers

    nhs_number = NhsNumberField(help_text="10 digits, as 999 000 1235. Leave it empty if it is not known.")
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    said_as = forms.CharField(
        label="Pronunciation", max_length=80, required=False, help_text="For example: nee-AV for Niamh"
    )
    birth_date = DatePartsField(label="Date of birth", required=False, help_text="For example 27 3 1996")
    died_on = DatePartsField(
        label="Date of death, if they have died",
        required=False,
        help_text="Staff will no longer be prompted to write or call.",
    )
    field_order = (
        "given_name", "family_name", "said_as", "birth_date", "nhs_number", "nhs_number_is_right", "died_on",
    )  # fmt: skip

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not (cleaned.get("given_name") or cleaned.get("family_name")) and not self.errors:
            self.add_error("given_name", "Enter as much of the name as you know")
        return cleaned


class CarerContactForm(forms.Form):
    """How to reach them safely, in which language, and what they need."""

    groups = [
        ("Contact details", ["phone", "email", "safe_contact"]),
        ("Safe contact", ["may_call", "may_text", "may_leave_message", "may_email", "may_post"]),
        ("What they need", ["language", "needs_interpreter", "communication_needs", "access_needs"]),
    ]
    phone = PhoneField()
    email = forms.EmailField(label="E-mail", max_length=254, required=False)
    safe_contact = forms.CharField(
        label="How and when is it safe to make contact?", max_length=10_000, required=False,
        help_text="For example: text first, never after five.",
    )  # fmt: skip
    may_call = YesNoField("Is it safe to call?")
    may_text = YesNoField("Is it safe to text?")
    may_leave_message = YesNoField("Is it safe to leave a message?")
    may_email = YesNoField("Is it safe to e-mail?")
    may_post = YesNoField("Is it safe to send post?")
    language = forms.CharField(label="Preferred language", max_length=60, required=False)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    communication_needs = forms.CharField(
        label="What communication support do they need?", max_length=200, required=False,
        help_text="For example large print, a sign language interpreter, or short plain texts.",
    )  # fmt: skip
    access_needs = forms.CharField(
        label="What access needs do they have?", max_length=200, required=False,
        help_text="For example no stairs, or a quiet room.",
    )  # fmt: skip


class CarerBackgroundForm(forms.Form):
    """What they told us about themselves. Nobody has to answer."""

    gender = forms.CharField(label="Gender, in their own words", max_length=40, required=False)
    disability = forms.ChoiceField(
        label="Do they have a disability?",
        choices=BackgroundAnswer,
        required=False,
        widget=forms.RadioSelect,
    )
    disability_details = forms.CharField(
        label="What would they like us to know about it?", max_length=200, required=False
    )
    care_experienced = forms.ChoiceField(
        label="Were they ever in care themselves?",
        choices=BackgroundAnswer,
        required=False,
        widget=forms.RadioSelect,
        help_text="We ask because care leavers may have less family support. It is never counted against anyone.",
    )
    exclusion_groups = forms.ModelMultipleChoiceField(
        label="Do any of these apply to them?",
        queryset=ExclusionGroup.objects.filter(retired_on=None),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Services often miss these groups. This helps us see who we are not reaching.",
    )

    def __init__(self, *args: Any, already: Sequence[ExclusionGroup] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.fields["exclusion_groups"]
        if already:  # a group retired since stays ticked until somebody unticks it
            offered.queryset = offered.queryset | ExclusionGroup.objects.filter(
                pk__in=[one.pk for one in already]
            )


class NewCarerForm(CarerDetailsForm, CarerContactForm):
    """A carer who joins the family: who they are and how to reach them; the rest can follow."""

    conditional = ("given_name",)  # needed of some answers

    groups = [
        ("Who they are", [name for name in CarerDetailsForm.field_order if name != "died_on"]),
        *CarerContactForm.groups,
    ]
    died_on = None
    field_order = CarerDetailsForm.field_order


class CompleteCarerForm(CarerDetailsForm, CarerContactForm, CarerBackgroundForm):
    """Everything about one carer as one form: what the API reads."""

    conditional = ("given_name",)  # needed of some answers

    ethnicity = EthnicityField()


class NewCarerInputForm(NewCarerForm):
    """A carer and the family they join: what the API reads, beside the relationships."""

    conditional = ("given_name",)  # needed of some answers

    family = forms.UUIDField(label="Family's id")


class RelationshipForm(forms.Form):
    """What the API and the pages ask of one infant and one carer."""

    relationship = forms.ChoiceField(
        label="Relationship to the baby",
        choices=[("", "Choose"), *Relationship.choices],
        error_messages={"required": "Choose how this person is related to the baby"},
    )
    main_carer = forms.BooleanField(
        label="Main carer", required=False, help_text="There may be more than one."
    )
    lives_with = YesNoField("Do they live together?", unknown="Not known")
    parental_responsibility = forms.ChoiceField(
        label="Do they have parental responsibility?",
        choices=ParentalResponsibility,
        required=False,
        initial=ParentalResponsibility.UNKNOWN,
        widget=forms.RadioSelect,
    )

    def clean_parental_responsibility(self) -> str:
        return self.cleaned_data["parental_responsibility"] or ParentalResponsibility.UNKNOWN


class RelationshipRowForm(RelationshipForm):
    """One row of a new carer's relationships; left unchosen, there is none to this baby."""

    infant = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relationship"].required = False
        self.fields["relationship"].choices = [("", "None"), *Relationship.choices]
        self.fields["relationship"].widget.choices = self.fields["relationship"].choices


class BaseRelationshipFormSet(forms.BaseFormSet):
    def list_chosen(self) -> list[tuple[UUID, dict[str, Any]]]:
        """[(infant's id, facts)] of the rows where a relationship was chosen."""
        rows = [dict(form.cleaned_data) for form in self.forms if form.cleaned_data.get("relationship")]
        return [(row.pop("infant"), row) for row in rows]


RelationshipFormSet = forms.formset_factory(
    RelationshipRowForm, formset=BaseRelationshipFormSet, extra=0, max_num=12, absolute_max=12
)


class DyadForm(RelationshipForm):
    """What is known of one infant and one carer."""

    restrictions = forms.CharField(
        label="Are there any restrictions?", max_length=300, required=False,
        help_text="For example: supervised contact only, and who ordered it.",
    )  # fmt: skip
    since = DatePartsField(
        label="Since when?", required=False, help_text="Leave empty if it has always applied."
    )


class NewDyadForm(DyadForm):
    """A relationship more: with a baby of this family, or of another one by their reference."""

    conditional = ("infant", "reference")  # needed of some answers

    infant = forms.ChoiceField(label="With which baby?", required=False, widget=forms.RadioSelect)
    reference = forms.CharField(
        label="Or a baby of another family: their reference", max_length=16, required=False,
        help_text="For example PI-2026-00017: a foster carer's baby, or contact with a birth parent.",
    )  # fmt: skip
    field_order = ("infant", "reference", "relationship")

    def __init__(self, *args: Any, infants: Sequence[Infant] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["infant"].choices = [
            (str(one.pk), str(one.shown_name or one.reference)) for one in infants
        ]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if bool(cleaned.get("infant")) == bool(cleaned.get("reference")) and "infant" not in self.errors:
            self.add_error("infant", "Choose a baby here, or give the reference of one from another family")
        return cleaned


class EndDateForm(forms.Form):
    """The last day."""

    until = DatePartsField(label="The last day")


class NewExclusionGroupForm(forms.Form):
    """One more group at risk of being left out."""

    name = forms.CharField(
        label="Name of the group", max_length=120, help_text="Use words that members of the group would use."
    )


class RetireExclusionGroupForm(forms.Form):
    """Which one is offered no more."""

    group = forms.ModelChoiceField(ExclusionGroup.objects.filter(retired_on=None), to_field_name="code")
