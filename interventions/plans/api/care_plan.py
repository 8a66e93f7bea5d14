"""API of formulations, plans and their reviews, goals, and what the family declines."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from interventions.plans import record_forms
from interventions.plans.api.serializers import (
    DeclinedOfferOut,
    FormulationOut,
    GoalDetailOut,
    PlanOut,
    PlanPaperLinesOut,
    PlanPaperOut,
    PlanReviewOut,
)
from interventions.plans.models import DeclinedOffer, Formulation, Plan, PlanPaper, PlanReview
from interventions.plans.printed_plan import build_plan_lines
from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi


@policy.permission("read_families", POST="write_records")
class FormulationList(record_forms.WriteFormulation, ListApi):
    """GET: every version of the formulation, newest first. POST: write a version of the formulation."""

    serializer_class = FormulationOut

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().filter(episode=self.record).newest_first()

    def get_shown_records(self) -> QuerySet[Any]:
        return Formulation.objects.whole()


@policy.permission("read_families", POST="write_records")
class PlanList(record_forms.WritePlan, ListApi):
    """GET: every version of the episode's plans, newest first. POST: write the family's or a carer's first plan."""

    serializer_class = PlanOut

    def get_rows(self) -> QuerySet[Any]:
        return Plan.objects.filter(episode=self.record).newest_first()


@policy.permission("write_records")
class PlanVersionList(record_forms.ChangePlan, ActionApi):
    """Add the next version of a plan; earlier versions stay unchanged."""

    serializer_class = PlanOut


@policy.permission("read_families", POST="write_records")
class PlanReviewList(record_forms.ReviewPlan, ListApi):
    """GET: the reviews of this version of the plan. POST: record a review of the plan."""

    serializer_class = PlanReviewOut

    def get_rows(self) -> QuerySet[Any]:
        return PlanReview.objects.filter(plan=self.record)


@policy.permission("write_records")
class PlanPaperList(record_forms.CreatePlanPaper, ActionApi):
    """Create a printable page of the plan for one carer."""

    serializer_class = PlanPaperOut


@policy.permission("read_families")
class PlanPaperLines(RecordApi):
    """What the page for this carer says today."""

    serializer_class = PlanPaperLinesOut

    def get_records(self) -> QuerySet[Any]:
        return PlanPaper.objects.whole()

    def serialize(self, row: PlanPaper, *, created: bool = False) -> Any:
        lines = build_plan_lines(row.plan, row.to_caregiver, timezone.localdate())
        return super().serialize(lines, created=created)


@policy.permission("write_records")
class GoalRewording(record_forms.RewordGoal, ActionApi):
    """Reword a goal: closes it and creates a new one."""

    serializer_class = GoalDetailOut


@policy.permission("write_records")
class GoalClosing(record_forms.CloseGoal, ActionApi):
    """Close a goal as reached or no longer the family's."""

    serializer_class = GoalDetailOut


@policy.permission("read_families", POST="write_records")
class DeclinedOfferList(record_forms.RecordDeclined, ListApi):
    """GET: what the family declined. POST: record that they declined something."""

    serializer_class = DeclinedOfferOut

    def get_rows(self) -> QuerySet[Any]:
        return DeclinedOffer.objects.filter(episode=self.record)
