"""Forms of joint work, peer support and hub consultation, for pages and the API."""

from typing import Any

from django import forms

from interventions.collaboration.models import query_peer_supporters
from interventions.collaboration.rules import (
    HubHelp,
    PeerContactMode,
    RiskAnswer,
    Urgency,
)
from interventions.episodes.forms.minutes import MinutesField
from interventions.episodes.models.episodes import EpisodeQuerySet
from pairs.access.records import RecordQuerySet
from pairs.families.models import Caregiver, Family
from pairs.web.date_fields import make_day_field


def make_text_field(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, **({"widget": forms.Textarea, "max_length": 2000} | options))


def query_family_open_episodes(family: Family) -> EpisodeQuerySet:
    """The family's open episodes, newest first."""
    return family.episodes.live().filter(ended_on=None).order_by("-opened_on")


class JointWorkTermsForm(forms.Form):
    """The agreed terms: who does what and when, what they may tell us, and the review date."""

    we_do = make_text_field("What we do")
    they_do = make_text_field("What they do")
    days = forms.CharField(
        label="On which days",
        max_length=200,
        required=False,
        help_text="For example, “they visit on Mondays, we visit on Thursdays”.",
    )
    they_share = make_text_field(
        "What they may tell us",
        required=False,
        help_text="As the family agreed. What we may tell them is in the sharing agreement.",
    )
    episode = forms.ModelChoiceField(None, label="Part of which episode?", required=False, empty_label="None")
    look_again_on = make_day_field(
        "Review on", required=False, help_text="It appears in To do from that date."
    )

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["episode"].queryset = query_family_open_episodes(family)


class NewJointWorkForm(JointWorkTermsForm):
    """A new agreement: the other party and the terms."""

    conditional = ("member", "who")  # needed of some answers

    groups = (
        ("Who with", ["member", "who", "organisation"]),
        ("Who does what", ["we_do", "they_do", "days", "they_share"]),
        ("When", ["since", "look_again_on", "episode"]),
    )
    member = forms.ModelChoiceField(
        None, label="Someone in the family's village", required=False, empty_label="Someone else"
    )
    who = forms.CharField(label="Or someone else’s name", max_length=120, required=False)
    organisation = forms.CharField(label="Their service", max_length=120, required=False)
    since = make_day_field("From")

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, family=family, **kwargs)
        self.fields["member"].queryset = family.village.live().current().order_by("name", "id")


class EndJointWorkForm(forms.Form):
    """The last day of joint work, and why."""

    ended_on = make_day_field("Last day")
    ended_because = forms.CharField(label="Why did it end?", max_length=300, widget=forms.Textarea)


class CarerChoiceField(forms.ModelChoiceField):
    """Carers by the name or part that people know them by."""

    def label_from_instance(self, carer):
        return carer.name_or_role


class NewPeerSupporterForm(forms.Form):
    """Who is linked to whom in the family, and that the family agreed."""

    supporter = forms.ModelChoiceField(None, label="Who?", empty_label="Choose someone")
    caregiver = CarerChoiceField(
        Caregiver.objects.none(),
        label="Who will they support?",
        required=False,
        empty_label="The whole family",
        help_text="They see only this person’s safe contact and goals.",
    )
    agreed_on = make_day_field("When did the family agree?")
    why = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="In a few words. Shown beside their name on the family's page.",
    )

    def __init__(self, *args: Any, carers: RecordQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["supporter"].queryset = query_peer_supporters()
        self.fields["caregiver"].queryset = carers


class EndPeerSupportForm(forms.Form):
    """Why something ends."""

    ended_because = forms.CharField(label="Why is it ending?", max_length=300, widget=forms.Textarea)


class NewPeerLogForm(forms.Form):
    """One line of a peer supporter's own log."""

    day = make_day_field("Date")
    how = forms.ChoiceField(label="How", choices=PeerContactMode)
    minutes = MinutesField(usual=(30, 60, 90), least=1)
    who = forms.CharField(label="Who was there?", max_length=120)
    line = forms.CharField(
        label="What was it about?",
        max_length=200,
        help_text="One line, in your own words. The team can read it. This is not the place for a worry.",
    )


class WorryForm(forms.Form):
    """What a peer supporter is worried about."""

    at_risk = forms.ChoiceField(
        label="Is anyone at risk right now?", choices=RiskAnswer, widget=forms.RadioSelect
    )
    who = forms.CharField(label="Who are you worried about?", max_length=60, required=False)
    what = forms.CharField(
        label="What worries you?",
        max_length=180,
        widget=forms.Textarea,
        help_text="What you saw or heard, as plainly as you can. You do not need to be sure.",
    )


class NewHubRequestForm(forms.Form):
    """A new request to the hub."""

    wants = forms.ChoiceField(label="What would help?", choices=HubHelp, widget=forms.RadioSelect)
    question = make_text_field(
        "What would you like to ask?",
        help_text=(
            "Leave out names, dates of birth and numbers. Hub colleagues read this before anyone opens the "
            "record."
        ),
    )
    urgency = forms.ChoiceField(
        label="When would an answer help?",
        choices=Urgency,
        widget=forms.RadioSelect,
        help_text="If someone may be at risk today, do not wait for this: raise a risk alert, or call.",
    )
    episode = forms.ModelChoiceField(None, label="About which episode?", required=False, empty_label="None")
    option_hints = {
        "wants": {
            HubHelp.THOUGHT: "A colleague reads the record and thinks about it with you.",
            HubHelp.CO_WORK: "A colleague works with the family alongside you and writes in the record.",
        }
    }

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["episode"].queryset = query_family_open_episodes(family)


class HubAccessForm(forms.Form):
    """The last day on which the hub colleague needs the record."""

    until = make_day_field(
        "Until which day do you need the record?", help_text="Access ends by itself after this day."
    )


class HubReplyForm(forms.Form):
    """An answer, or a reason."""

    words = make_text_field("In your own words", max_length=10000)
