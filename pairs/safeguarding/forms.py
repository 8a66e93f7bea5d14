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

    categories = forms.MultipleChoiceField(
        label="Category of the child protection plan",
        choices=AbuseCategory,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick each that the plan names. Only for a child protection plan.",
    )
    court_order = forms.CharField(
        label="Which court order, and who made it",
        max_length=300,
        required=False,
        help_text="Only for a court order. In words, such as an order about whom a child may see.",
    )
    since = make_day_field("Since")
    review_on = make_day_field(
        "Next review or conference",
        required=False,
        help_text="It shows among what is due from that day on.",
    )
    social_worker = forms.CharField(label="Social worker", max_length=120, required=False)
    social_worker_phone = forms.CharField(label="Their phone", max_length=40, required=False)
    social_worker_of = forms.CharField(label="Their local authority or team", max_length=160, required=False)
    note = make_long_text_field("Note", required=False)
    groups = [
        ("What it says", ["categories", "court_order"]),
        ("When", ["since", "review_on"]),
        ("Whom to speak with", ["social_worker", "social_worker_phone", "social_worker_of"]),
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
        help_text="Such as: stepped down to child in need.",
    )


class HouseholdChildForm(forms.Form):
    """Another child of the household."""

    name = forms.CharField(label="Name", max_length=120)
    birth_date = DatePartsField(label="Date of birth", required=False)
    lives_with = forms.CharField(label="Whom the child lives with", max_length=160, required=False)
    school = forms.CharField(label="School or nursery", max_length=160, required=False)
    note = make_long_text_field("Note", required=False)

    @classmethod
    def initial_for(cls, child: HouseholdChild) -> dict[str, str | None]:
        return {name: getattr(child, name) for name in cls.base_fields}


class NewConcernForm(forms.Form):
    """What was noticed, who was told, what was decided and why. Without people it is about the whole family."""

    about = PersonField(label="Whom is it about?", widget=forms.RadioSelect)
    what = make_long_text_field(
        "What was seen or heard?", help_text="As it was seen and said, in plain words."
    )
    noticed_on = make_day_field("On which day?")
    decision = forms.ChoiceField(label="What was decided?", choices=ConcernDecision, widget=forms.RadioSelect)
    why = make_long_text_field(
        "Why?", help_text="Always said, whatever was decided: not to refer is a decision like the others."
    )
    told = make_long_text_field(
        "Who was told, and when?",
        required=False,
        help_text="Such as children’s social care, the named nurse, the police, a supervisor. Names help later. "
        "It may stay empty only if nobody was.",
    )
    family_told = forms.ChoiceField(
        label="Does the family know?", choices=FamilyTold, widget=forms.RadioSelect
    )
    without_agreement = make_long_text_field(
        "Why was it right to share it without their agreement?",
        required=False,
        help_text="Needed when somebody was told and the family has not agreed. "
        "Such as: asking them first could have put somebody in danger.",
    )
    chase_by = make_day_field(
        "By which day will you ask what came of it?",
        required=False,
        help_text="Needed after a referral. It is due from that day until an outcome is recorded.",
    )
    raise_alert = forms.BooleanField(
        label="Raise a risk alert as well, so that lead and duty look today", required=False
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

    step = forms.ChoiceField(
        label="What do you want to add?", choices=ConcernStepKind, widget=forms.RadioSelect
    )
    text = make_long_text_field("In words", help_text="For an outcome: what was decided, and by whom.")
    to_whom = forms.CharField(
        label="If you disagree: to whom have you said so?", max_length=200, required=False
    )
    chase_by = make_day_field("Ask again by", required=False)

    def action_kwargs(self):
        """What ``add_concern_step`` takes."""
        cleaned = dict(self.cleaned_data)
        return {"kind": cleaned.pop("step"), **cleaned}


class CautionDetailsForm(forms.Form):
    """What can change while a caution holds."""

    what = forms.CharField(
        label="What is known", max_length=300, widget=forms.Textarea, help_text="In a sentence."
    )
    what_to_do = forms.CharField(
        label="What to do about it",
        max_length=300,
        required=False,
        widget=forms.Textarea,
        help_text="Such as: visit in pairs; meet at the family hub; never write to both at one address.",
    )
    court_order = forms.CharField(
        label="Court order that asks for it",
        max_length=200,
        required=False,
        help_text="Which order and its reference, if there is one.",
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
            (CautionKind.KEEP_APART, "People to be kept apart"),
            (CautionKind.LONE_WORKER, "A risk to somebody who goes alone"),
        ],
        widget=forms.RadioSelect,
    )
    about = PersonField(
        label="Who",
        required=False,
        help_text="One of the two people to be kept apart; or whom the risk is about.",
    )
    kept_from = PersonField(
        label="To be kept apart from", required=False, help_text="Only for people to be kept apart."
    )
    kept_from_name = forms.CharField(
        label="Or from somebody who has no record here",
        max_length=120,
        required=False,
        help_text="Who it is, in words.",
    )
    field_order = ["caution", "about", "kept_from", "kept_from_name"]
    conditional = ("about", "kept_from")

    def __init__(self, *args: Any, people: FamilyPeople, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        candidates = people.list_caution_candidates()
        self.fields["about"].offer_choices(candidates, nobody=("", "Nobody in particular"))
        self.fields["kept_from"].offer_choices(people.carers, nobody=("", "Nobody on this record"))

    def action_kwargs(self):
        """What ``record_caution`` takes."""
        cleaned = dict(self.cleaned_data)
        return {"kind": cleaned.pop("caution"), "person": cleaned.pop("about"), **cleaned}


class CautionEndForm(forms.Form):
    """The last day of a caution."""

    until = make_day_field("Last day")
