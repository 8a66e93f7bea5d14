"""One page that agrees a plan and rates a goal with the family: both national dates from one conversation."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.utils import timezone

from interventions.episodes.models import Episode, Goal
from interventions.episodes.record_forms.episodes import EpisodeRecordForm
from interventions.episodes.views.record_pages import EpisodeFormPage
from interventions.plans.forms import PlanTextForm
from interventions.plans.models import DeclinedOffer, Plan
from outcomes.actions.agree_plan import LATER, NEW, NO, NONE, RATHER_NOT, YES, record_plan_agreement
from outcomes.dyad_choices import list_carer_choices, sort_focus_first
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.last_day import list_living
from pairs.families.models import Caregiver, Dyad, Family
from pairs.submissions.edits import EditForm
from pairs.web.date_fields import make_day_field

WHOLE_FAMILY = ("", "The whole family")


class PlanAgreementForm(PlanTextForm):
    """The plan, whether they agree, what they hope for and how near it feels: as much of it as they want."""

    conditional = ("agreed_on", "goal_words", "goal_dyad", "score")

    groups = [
        ("The plan", ["caregiver", "aims", "success", "by_when", "who_when", "if_not_helping", "review_on",
                      "changed_because"]),
        ("Do they agree?", ["answer", "agreed_on"]),
        ("What they hope for", ["goal", "goal_words", "goal_dyad", "score"]),
        ("If they decline", ["why_not"]),
    ]  # fmt: skip

    caregiver = forms.TypedChoiceField(label="Whose plan is it?", required=False, empty_value=None)
    changed_because = forms.CharField(label="Why the plan changes", max_length=300, required=False)
    answer = forms.ChoiceField(
        label="Does the family agree the plan?",
        choices=[(YES, "Yes"), (LATER, "Not yet"), (NO, "They declined a written plan")],
        widget=forms.RadioSelect,
    )
    agreed_on = make_day_field("Since when", required=False)
    goal = forms.TypedChoiceField(label="Which hope?", required=False, widget=forms.RadioSelect)
    goal_words = forms.CharField(label="A new one, in their own words", max_length=300, required=False)
    goal_dyad = forms.TypedChoiceField(label="Whose goal is it?", required=False, empty_value=None)
    score = forms.ChoiceField(
        label="How close does it feel today?",
        help_text="0 is not at all met, 10 is fully met. The number is the family's own.",
        choices=[
            (NONE, "Not asked"),
            *((str(value), str(value)) for value in range(11)),
            (RATHER_NOT, "They declined to give a number"),
        ],
        required=False,
    )
    why_not = forms.CharField(label="Why, if they say", max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        dyads: list[tuple[Dyad, str]],
        carers: list[Caregiver],
        goals: list[Goal],
        **kwargs: Any,
    ) -> None:
        """``dyads``: [(Dyad, label)]; ``carers``: whose own plan it may be; ``goals``: those of today."""
        super().__init__(*args, **kwargs)
        self.fields[
            "aims"
        ].required = False  # of a family that declines a plan; ``clean`` says when it is needed
        self._offer("goal_dyad", [], {str(dyad.pk): (dyad, label) for dyad, label in dyads})
        self._offer("caregiver", [WHOLE_FAMILY], {str(each.pk): (each, f"{each} alone") for each in carers})
        hopes = {str(goal.pk): (goal, goal.words) for goal in goals}
        others = [(NEW, "A new one")] if dyads else []
        self._offer("goal", [*others, (RATHER_NOT, "They declined to name one"), (NONE, "Not today")], hopes)

    def _offer(self, name: str, others: list[tuple[str, str]], rows: dict[str, tuple[Any, str]]) -> None:
        """Rows to choose from by id; the value is the row itself, or what stands beside the rows."""
        self.fields[name].choices = [*((pk, label) for pk, (_, label) in rows.items()), *others]
        if name == "caregiver":
            self.fields[name].choices = [*others, *((pk, label) for pk, (_, label) in rows.items())]
        self.fields[name].coerce = lambda value: rows[value][0] if value in rows else value

    def clean(self) -> dict[str, Any] | None:
        said = super().clean()
        if said.get("answer") == YES and not said.get("agreed_on") and "agreed_on" not in self.errors:
            self.add_error("agreed_on", "Enter the date they agreed.")
        if said.get("answer") in (YES, LATER) and not said.get("aims") and "aims" not in self.errors:
            self.add_error("aims", "Enter what they want to happen, or choose that they declined.")
        if said.get("goal") == NEW:
            self._validate_new_goal(said)
        return said

    def _validate_new_goal(self, said: Any) -> None:
        if not said.get("goal_words"):
            self.add_error("goal_words", "Enter what they hope for, in their own words.")
        if not said.get("goal_dyad"):
            self.add_error("goal_dyad", "Choose whose goal it is.")

    def words(self) -> dict[str, str | None]:
        """The plan's own words of a valid form."""
        return {name: self.cleaned_data[name] for name in PlanTextForm.base_fields}


@policy.permission("write_records")
class PlanAgreementPage(EpisodeRecordForm, EditForm, EpisodeFormPage):
    """The plan, their agreement, a goal and its number, on one screen; and a place for each no."""

    form_class = PlanAgreementForm
    template_name = "outcomes/plan_together.html"
    autosaves = True
    title = "Agree a plan together"
    text = (
        "What you will do together and why, in their words. Help begins on the day they agree; a family "
        "can decline any part.",
    )
    button = "Save plan"
    message = "Plan saved as agreed."

    def get_records(self) -> Any:
        return Episode.objects.select_related("site", "referral").prefetch_related("focus")

    @cached_property
    def known(self) -> dict[str, Any]:
        return _load_form_choices(self.request, self.record, self.family)

    def get_form_kwargs(self) -> dict[str, Any]:
        return self.known["offered"]

    def get_initial(self) -> dict[str, Any]:
        return _build_plan_initial(self.record, self.known)

    def get_known(self, initial: Mapping[str, Any]) -> dict[str, Any]:
        """The words of the family's plan of today."""
        plans = list_visible(self.request, Plan.objects.current().filter(episode=self.record, caregiver=None))
        return {name: getattr(plans[0], name) for name in PlanTextForm.base_fields} if plans else {}

    def save(self, form: PlanAgreementForm) -> Any:
        return record_plan_agreement(
            episode=self.record, said=form.cleaned_data, words=form.words(), by=self.request.user
        )

    def get_context(self, form: Any) -> dict[str, Any]:
        declined = list_visible(self.request, DeclinedOffer.objects.filter(episode=self.record))
        return super().get_context(form) | {
            "plan": self.known["plan"],
            "changes": self.known["changes"],
            "declined": declined,
        }


def _load_form_choices(request: ScopedRequest, episode: Any, family: Family) -> dict[str, Any]:
    """The family's plan of today, and what the form offers."""
    plans = list_visible(request, Plan.objects.current().filter(episode=episode))
    goals = list_visible(request, Goal.objects.current().of_the_living().filter(episode=episode))
    carers = {dyad.caregiver_id: dyad.caregiver for dyad in family.dyads.all()}
    living = list_living(carers.values())
    dyads = sort_focus_first(list_carer_choices(family), episode)
    return {
        "plan": next((plan for plan in plans if plan.caregiver_id is None), None),
        "changes": bool(plans),
        "offered": {"dyads": dyads, "carers": living, "goals": goals},
    }


def _build_plan_initial(episode: Any, known: dict[str, Any]) -> dict[str, Any]:
    plan, offered = known["plan"], known["offered"]
    goals, dyads = offered["goals"], offered["dyads"]
    return {
        **({name: getattr(plan, name) for name in PlanTextForm.base_fields} if plan else {}),
        "caregiver": episode.referral.patient_id,
        "answer": YES,
        "agreed_on": episode.plan_agreed_on or timezone.localdate(),
        "goal": goals[0].pk if goals else NEW if dyads else NONE,
        "goal_dyad": dyads[0][0].pk if dyads else None,
    }
