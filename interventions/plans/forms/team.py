"""Forms of co-workers, focus, THRIVE grouping, interventions and waits."""

from collections.abc import Mapping
from typing import Any

from django import forms

from interventions.episodes.forms.episodes import query_dyad_choices
from interventions.episodes.models import Episode, Intervention, query_possible_leads
from interventions.episodes.rules import WaitOutcome
from pairs.families.models import Dyad, Family
from pairs.service.models import User
from pairs.web.date_fields import make_day_field
from referrals.rules.choices import ThriveGrouping


def make_reason_field(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=options.pop("max_length", 300), **options)


class NewCoWorkerForm(forms.Form):
    """A colleague who works on the episode with its lead."""

    user = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label=None)
    why = make_reason_field(
        "What for", max_length=200, help_text="For example: films with Maya and her father."
    )
    since = make_day_field("From")

    def __init__(self, *args: Any, episode: Episode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = query_possible_leads(episode.site_id).exclude(pk=episode.lead_id)


class EndCoWorkForm(forms.Form):
    """The co-worker's last day on the episode."""

    until = make_day_field("Last day")


class FocusForm(forms.Form):
    """The dyads in focus from a day on."""

    focus = forms.ModelMultipleChoiceField(
        Dyad.objects.none(),
        label="Relationships in focus",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    since = make_day_field("From")
    why = make_reason_field("Why it changes", required=False)

    def __init__(self, *args: Any, family: Family, patient: Any = None, **kwargs: Any) -> None:
        """``patient``: the id of the carer whose own episode it is."""
        super().__init__(*args, **kwargs)
        dyads = query_dyad_choices(family)
        self.fields["focus"].queryset = dyads.filter(caregiver=patient) if patient else dyads


class GroupingForm(forms.Form):
    """The THRIVE grouping from a day on."""

    grouping = forms.ChoiceField(
        label="THRIVE grouping", choices=ThriveGrouping.choices, widget=forms.RadioSelect
    )
    since = make_day_field("From")
    why = make_reason_field(
        "Why", max_length=500, help_text="What has changed for the family, in plain words."
    )
    agreed = forms.BooleanField(label="The family agrees", required=False)


def make_intervention_field(label: str, **options: Any) -> forms.ModelChoiceField:
    """A choice of one offered intervention, by its code."""
    return forms.ModelChoiceField(
        Intervention.objects.offered(), label=label, to_field_name="code", empty_label=None, **options
    )


class StartInterventionForm(forms.Form):
    """Start an intervention."""

    intervention = make_intervention_field("Intervention")
    started_on = make_day_field("From")

    def __init__(self, *args: Any, said: Mapping[str, str], **kwargs: Any) -> None:
        """``said``: {intervention: whether the lead may deliver it, in words}."""
        super().__init__(*args, **kwargs)
        offered = self.fields["intervention"]
        offered.label_from_instance = lambda each: (
            f"{each} ({said[each.code]})" if each.code in said else str(each)
        )


class EndInterventionForm(forms.Form):
    """End an intervention."""

    ended_on = make_day_field("Last day")
    why = make_reason_field("Why it ends", required=False)


class NewWaitForm(forms.Form):
    """A family waits for an intervention to start."""

    intervention = make_intervention_field("Waiting for")
    since = make_day_field("Since")


class EndWaitForm(forms.Form):
    """How a wait ended."""

    conditional = ("why",)  # needed of some answers

    how = forms.ChoiceField(
        label="How did the wait end?",
        choices=[each for each in WaitOutcome.choices if each[0] != WaitOutcome.ENDED],
        widget=forms.RadioSelect,
    )
    on = make_day_field("On")
    why = make_reason_field("Why, if it does not start", required=False)
