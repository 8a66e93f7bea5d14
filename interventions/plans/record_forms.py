"""What each form of team, focus, waits, formulations, plans and goals is about and does, for pages and API alike."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from interventions.episodes.actions import close_goal, reword_goal
from interventions.episodes.deliveries import describe_deliveries, load_deliveries
from interventions.episodes.models import Goal, Intervention, InterventionUse, InterventionWait
from interventions.episodes.record_forms.episodes import EpisodeForm, EpisodeRecordForm
from interventions.episodes.rules import InterventionShape, WaitOutcome
from interventions.plans import actions, forms
from interventions.plans.models import (
    CoWorker,
    DeclinedOffer,
    Formulation,
    GroupingStep,
    HelpingAnswer,
    Plan,
    PlanPaper,
    PlanReview,
)
from interventions.plans.printed_plan import query_plan_recipients
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.models import Caregiver
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm

CATALOGUE_EDITORS = ("supervise", "manage_accounts")

# ---------------------------------------------------------------- team, focus and grouping


class AddCoWorker(EpisodeForm):
    form_class = forms.NewCoWorkerForm
    today_fields = ("since",)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"episode": self.record}

    def save(self, form: forms.NewCoWorkerForm) -> CoWorker:
        return actions.add_co_worker(episode=self.record, by=self.request.user, **form.cleaned_data)


class EndCoWork(EpisodeRecordForm):
    form_class = forms.EndCoWorkForm
    today_fields = ("until",)

    def get_records(self) -> QuerySet[Any]:
        return CoWorker.objects.select_related("episode", "user")

    def save(self, form: forms.EndCoWorkForm) -> CoWorker:
        return actions.end_co_work(co_worker=self.record, by=self.request.user, **form.cleaned_data)


class ChangeFocus(EpisodeForm, EditForm):
    form_class = forms.FocusForm
    today_fields = suggested_fields = ("since",)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family, "patient": self.record.referral.patient_id}

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"focus": [dyad.pk for dyad in self.record.focus.all()]}

    def save(self, form: forms.FocusForm) -> Any:
        return actions.change_focus(episode=self.record, by=self.request.user, **form.cleaned_data)


class SetGrouping(EpisodeForm, EditForm):
    form_class = forms.GroupingForm
    today_fields = suggested_fields = ("since",)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"grouping": self.record.thrive}

    def save(self, form: forms.GroupingForm) -> GroupingStep:
        return actions.set_grouping(episode=self.record, by=self.request.user, **form.cleaned_data)


# ---------------------------------------------------------------- interventions and waits


class StartIntervention(EpisodeForm):
    form_class = forms.StartInterventionForm
    today_fields = ("started_on",)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"said": describe_deliveries(load_deliveries(self.record.lead_id))}

    def save(self, form: forms.StartInterventionForm) -> InterventionUse:
        return actions.start_intervention(episode=self.record, by=self.request.user, **form.cleaned_data)


class InterventionUseForm(EpisodeRecordForm):
    """A form about an intervention that the episode uses."""

    def get_records(self) -> QuerySet[Any]:
        return InterventionUse.objects.select_related("episode", "intervention")


class EndIntervention(InterventionUseForm):
    form_class = forms.EndInterventionForm
    today_fields = ("ended_on",)

    def save(self, form: forms.EndInterventionForm) -> InterventionUse:
        return actions.end_intervention(use=self.record, by=self.request.user, **form.cleaned_data)


class AnswerHelping(InterventionUseForm):
    form_class = forms.HelpingForm
    today_fields = ("asked_on",)

    def save(self, form: forms.HelpingForm) -> HelpingAnswer:
        return actions.answer_helping(use=self.record, by=self.request.user, **form.cleaned_data)


class StartWait(EpisodeForm):
    form_class = forms.NewWaitForm
    today_fields = ("since",)

    def save(self, form: forms.NewWaitForm) -> InterventionWait:
        return actions.start_wait(episode=self.record, by=self.request.user, **form.cleaned_data)


class EndWait(EpisodeRecordForm):
    form_class = forms.EndWaitForm
    today_fields = ("on",)

    def get_records(self) -> QuerySet[Any]:
        return InterventionWait.objects.select_related("episode", "intervention")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"how": WaitOutcome.STARTED}

    def save(self, form: forms.EndWaitForm) -> InterventionWait:
        return actions.end_wait(wait=self.record, by=self.request.user, **form.cleaned_data)


# ---------------------------------------------------------------- formulations and plans


class WriteFormulation(EpisodeForm):
    """A version of the formulation, begun from the words of the last one."""

    form_class = forms.NewFormulationForm
    today_fields = ("written_on",)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    @cached_property
    def last(self) -> Formulation | None:
        """The newest version, with its parts."""
        versions = Formulation.objects.whole().filter(episode=self.record).newest_first()
        return next(iter(list_visible(self.request, versions)), None)

    def get_initial(self) -> dict[str, Any]:
        said = super().get_initial()
        for part in self.last.parts.all() if self.last else ():
            about = part.dyad or part.caregiver
            said[part.part] = part.text
            said[f"{part.part}_about"] = f"{about._meta.model_name}:{about.pk}" if about else ""
        return said

    def save(self, form: forms.NewFormulationForm) -> Formulation:
        said = form.cleaned_data
        return actions.write_formulation(
            episode=self.record,
            written_on=said["written_on"],
            with_family=said["with_family"],
            parts=forms.read_formulation_parts(said),
            by=self.request.user,
        )


class WritePlan(EpisodeForm):
    """The first plan of the family, or of one carer."""

    form_class = forms.NewPlanForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"family": self.family}

    def save(self, form: forms.NewPlanForm) -> Plan:
        return actions.write_plan(episode=self.record, by=self.request.user, **form.cleaned_data)


class PlanForm(EpisodeRecordForm):
    """A form about one version of a plan."""

    record: Plan

    def get_records(self) -> QuerySet[Any]:
        return Plan.objects.whole()


class ChangePlan(PlanForm, EditForm):
    """The next version, begun from the words of this one."""

    form_class = forms.ChangePlanForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in forms.PlanTextForm.base_fields}

    def save(self, form: forms.ChangePlanForm) -> Plan:
        of = {"episode": self.record.episode, "caregiver": self.record.caregiver, "replaces": self.record}
        return actions.write_plan(by=self.request.user, **of, **form.cleaned_data)


class ReviewPlan(PlanForm):
    form_class = forms.ReviewForm
    today_fields = ("held_on",)

    def save(self, form: forms.ReviewForm) -> PlanReview:
        return actions.review_plan(plan=self.record, by=self.request.user, **form.cleaned_data)


class CreatePlanPaper(PlanForm):
    """A page of the plan for one of the carers who may be given it."""

    form_class = forms.NewPaperForm

    @cached_property
    def carers(self) -> QuerySet[Caregiver]:
        return query_plan_recipients(self.record, timezone.localdate())

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"carers": self.carers}

    def get_initial(self) -> dict[str, Any]:
        return {"to": self.carers[0].pk if self.carers else None}

    def save(self, form: forms.NewPaperForm) -> PlanPaper:
        return actions.create_plan_paper(plan=self.record, by=self.request.user, **form.cleaned_data)


class RecordPlanGiven(EpisodeRecordForm):
    form_class = forms.PaperGivenForm

    def get_records(self) -> QuerySet[Any]:
        return PlanPaper.objects.whole()

    def get_initial(self) -> dict[str, Any]:
        return {"given_on": self.record.given_on or timezone.localdate()}

    def save(self, form: forms.PaperGivenForm) -> PlanPaper:
        return actions.record_plan_given(paper=self.record, by=self.request.user, **form.cleaned_data)


# ---------------------------------------------------------------- goals, and what the family declines


class GoalForm(EpisodeRecordForm):
    """A form about a goal."""

    record: Goal

    def get_records(self) -> QuerySet[Any]:
        return Goal.objects.select_related("episode")


class RewordGoal(GoalForm, EditForm):
    form_class = forms.GoalWordsForm

    def get_initial(self) -> dict[str, Any]:
        return {"words": self.record.words}

    def save(self, form: forms.GoalWordsForm) -> Goal:
        return reword_goal(goal=self.record, by=self.request.user, **form.cleaned_data)


class CloseGoal(GoalForm):
    form_class = forms.CloseGoalForm

    def save(self, form: forms.CloseGoalForm) -> Goal:
        return close_goal(goal=self.record, by=self.request.user, **form.cleaned_data)


class RecordDeclined(EpisodeForm):
    form_class = forms.NewDeclinedForm
    today_fields = ("declined_on",)

    def save(self, form: forms.NewDeclinedForm) -> DeclinedOffer:
        return actions.record_declined(episode=self.record, by=self.request.user, **form.cleaned_data)


# ---------------------------------------------------------------- the catalogue


class SaveIntervention(RecordForm):
    """An intervention of the catalogue, or one more."""

    form_class = forms.InterventionForm
    record: Intervention | None

    def save(self, form: forms.InterventionForm) -> Intervention:
        return actions.save_intervention(intervention=self.record, by=self.request.user, **form.cleaned_data)


class AddIntervention(SaveIntervention):
    def get_initial(self) -> dict[str, Any]:
        return {"shape": InterventionShape.SESSIONS}


class EditIntervention(SaveIntervention, EditForm):
    def get_record(self, may: Any) -> Intervention:
        return get_visible_or_404(self.request, Intervention.objects.all(), code=self.kwargs["way_id"])

    def get_initial(self) -> dict[str, Any]:
        return forms.build_intervention_initial(self.record)
