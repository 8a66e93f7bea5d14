"""Forms of an episode: opened, goals, the plan agreed."""

from django import forms

from interventions.episodes.models import Intervention, leads_at
from pairs.families.models import Dyad
from pairs.service.models import User
from referrals.rules.words import THRIVE_GROUPINGS


def day_box(label, **options):
    """A recent day, in the browser's own date box."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **options)


class WaysOfWorking(forms.ModelMultipleChoiceField):
    """Interventions by their code."""

    offered = None

    def offer(self, interventions):
        """Those that are offered, where the page has fetched them: nothing more is asked."""
        self.offered = {each.code: each for each in interventions}
        self.choices = [(each.code, each.name) for each in interventions]

    def clean(self, value):
        """A list of interventions; of a code that is not offered, ValidationError."""
        if self.offered is None or not isinstance(value, list | tuple):
            return super().clean(value)
        unknown = [code for code in value if code not in self.offered]
        if unknown:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": unknown[0]}
            )
        return [self.offered[code] for code in dict.fromkeys(value)]


def ways_of_working(label, **options):
    """A choice among the interventions that are offered."""
    options = {"required": False, "widget": forms.CheckboxSelectMultiple} | options
    return WaysOfWorking(Intervention.objects.offered(), label=label, to_field_name="code", **options)


def dyads_to_choose(family):
    """The family's relationships, the main carer's first."""
    dyads = family.dyads.live().current().select_related("infant", "caregiver")
    return dyads.order_by("-main_carer", "created_at")


class OpenEpisode(forms.Form):
    """The start of the work with one family. Without a family there is nobody to choose."""

    lead = forms.ModelChoiceField(User.objects.none(), label="Lead", empty_label=None)
    opened_on = day_box("Opened on")
    focus = forms.ModelMultipleChoiceField(
        Dyad.objects.none(),
        label="Relationships in focus",
        widget=forms.CheckboxSelectMultiple,
    )
    interventions = ways_of_working("Ways of working", help_text="More can be added with any contact.")
    thrive = forms.ChoiceField(
        label="THRIVE grouping, agreed with the family",
        choices=[("", "Not agreed yet"), *THRIVE_GROUPINGS],
        required=False,
    )
    review_on = day_box("Look at the plan together on", required=False)

    def __init__(self, *args, family, patient=None, **kwargs):
        """``patient``: the id of the carer whose own help it is; then no relationship has to be in focus."""
        super().__init__(*args, **kwargs)
        dyads = dyads_to_choose(family)
        self.fields["focus"].queryset = dyads.filter(caregiver=patient) if patient else dyads
        self.fields["focus"].required = patient is None
        self.fields["lead"].queryset = leads_at(family.site_id)


class OpenEpisodeOf(OpenEpisode):
    """For the API: which referral it is of (the page has that in its address)."""

    referral = forms.UUIDField(label="Referral")


class NewGoal(forms.Form):
    """What the family hopes for. Without a family there is nobody to choose."""

    words = forms.CharField(
        label="What does the family hope for?", max_length=300, help_text="In their own words."
    )
    dyad = forms.ModelChoiceField(Dyad.objects.none(), label="Whose goal is it?", empty_label=None)

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dyad"].queryset = dyads_to_choose(family)


class PlanAgreement(forms.Form):
    """When the family first agreed the plan."""

    agreed_on = day_box("When did the family agree the plan?")
