"""Each page of the professional's door, and the same as one sheet for the API."""

from django import forms

from pairs.families.forms import EthnicityField, NhsNumberField
from pairs.families.models import Dyad, Person
from pairs.geography.rules import normalise_postcode
from pairs.service.dates import DatePartsField
from pairs.service.models import Place
from referrals.models import Concern
from referrals.rules.words import PERMISSION_BASES, PREFERRED_PLACES

LONG = 10_000
AREA = forms.Textarea


class PermissionPage(forms.Form):
    """May this family be talked about, and on what ground?"""

    permission = forms.ChoiceField(
        label="Does the parent know about this referral, and agree?",
        choices=PERMISSION_BASES,
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the parent agrees, or what the lawful basis is"},
    )
    permission_reason = forms.CharField(
        label="If there is a lawful basis without agreement: what is it, and why?",
        max_length=2000,
        required=False,
        widget=AREA,
        help_text="For example a baby looked after by the local authority, or court work.",
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("permission") == "lawful_basis" and not cleaned.get("permission_reason"):
            self.add_error(
                "permission_reason", "Give the reason for referring without the parent's agreement"
            )
        return cleaned


class BabyForm(forms.Form):
    """One baby, born or unborn."""

    born = forms.ChoiceField(
        label="Is the baby born?",
        choices=[("born", "Born"), ("unborn", "Not born yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the baby is born"},
    )
    estimated_due_date = DatePartsField(
        label="Due date", required=False, help_text="If not born yet. For example 27 3 2027"
    )
    birth_date = DatePartsField(
        label="Date of birth", required=False, help_text="If born. For example 27 3 2026"
    )
    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    sex = forms.ChoiceField(label="Sex", choices=[*Person.SEXES][::-1], required=False)
    nhs_number = NhsNumberField(help_text="If born, and known.")
    ethnicity = EthnicityField(widget=forms.Select, help_text="As the family describes it.")

    def clean(self):
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


class CarerForm(forms.Form):
    """One carer, of any gender and kind, on equal terms."""

    given_name = forms.CharField(label="Given name", max_length=80, required=False)
    family_name = forms.CharField(label="Family name", max_length=80, required=False)
    relationship = forms.ChoiceField(
        label="Relationship to the baby",
        choices=[("", "Choose"), *Dyad.RELATIONSHIPS],
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
    ethnicity = EthnicityField(widget=forms.Select, help_text="As the family describes it.")

    def clean_postcode(self):
        typed = self.cleaned_data["postcode"]
        found = normalise_postcode(typed) if typed else ""
        if found is None:
            raise forms.ValidationError("Enter a full postcode, like BB1 7AA, or leave it empty")
        return found

    def clean(self):
        cleaned = super().clean()
        if not (cleaned.get("given_name") or cleaned.get("family_name")) and not self.errors:
            self.add_error("given_name", "Give a name, as much of it as you know")
        return cleaned


class PeopleFormSet(forms.BaseFormSet):
    """People named on one page; a row left empty, or ticked to be removed, names nobody."""

    not_kept: tuple[str, ...] = ("DELETE", "born")

    def rows(self):
        """Columns of each person named, in order. Ask once it is valid."""
        named = [form for form in self.forms if form.cleaned_data and not self._should_delete_form(form)]
        return [{k: v for k, v in form.cleaned_data.items() if k not in self.not_kept} for form in named]

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Remove this person"


class BaseBabies(PeopleFormSet):
    @classmethod
    def get_default_prefix(cls):
        return "infants"


class BaseCarers(PeopleFormSet):
    @classmethod
    def get_default_prefix(cls):
        return "caregivers"

    def clean(self):
        wrong = any(form.errors for form in self.forms if not self._should_delete_form(form))
        rows = [] if wrong else self.rows()
        if len(rows) > 1 and not any(row["main_carer"] for row in rows):
            raise forms.ValidationError("Tick “Main carer” for at least one person")


def _people(form, formset, most, word):
    made = forms.formset_factory(
        form, formset=formset, extra=0, min_num=1, max_num=most, absolute_max=most + 1,
        validate_min=True, validate_max=True, can_delete=True,
    )  # fmt: skip
    made.default_error_messages = forms.BaseFormSet.default_error_messages | {
        "too_few_forms": f"Name at least one {word}",
        "too_many_forms": f"Name at most {most}; tell us of others in your own words",
    }
    return made


BabyFormSet = _people(BabyForm, BaseBabies, 3, "baby")
CarerFormSet = _people(CarerForm, BaseCarers, 4, "carer")


class NoticedPage(forms.Form):
    """What was noticed and hoped for, and how the family can be reached safely."""

    groups = [
        ("What you have noticed", ["concerns", "noticed"]),
        ("In the parent's words", ["parent_says", "hopes"]),
        ("Meeting and keeping in touch", ["place", "preferred_place", "safe_contact"]),
    ]
    concerns = forms.ModelMultipleChoiceField(
        label="Any of these? None is needed",
        queryset=Concern.objects.filter(retired_on=None),
        to_field_name="code",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    noticed = forms.CharField(
        label="What have you noticed between baby and carers?",
        max_length=LONG,
        widget=AREA,
        help_text="In your own words. What might the baby be telling us?",
        error_messages={"required": "Say what you have noticed, in a sentence or two"},
    )
    parent_says = forms.CharField(
        label="What does the parent say?", max_length=LONG, required=False, widget=AREA,
        help_text="In their own words, as near as you can.",
    )  # fmt: skip
    hopes = forms.CharField(label="What do they hope for?", max_length=LONG, required=False, widget=AREA)
    place = forms.ModelChoiceField(
        label="Which district does the baby live in?",
        queryset=Place.objects.select_related("covering_site"),
        to_field_name="code",
        empty_label="Choose",
        error_messages={"required": "Choose the district the baby lives in"},
    )
    preferred_place = forms.ChoiceField(
        label="Where would the family like to meet?", choices=PREFERRED_PLACES, required=False
    )
    safe_contact = forms.CharField(
        label="How and when is it safe to make contact?", max_length=200, required=False,
        help_text="For example: text first, never after five.",
    )  # fmt: skip


class WholeReferral(PermissionPage, NoticedPage):
    """Every page as one form: what the API reads, beside the two formsets."""
