"""Forms of who works with a family and on what: co-workers, focus, grouping, ways of working, waiting."""

from django import forms

from interventions.episodes.forms.episodes import day_box, dyads_to_choose
from interventions.episodes.models import Intervention, leads_at
from interventions.episodes.rules import WAIT_ENDS
from pairs.families.models import Dyad
from pairs.service.models import User
from referrals.rules.words import THRIVE_GROUPINGS


def why_box(label, **options):
    return forms.CharField(label=label, max_length=options.pop("max_length", 300), **options)


class NewCoWorker(forms.Form):
    """Who works on it with the lead. Without an episode there is nobody to choose."""

    user = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label=None)
    why = why_box("What for", max_length=200, help_text="For example: films with Maya and her father.")
    since = day_box("From")

    def __init__(self, *args, episode, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = leads_at(episode.site_id).exclude(pk=episode.lead_id)


class EndOfCoWork(forms.Form):
    """Their last day on it."""

    until = day_box("Last day")


class Focus(forms.Form):
    """The relationships to work with from a day on."""

    focus = forms.ModelMultipleChoiceField(
        Dyad.objects.none(),
        label="Relationships in focus",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    since = day_box("From")
    why = why_box("Why it changes", required=False)

    def __init__(self, *args, family, patient=None, **kwargs):
        """``patient``: the id of the carer whose own help it is."""
        super().__init__(*args, **kwargs)
        dyads = dyads_to_choose(family)
        self.fields["focus"].queryset = dyads.filter(caregiver=patient) if patient else dyads


class Grouping(forms.Form):
    """The THRIVE grouping from a day on."""

    grouping = forms.ChoiceField(label="THRIVE grouping", choices=THRIVE_GROUPINGS, widget=forms.RadioSelect)
    since = day_box("From")
    why = why_box("Why", max_length=500, help_text="What has changed for the family, in plain words.")
    agreed = forms.BooleanField(label="The family agrees", required=False)


def one_way(label, **options):
    """One way of working, by its code."""
    return forms.ModelChoiceField(
        Intervention.objects.offered(), label=label, to_field_name="code", empty_label=None, **options
    )


class NewWay(forms.Form):
    """A way of working begins."""

    intervention = one_way("Way of working")
    started_on = day_box("From")


class EndOfWay(forms.Form):
    """A way of working ends."""

    ended_on = day_box("Last day")
    why = why_box("Why it ends", required=False)


class NewWait(forms.Form):
    """A family waits for a way of working to start."""

    intervention = one_way("Waiting for")
    since = day_box("Since")


class EndOfWait(forms.Form):
    """How the waiting ended."""

    how = forms.ChoiceField(
        label="How does the waiting end?",
        choices=[each for each in WAIT_ENDS if each[0] != "ended"],
        widget=forms.RadioSelect,
    )
    on = day_box("On")
    why = why_box("Why, if it does not start", required=False)
