"""The people named in a referral: babies, born or unborn, and those who care for them."""

from typing import Any

from django import forms

from pairs.families.choices import Relationship, Sex
from pairs.families.forms import EthnicityField, NhsNumberField, YesNoField
from pairs.geography.rules import normalise_postcode
from pairs.web.date_fields import DatePartsField

SAFE_CONTACT_GROUP = "What is safe, if they have told you"
NEEDS_GROUP = "Language, communication and access"
DETAILS_GROUP = "More, if you know it"


class BabyForm(forms.Form):
    """One baby, born or unborn."""

    groups = [
        (None, ["born", "estimated_due_date", "birth_date", "given_name", "family_name"]),
        (DETAILS_GROUP, ["sex", "nhs_number", "ethnicity"]),
    ]
    folded = (DETAILS_GROUP,)
    reveals = {"born": {"unborn": "estimated_due_date", "born": "birth_date"}}
    born = forms.ChoiceField(
        label="Is the baby born?",
        choices=[("born", "Born"), ("unborn", "Not born yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the baby is born"},
    )
    estimated_due_date = DatePartsField(
        label="Due date", required=False, help_text="A best guess will do. For example 27 3 2027"
    )
    birth_date = DatePartsField(label="Date of birth", required=False, help_text="For example 27 3 2026")
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices[::-1], required=False)
    nhs_number = NhsNumberField(help_text="If born, and known.")
    ethnicity = EthnicityField(widget=forms.Select, help_text="As the family describes it.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        born = cleaned.get("born")
        needed = "birth_date" if born == "born" else "estimated_due_date"
        if born and not cleaned.get(needed) and needed not in self.errors:
            words = {
                "birth_date": "the date of birth",
                "estimated_due_date": "the due date; a best guess will do",
            }
            self.add_error(needed, f"Give {words[needed]}")
        if born == "unborn" and cleaned.get("birth_date"):
            self.add_error("birth_date", "Leave this empty for a baby who is not born yet")
        if born == "unborn" and cleaned.get("nhs_number"):
            self.add_error("nhs_number", "A baby gets an NHS number at birth. Leave it empty for now")
        return cleaned

    def action_kwargs(self) -> dict[str, Any]:
        """What is said of the baby. ``born`` says which of the two dates is asked for, and no more."""
        return {name: value for name, value in self.cleaned_data.items() if name != "born"}


class SafeWayField(YesNoField):
    """Whether one way of making contact is safe: yes, no, or not asked, which nobody may read as yes."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.widget = forms.Select()
        self.choices = [("", "Not asked"), ("yes", "Yes"), ("no", "No")]


class CarerForm(forms.Form):
    """One carer, of any gender and kind, on equal terms."""

    groups = [
        (
            None,
            [
                "given_name",
                "family_name",
                "relationship",
                "main_carer",
                "pregnant",
                "lives_with",
                "phone",
                "postcode",
            ],
        ),
        (SAFE_CONTACT_GROUP, ["may_call", "may_text", "may_leave_message", "may_email", "may_post"]),
        (NEEDS_GROUP, ["language", "needs_interpreter", "communication_needs", "access_needs"]),
        (DETAILS_GROUP, ["birth_date", "email", "address_lines", "ethnicity"]),
    ]
    folded = (SAFE_CONTACT_GROUP, NEEDS_GROUP, DETAILS_GROUP)
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    relationship = forms.ChoiceField(
        label="Relationship to the baby",
        choices=[("", "Choose"), *Relationship.choices],
        error_messages={"required": "Say how this person is related to the baby"},
    )
    main_carer = forms.BooleanField(label="Main carer", required=False)
    pregnant = forms.BooleanField(label="Is, or was, pregnant with the baby", required=False)
    lives_with = forms.TypedChoiceField(
        label="Lives with the baby",
        choices=[("", "Not known"), ("yes", "Yes"), ("no", "No")],
        coerce=lambda text: text == "yes",
        empty_value=None,
        required=False,
    )
    birth_date = DatePartsField(label="Date of birth", required=False)
    phone = forms.CharField(label="Phone", max_length=20, required=False)
    email = forms.EmailField(label="E-mail", max_length=254, required=False)
    address_lines = forms.CharField(
        label="Address", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    postcode = forms.CharField(label="Postcode", max_length=12, required=False)
    language = forms.CharField(label="Language they like to speak", max_length=60, required=False)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    communication_needs = forms.CharField(
        label="What helps them to understand and be understood?", max_length=200, required=False,
        help_text="For example easy words, large print, a sign language interpreter.",
    )  # fmt: skip
    access_needs = forms.CharField(
        label="What do they need to get in and about?", max_length=200, required=False,
        help_text="For example no stairs, room for a twin pram.",
    )  # fmt: skip
    may_call = SafeWayField("May we ring them?")
    may_text = SafeWayField("May we text them?")
    may_leave_message = SafeWayField("May we leave a message?")
    may_email = SafeWayField("May we e-mail them?")
    may_post = SafeWayField("May we write by post?")
    ethnicity = EthnicityField(widget=forms.Select, help_text="As the family describes it.")

    def clean_postcode(self) -> str:
        typed = self.cleaned_data["postcode"]
        found = normalise_postcode(typed) if typed else ""
        if found is None:
            raise forms.ValidationError("Enter a full postcode, like BB1 7AA, or leave it empty")
        return found

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not (cleaned.get("given_name") or cleaned.get("family_name")) and not self.errors:
            self.add_error("given_name", "Give a name, as much of it as you know")
        return cleaned


class PeopleFormSet(forms.BaseFormSet):
    """People named on one page; a row left empty, or ticked to be removed, names nobody."""

    excluded_fields: tuple[str, ...] = ("DELETE", "born")

    def rows(self) -> list[dict[str, Any]]:
        """Field values of each named person, in order. Only of a valid formset."""
        named = [form for form in self.forms if form.cleaned_data and not self._should_delete_form(form)]
        return [
            {k: v for k, v in form.cleaned_data.items() if k not in self.excluded_fields} for form in named
        ]

    def add_fields(self, form: BabyForm | CarerForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Remove this person"


class BaseBabyFormSet(PeopleFormSet):
    @classmethod
    def get_default_prefix(cls) -> str:
        return "infants"


class BaseCarerFormSet(PeopleFormSet):
    @classmethod
    def get_default_prefix(cls) -> str:
        return "caregivers"

    def clean(self) -> None:
        wrong = any(form.errors for form in self.forms if not self._should_delete_form(form))
        rows = [] if wrong else self.rows()
        if len(rows) > 1 and not any(row["main_carer"] for row in rows):
            raise forms.ValidationError("Tick “Main carer” for at least one person")


def _build_people_formset(form: type[Any], formset: type[Any], most: int, word: str) -> type[Any]:
    made = forms.formset_factory(
        form, formset=formset, extra=0, min_num=1, max_num=most, absolute_max=most + 1,
        validate_min=True, validate_max=True, can_delete=True,
    )  # fmt: skip
    made.default_error_messages = forms.BaseFormSet.default_error_messages | {
        "too_few_forms": f"Name at least one {word}",
        "too_many_forms": f"Name at most {most}; tell us of others in your own words",
    }
    return made


BabyFormSet = _build_people_formset(BabyForm, BaseBabyFormSet, 3, "baby")
CarerFormSet = _build_people_formset(CarerForm, BaseCarerFormSet, 4, "carer")
