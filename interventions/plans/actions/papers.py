"""Actions on a printed plan for one carer: create, record that it was given."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.plans.models import Plan, PlanPaper
from interventions.plans.printed_plan import build_plan_lines
from pairs.families.models import Caregiver
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def create_plan_paper(*, plan: Plan, to: Caregiver, by: User) -> PlanPaper:
    """Create a page of this plan for one carer, to be read before it is printed."""
    if to.family_id != plan.episode.family_id:
        raise ActionRefused({"to": "Choose from this family."})
    lines = build_plan_lines(plan, to, timezone.localdate())
    if lines["stopped"]:
        raise ActionRefused({"to": lines["stopped"]})
    return PlanPaper.objects.create(plan=plan, to_caregiver=to, made_by=by)


@transaction.atomic
def record_plan_given(*, paper: PlanPaper, given_on: date, by: User) -> PlanPaper:
    """Record the day on which the page was given to the carer."""
    paper = PlanPaper.objects.whole().get(pk=paper.pk)
    if not timezone.localdate(paper.created_at) <= given_on <= timezone.localdate():
        raise ActionRefused({"given_on": "Enter a date from when the page was created to today."})
    stopped = build_plan_lines(paper.plan, paper.to_caregiver, timezone.localdate())["stopped"]
    if stopped:
        raise ActionRefused(stopped)
    return paper.change(given_on=given_on)
