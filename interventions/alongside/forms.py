"""Forms of work done with others: the one parser of what pages and the API send."""

from django import forms

from interventions.alongside.models import peer_supporters
from interventions.alongside.rules import AT_RISK, HOW, URGENCIES, WANTS
from pairs.families.models import Caregiver


def day_box(label, **options):
    """A recent or coming day, in the browser's own date box."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


def words_box(label, **options):
    return forms.CharField(label=label, **({"widget": forms.Textarea, "max_length": 2000} | options))


def open_episodes(family):
    """The family's open episodes; the key leads there."""
    return family.episodes.live().filter(ended_on=None).order_by("-opened_on")


class JointTerms(forms.Form):
    """What was agreed: who does what, on which days, what they may tell us, when to look again."""

    we_do = words_box("What we do")
    they_do = words_box("What they do")
    days = forms.CharField(
        label="On which days",
        max_length=200,
        required=False,
        help_text="In words, such as “they visit on Mondays, we come on Thursdays”.",
    )
    they_share = words_box(
        "What they may tell us",
        required=False,
        help_text="As the family agreed. What we may tell them stands in the sharing agreement.",
    )
    episode = forms.ModelChoiceField(None, label="Part of which episode?", required=False, empty_label="None")
    look_again_on = day_box(
        "Look at it again on", required=False, help_text="It is on the list of what is due from that day."
    )

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["episode"].queryset = open_episodes(family)


class NewJointWork(JointTerms):
    """With whom, and what was agreed."""

    groups = (
        ("With whom", ["member", "who", "organisation"]),
        ("Who does what", ["we_do", "they_do", "days", "they_share"]),
        ("When", ["since", "look_again_on", "episode"]),
    )
    member = forms.ModelChoiceField(
        None, label="Somebody in the family's village", required=False, empty_label="Somebody else"
    )
    who = forms.CharField(label="Or who else?", max_length=120, required=False)
    organisation = forms.CharField(label="Their service", max_length=120, required=False)
    since = day_box("From")

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, family=family, **kwargs)
        self.fields["member"].queryset = family.village.live().current().order_by("name", "id")


class JointEnding(forms.Form):
    """The last day of joint work, and why."""

    ended_on = day_box("Last day")
    ended_because = forms.CharField(label="Why did it end?", max_length=300, widget=forms.Textarea)


class CarerChoice(forms.ModelChoiceField):
    """Carers by the name or part that people know them by."""

    def label_from_instance(self, carer):
        return carer.name_or_role


class NewPeerSupporter(forms.Form):
    """Who is linked to whom in the family, and that the family agreed."""

    supporter = forms.ModelChoiceField(None, label="Who?", empty_label="Choose somebody")
    caregiver = CarerChoice(
        Caregiver.objects.none(),
        label="To support whom?",
        required=False,
        empty_label="Everybody in the family",
        help_text="They see the safe contact and the goals of this person alone.",
    )
    agreed_on = day_box("When did the family agree?")
    why = forms.CharField(
        label="Why?",
        max_length=200,
        help_text="In a few words. It stands beside their name on the family's page.",
    )

    def __init__(self, *args, carers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supporter"].queryset = peer_supporters()
        self.fields["caregiver"].queryset = carers


class Ending(forms.Form):
    """Why something ends."""

    ended_because = forms.CharField(label="Why does it end?", max_length=300, widget=forms.Textarea)


class NewPeerLog(forms.Form):
    """One line of a peer supporter's own log."""

    day = day_box("Which day?")
    how = forms.ChoiceField(label="How?", choices=HOW, widget=forms.RadioSelect)
    minutes = forms.IntegerField(label="How many minutes?", min_value=1, max_value=720)
    who = forms.CharField(label="Who was there?", max_length=120)
    line = forms.CharField(
        label="What was it about?",
        max_length=200,
        help_text="One line, in your own words. The team can read it. This is not the place for a worry.",
    )


class Worry(forms.Form):
    """What a peer supporter is worried about."""

    at_risk = forms.ChoiceField(
        label="Is anybody at risk right now?", choices=AT_RISK, widget=forms.RadioSelect
    )
    who = forms.CharField(label="Who are you worried about?", max_length=60, required=False)
    what = forms.CharField(
        label="What worries you?",
        max_length=180,
        widget=forms.Textarea,
        help_text="What you saw or heard, as plainly as you can. You need not be sure.",
    )


class NewAsk(forms.Form):
    """What to ask the hub."""

    wants = forms.ChoiceField(label="What would help?", choices=WANTS, widget=forms.RadioSelect)
    question = words_box(
        "What would you like to ask?",
        help_text=(
            "Leave out names, dates of birth and numbers. Colleagues at the hub read these words before anybody"
            " opens the record."
        ),
    )
    urgency = forms.ChoiceField(
        label="When would an answer help?",
        choices=URGENCIES,
        widget=forms.RadioSelect,
        help_text="If somebody may be at risk today, do not wait for this: raise a risk alert, or ring.",
    )
    episode = forms.ModelChoiceField(None, label="About which episode?", required=False, empty_label="None")
    option_hints = {
        "wants": {
            "thought": "Somebody reads the record and thinks about it with you.",
            "co_work": "Somebody works with the family beside you, and writes in the record.",
        }
    }

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["episode"].queryset = open_episodes(family)


class TakeAsk(forms.Form):
    """Until when whoever takes it on needs the record."""

    until = day_box(
        "Until which day do you need the record?", help_text="Access ends by itself after this day."
    )


class Words(forms.Form):
    """An answer, or a reason."""

    words = words_box("In your own words", max_length=10000)
