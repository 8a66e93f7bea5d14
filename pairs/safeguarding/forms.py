"""Forms of safeguarding: the one parser of what pages and the API send."""

from typing import Any

from django import forms

from pairs.families.choices import CautionKind
from pairs.families.models import Caution, Infant
from pairs.safeguarding.models import HouseholdChild, SafeguardingStatus
from pairs.safeguarding.people import WHOLE_FAMILY, FamilyPeople, encode_person, get_person_label
from pairs.safeguarding.rules import (
    AbuseCategory,
    ConcernDecision,
    ConcernStepKind,
    FamilyTold,
    StatusKind,
)
from pairs.web.date_fields import DatePartsField, make_day_field
from pairs.web.phone_field import PhoneField

MAX_TEXT_LENGTH = 20000


def make_long_text_field(label: str, **options: Any) -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(label=label, max_length=MAX_TEXT_LENGTH, widget=forms.Textarea, **options)


class PersonField(forms.ChoiceField):
    """One of the family's people; cleaned to the person, or None for nobody in particular."""

    def __init__(self, **options: Any) -> None:
        super().__init__(error_messages={"invalid_choice": "Choose from this family."}, **options)
        self.people: dict[Any, Any] = {}

    def offer_choices(self, people: list[Any], *, nobody: Any = None) -> None:
        """Who can be chosen; ``nobody`` is the choice that stands for none of them."""
        self.people = {encode_person(person): person for person in people}
        named = [(code, get_person_label(person)) for code, person in self.people.items()]
        self.choices = [nobody, *named] if nobody else named

    def clean(self, value: str | None) -> Infant | HouseholdChild | None:
        return self.people.get(super().clean(value))


class StatusDetailsForm(forms.Form):
    """What can change while a status holds."""

    conditional: tuple[str, ...] = ("court_order",)  # needed of some answers

    categories = forms.MultipleChoiceField(
        label="Category of the child protection plan",
        choices=AbuseCategory,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick every category in the plan. Only for a child protection plan.",
    )
    court_order = forms.CharField(
        label="Which court order, and who made it",
        max_length=300,
        required=False,
        help_text="Only for a court order. For example, an order about who a child may see.",
    )
    since = make_day_field("Since")
    review_on = make_day_field(
        "Next review or conference",
        required=False,
        help_text="It appears in To do from that date.",
    )
    social_worker = forms.CharField(label="Social worker", max_length=120, required=False)
    social_worker_phone = PhoneField("Their phone")
    social_worker_of = forms.CharField(label="Their local authority or team", max_length=160, required=False)
    note = make_long_text_field("Note", required=False)
    groups = [
        ("What it says", ["categories", "court_order"]),
        ("When", ["since", "review_on"]),
        ("Social worker", ["social_worker", "social_worker_phone", "social_worker_of"]),
        ("", ["note"]),
    ]

    @classmethod
    def of(cls, status: SafeguardingStatus, data: Any) -> "StatusDetailsForm":
        """For the page: as it stands, and without what only another kind can say."""
        form = cls(data, initial=cls.initial_for(status))
        of_one_kind = {
            "categories": StatusKind.PROTECTION_PLAN,
            "court_order": StatusKind.COURT_ORDER,
        }
        for name, kind in of_one_kind.items():
            if status.kind != kind:
                del form.fields[name]
        return form

    @classmethod
    def initial_for(cls, status: SafeguardingStatus) -> dict[str, Any]:
        return {name: getattr(status, name) for name in cls.base_fields}


class NewStatusForm(StatusDetailsForm):
    """How somebody stands with social care, a court or a MARAC. Without people there is nobody to choose."""

    about = PersonField(label="Whose status is it?", widget=forms.RadioSelect)
    kind_of_status = forms.ChoiceField(
        label="What is it?",
        choices=StatusKind,
        widget=forms.RadioSelect,
        help_text="An adult can have a MARAC or a court order. The others are for children, and carers under 18.",
    )
    field_order = ["about", "kind_of_status"]
    groups = []
    reveals = {
        "kind_of_status": {
            StatusKind.PROTECTION_PLAN: "categories",
            StatusKind.COURT_ORDER: "court_order",
        }
    }

    def __init__(self, *args: Any, people: FamilyPeople, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].offer_choices(people.list_status_candidates())

    def action_kwargs(self):
        """What ``record_status`` takes. What only another kind can say was typed before the choice was changed."""
        cleaned = dict(self.cleaned_data)
        if cleaned["kind_of_status"] != StatusKind.PROTECTION_PLAN:
            cleaned["categories"] = []
        if cleaned["kind_of_status"] != StatusKind.COURT_ORDER:
            cleaned["court_order"] = ""
        return {"person": cleaned.pop("about"), "kind": cleaned.pop("kind_of_status"), **cleaned}


class StatusEndForm(forms.Form):
    """The last day of a status, and why."""

    until = make_day_field("Last day")
    because = forms.CharField(
        label="Why it ended",
        max_length=300,
        required=False,
        help_text="For example: stepped down to child in need.",
    )


class HouseholdChildForm(forms.Form):
    """Another child of the household."""

    name = forms.CharField(label="Name", max_length=120)
    birth_date = DatePartsField(label="Date of birth", required=False)
    lives_with = forms.CharField(label="Who the child lives with", max_length=160, required=False)
    school = forms.CharField(label="School or nursery", max_length=160, required=False)
    note = make_long_text_field("Note", required=False)

    @classmethod
    def initial_for(cls, child: HouseholdChild) -> dict[str, str | None]:
        return {name: getattr(child, name) for name in cls.base_fields}


class NewConcernForm(forms.Form):
    """What was noticed, who was told, what was decided and why. Without people it is about the whole family."""

    about = PersonField(label="Who is it about?", widget=forms.RadioSelect)
    what = make_long_text_field(
        "What was seen or heard?", help_text="In plain words, as it was seen and said."
    )
    noticed_on = make_day_field("On what date?")
    decision = forms.ChoiceField(label="What was decided?", choices=ConcernDecision, widget=forms.RadioSelect)
    why = make_long_text_field("Why?", help_text="Always give a reason. Not referring is a decision too.")
    told = make_long_text_field(
        "Who was told, and when?",
        required=False,
        help_text="For example children’s social care, the named nurse, the police, a supervisor. Include "
        "names. Leave empty only if no one was told.",
    )
    family_told = forms.ChoiceField(
        label="Does the family know?", choices=FamilyTold, widget=forms.RadioSelect
    )
    without_agreement = make_long_text_field(
        "Why was it right to share it without their agreement?",
        required=False,
        help_text="Required if someone was told and the family has not agreed. For example: asking them "
        "first could have put someone in danger.",
    )
    chase_by = make_day_field(
        "By what date will you ask for the outcome?",
        required=False,
        help_text="Required after a referral. It is in To do from that date until an outcome is recorded.",
    )
    raise_alert = forms.BooleanField(
        label="Also raise a risk alert, so that the lead and duty see it today", required=False
    )

    groups = [
        ("What was noticed", ["about", "what", "noticed_on"]),
        ("What was decided", ["decision", "why", "told", "chase_by"]),
        ("What the family knows", ["family_told", "without_agreement"]),
        ("", ["raise_alert"]),
    ]
    conditional = ("told", "chase_by", "without_agreement")

    def __init__(self, *args: Any, people: FamilyPeople, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].offer_choices(people.list_everybody(), nobody=WHOLE_FAMILY)

    def action_kwargs(self):
        """What ``record_concern`` takes."""
        cleaned = dict(self.cleaned_data)
        return {"person": cleaned.pop("about"), **cleaned}


class NewStepForm(forms.Form):
    """What came of a concern, a professional disagreement, or something more to note."""

    conditional = ("to_whom",)  # needed of some answers

    step = forms.ChoiceField(
        label="What do you want to add?", choices=ConcernStepKind, widget=forms.RadioSelect
    )
    text = make_long_text_field("In words", help_text="For an outcome: what was decided, and who decided it.")
    to_whom = forms.CharField(label="If you disagree: who have you told?", max_length=200, required=False)
    chase_by = make_day_field("Ask again by", required=False)

    def action_kwargs(self):
        """What ``add_concern_step`` takes."""
        cleaned = dict(self.cleaned_data)
        return {"kind": cleaned.pop("step"), **cleaned}


class CautionDetailsForm(forms.Form):
    """What can change while a caution holds."""

    conditional: tuple[str, ...] = ("court_order",)  # needed of some answers

    what = forms.CharField(
        label="What is known", max_length=300, widget=forms.Textarea, help_text="In a sentence."
    )
    what_to_do = forms.CharField(
        label="What to do",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text="For example: visit in pairs; meet at the family hub; never write to both at one address.",
    )
    court_order = forms.CharField(
        label="Court order that requires it",
        max_length=200,
        required=False,
        help_text="Name the order and its reference, if there is one.",
    )
    since = make_day_field("Since")

    @classmethod
    def initial_for(cls, caution: Caution) -> dict[str, Any]:
        return {name: getattr(caution, name) for name in cls.base_fields}


class NewCautionForm(CautionDetailsForm):
    """People to be kept apart, or a risk to a lone worker. Without people there is nobody to choose."""

    caution = forms.ChoiceField(
        label="What is it about?",
        choices=[
            (CautionKind.KEEP_APART, "People who must be kept apart"),
            (CautionKind.LONE_WORKER, "Lone-worker risk"),
        ],
        widget=forms.RadioSelect,
    )
    about = PersonField(
        label="Who",
        required=False,
        help_text="One of the two people who must be kept apart, or the person the risk is about.",
    )
    kept_from = PersonField(
        label="Keep apart from", required=False, help_text="Only for people who must be kept apart."
    )
    kept_from_name = forms.CharField(
        label="Or from someone without a record here",
        max_length=120,
        required=False,
        help_text="Write who it is.",
    )
    field_order = ["caution", "about", "kept_from", "kept_from_name"]
    conditional = ("about", "kept_from", "court_order")

    def __init__(self, *args: Any, people: FamilyPeople, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        candidates = people.list_caution_candidates()
        self.fields["about"].offer_choices(candidates, nobody=("", "No one in particular"))
        self.fields["kept_from"].offer_choices(people.carers, nobody=("", "No one on this record"))

    def action_kwargs(self):
        """What ``record_caution`` takes."""
        cleaned = dict(self.cleaned_data)
        return {"kind": cleaned.pop("caution"), "person": cleaned.pop("about"), **cleaned}


class CautionEndForm(forms.Form):
    """The last day of a caution."""

    until = make_day_field("Last day")
