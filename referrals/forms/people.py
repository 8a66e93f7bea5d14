"""The people named in a referral: babies, born or unborn, and those who care for them."""

from typing import Any

from django import forms

from pairs.families.birth_rules import find_dates_doubt
from pairs.families.choices import Loss, Relationship, Sex
from pairs.families.forms import EthnicityField, NhsNumberField, PostcodeField, YesNoField
from pairs.web.date_fields import DatePartsField
from pairs.web.phone_field import PhoneField

SAFE_CONTACT_GROUP = "Safe contact, if they have told you"
NEEDS_GROUP = "Language, communication and access"
DETAILS_GROUP = "More, if you know it"
BIRTHS = [
    ("1", "One: a single baby"),
    ("2", "Two: twins"),
    ("3", "Three: triplets"),
    ("4", "Four"),
    ("5", "Five"),
    ("6", "Six"),
]
TWIN_ORDERS = ("The first", "The second", "The third", "The fourth", "The fifth", "The sixth")


class BabyForm(forms.Form):
    """One baby, born or unborn."""

    conditional = ("plurality", "birth_date", "estimated_due_date")

    ASKED_ONLY = ("born", "dates_are_right")  # no part of what is said of the baby

    groups = [
        (
            None,
            [
                *("born", "estimated_due_date", "birth_date", "lost_on", "loss", "given_name", "family_name"),
                *("plurality", "twin_order"),
            ],
        ),
        (DETAILS_GROUP, ["sex", "nhs_number", "ethnicity", "dates_are_right"]),
    ]
    folded = (DETAILS_GROUP,)
    reveals = {"born": {"unborn": "estimated_due_date", "born": "birth_date", "died": ("lost_on", "loss")}}
    born = forms.ChoiceField(
        label="Is the baby born?",
        choices=[("born", "Born"), ("unborn", "Not born yet"), ("died", "This baby has died")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the baby is born"},
    )
    estimated_due_date = DatePartsField(
        label="Due date", required=False, help_text="A best guess will do. For example 27 3 2027"
    )
    birth_date = DatePartsField(label="Date of birth", required=False, help_text="For example 27 3 2026")
    lost_on = DatePartsField(
        label="Date the baby died",
        required=False,
        help_text="The surviving baby is still recorded as a twin. For example 27 3 2026",
    )
    loss = forms.ChoiceField(
        label="What happened?",
        choices=[("", "Choose"), *Loss.choices],
        required=False,
    )
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    plurality = forms.TypedChoiceField(
        label="How many babies are in this birth, including this one?",
        choices=[("", "Not known"), *BIRTHS],
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Include a twin you have not named here, or who has died.",
    )
    twin_order = forms.TypedChoiceField(
        label="If there is more than one: which baby is this?",
        choices=[("", "Not known"), *((str(order), words) for order, words in enumerate(TWIN_ORDERS, 1))],
        coerce=int,
        empty_value=None,
        required=False,
    )
    sex = forms.ChoiceField(label="Sex", choices=Sex.choices[::-1], required=False)
    nhs_number = NhsNumberField(help_text="If born, and known.")
    ethnicity = EthnicityField(widget=forms.Select, help_text="As the family describes it.")
    dates_are_right = forms.BooleanField(
        label="I have checked the dates and they are correct", required=False
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        born = cleaned.get("born")
        self._clean_twin(cleaned)
        if born == "died":
            self._clean_loss(cleaned)
            return cleaned
        if cleaned.get("lost_on") or cleaned.get("loss"):
            self.add_error("born", "Choose “This baby has died”, or leave the date and what happened empty")
        needed = "birth_date" if born == "born" else "estimated_due_date"
        if born and not cleaned.get(needed) and needed not in self.errors:
            words = {
                "birth_date": "the date of birth",
                "estimated_due_date": "the due date; a best guess will do",
            }
            self.add_error(needed, f"Give {words[needed]}")
        if born == "born" and not cleaned.get("dates_are_right") and not self.errors:
            dates = {"born": cleaned.get("birth_date"), "due": cleaned.get("estimated_due_date")}
            for field, doubt in find_dates_doubt(**dates, weeks=None).items():
                self.add_error(field, doubt)
        if born == "unborn" and cleaned.get("birth_date"):
            self.add_error("birth_date", "Leave this empty for a baby who is not born yet")
        if born == "unborn" and cleaned.get("nhs_number"):
            self.add_error("nhs_number", "A baby gets an NHS number at birth. Leave it empty for now")
        return cleaned

    def _clean_twin(self, cleaned: dict[str, Any]) -> None:
        """Which of them says nothing while nobody knows how many there are."""
        order, plurality = cleaned.get("twin_order"), cleaned.get("plurality")
        if order and not plurality:
            self.add_error("plurality", "Enter how many babies are in this birth")
        elif order and plurality and order > plurality:
            self.add_error("twin_order", "This is more than the number of babies in this birth")

    def _clean_loss(self, cleaned: dict[str, Any]) -> None:
        """A loss has its day and its kind, and fits the birth; a stillborn baby's day of birth is that day."""
        for name, words in (("lost_on", "Enter the date the baby died"), ("loss", "Choose what happened")):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, words)
        if self.errors:
            return
        if cleaned["loss"] == Loss.STILLBIRTH and not cleaned.get("estimated_due_date"):
            cleaned["birth_date"] = cleaned.get("birth_date") or cleaned["lost_on"]
        if not cleaned.get("birth_date") and not cleaned.get("estimated_due_date"):
            field = "birth_date" if cleaned["loss"] == Loss.DEATH else "estimated_due_date"
            self.add_error(field, "Give the date of birth, or the due date; a best guess will do")

    def action_kwargs(self) -> dict[str, Any]:
        """What is said of the baby, without what only helps to ask."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.ASKED_ONLY}


class SafeWayField(YesNoField):
    """Whether one way of making contact is safe: yes, no, or not asked, which nobody may read as yes."""

    def __init__(self, label: str) -> None:
        super().__init__(label)
        self.widget = forms.Select()
        self.choices = [("", "Not asked"), ("yes", "Yes"), ("no", "No")]


class CarerForm(forms.Form):
    """One carer, of any gender and kind, on equal terms."""

    conditional = ("given_name",)  # needed of some answers

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
        (DETAILS_GROUP, ["birth_date", "nhs_number", "email", "address_lines", "ethnicity"]),
    ]
    folded = (SAFE_CONTACT_GROUP, NEEDS_GROUP, DETAILS_GROUP)
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    relationship = forms.ChoiceField(
        label="Relationship to the baby",
        choices=[("", "Choose"), *Relationship.choices],
        error_messages={"required": "Choose how this person is related to the baby"},
    )
    main_carer = forms.BooleanField(label="Main carer", required=False)
    pregnant = forms.BooleanField(label="Is or was pregnant with the baby", required=False)
    lives_with = forms.TypedChoiceField(
        label="Lives with the baby",
        choices=[("", "Not known"), ("yes", "Yes"), ("no", "No")],
        coerce=lambda text: text == "yes",
        empty_value=None,
        required=False,
    )
    birth_date = DatePartsField(label="Date of birth", required=False)
    nhs_number = NhsNumberField(help_text="Their own, not the baby’s.")
    phone = PhoneField()
    email = forms.EmailField(label="E-mail", max_length=254, required=False)
    address_lines = forms.CharField(
        label="Address", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    postcode = PostcodeField()
    language = forms.CharField(label="Preferred language", max_length=60, required=False)
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    communication_needs = forms.CharField(
        label="What communication support do they need?", max_length=200, required=False,
        help_text="For example easy words, large print, a sign language interpreter.",
    )  # fmt: skip
    access_needs = forms.CharField(
        label="What access needs do they have?", max_length=200, required=False,
        help_text="For example no stairs, room for a twin pram.",
    )  # fmt: skip
    may_call = SafeWayField("May we call them?")
    may_text = SafeWayField("May we text them?")
    may_leave_message = SafeWayField("May we leave a message?")
    may_email = SafeWayField("May we e-mail them?")
    may_post = SafeWayField("May we write by post?")
    ethnicity = EthnicityField(widget=forms.Select, help_text="As the family describes it.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not (cleaned.get("given_name") or cleaned.get("family_name")) and not self.errors:
            self.add_error("given_name", "Enter as much of the name as you know")
        return cleaned


class PeopleFormSet(forms.BaseFormSet):
    """People named on one page; a row left empty, or ticked to be removed, names nobody."""

    excluded_fields: tuple[str, ...] = ("DELETE", *BabyForm.ASKED_ONLY)

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
        "too_few_forms": f"Enter at least one {word}",
        "too_many_forms": f"Enter at most {most}; tell us about others in your own words",
    }
    return made


BabyFormSet = _build_people_formset(BabyForm, BaseBabyFormSet, 3, "baby")
CarerFormSet = _build_people_formset(CarerForm, BaseCarerFormSet, 4, "carer")
