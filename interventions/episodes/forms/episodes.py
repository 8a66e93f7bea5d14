"""Forms of an episode: open, goals, plan agreement."""

from typing import Any

from django import forms

from interventions.episodes.models import Intervention, query_possible_leads
from pairs.families.models import Dyad, Family
from pairs.families.models.people import DyadQuerySet
from pairs.service.models import User
from pairs.web.date_fields import make_day_field
from referrals.rules.choices import ThriveGrouping


class InterventionsField(forms.ModelMultipleChoiceField):
    """Interventions by their code."""

    offered = None

    def offer(self, interventions: list[Intervention]) -> None:
        """Use these interventions as the choices, already loaded: no further query."""
        self.offered = {each.code: each for each in interventions}
        self.choices = [(each.code, each.name) for each in interventions]

    def clean(self, value: list[str]) -> Any:
        """A list of interventions; ValidationError for a code that is not offered."""
        if self.offered is None or not isinstance(value, list | tuple):
            return super().clean(value)
        unknown = [code for code in value if code not in self.offered]
        if unknown:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"], code="invalid_choice", params={"value": unknown[0]}
            )
        return [self.offered[code] for code in dict.fromkeys(value)]


def make_interventions_field(label: str, **options: Any) -> InterventionsField:
    """A choice among the interventions that are offered."""
    options = {"required": False, "widget": forms.CheckboxSelectMultiple} | options
    return InterventionsField(Intervention.objects.offered(), label=label, to_field_name="code", **options)


def query_dyad_choices(family: Family) -> DyadQuerySet:
    """The family's current dyads whose carer lives, the main carer's first.

    Also with a baby who has died: their parent's goals and the work of grief are recorded like any other.
    """
    dyads = family.dyads.live().current().with_living_carer().select_related("infant", "caregiver")
    return dyads.order_by("-main_carer", "created_at")


class OpenEpisodeForm(forms.Form):
    """Open an episode with one family."""

    lead = forms.ModelChoiceField(User.objects.none(), label="Lead", empty_label=None)
    opened_on = make_day_field("Opened on")
    focus = forms.ModelMultipleChoiceField(
        Dyad.objects.none(),
        label="Relationships in focus",
        widget=forms.CheckboxSelectMultiple,
    )
    interventions = make_interventions_field("Interventions", help_text="More can be added with any contact.")
    thrive = forms.ChoiceField(
        label="THRIVE grouping, agreed with the family",
        choices=[("", "Not agreed yet"), *ThriveGrouping.choices],
        required=False,
    )
    review_on = make_day_field("Review the plan on", required=False)

    def __init__(self, *args: Any, family: Family, patient: Any = None, **kwargs: Any) -> None:
        """``patient``: the id of the carer whose own episode it is; then no dyad has to be in focus."""
        super().__init__(*args, **kwargs)
        dyads = query_dyad_choices(family)
        self.fields["focus"].queryset = dyads.filter(caregiver=patient) if patient else dyads
        self.fields["focus"].required = patient is None
        self.fields["lead"].queryset = query_possible_leads(family.site_id)


class OpenReferralEpisodeForm(OpenEpisodeForm):
    """For the API: with the referral's id, which the page has in its URL."""

    referral = forms.UUIDField(label="Referral")


class NewGoalForm(forms.Form):
    """A new goal of the family."""

    words = forms.CharField(
        label="What does the family hope for?", max_length=300, help_text="In their own words."
    )
    dyad = forms.ModelChoiceField(Dyad.objects.none(), label="Whose goal is it?", empty_label=None)

    def __init__(self, *args: Any, family: Family, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dyad"].queryset = query_dyad_choices(family)


class PlanAgreementForm(forms.Form):
    """When the family first agreed the plan."""

    agreed_on = make_day_field("When did the family agree the plan?")
