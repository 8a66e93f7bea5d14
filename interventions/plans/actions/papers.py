"""Actions on a printed plan for one carer: create, request and save its PDF, record that it was given."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.plans.models import Plan, PlanPaper
from interventions.plans.printed_plan import build_plan_lines, make_pdf_key
from pairs.families.models import Caregiver
from pairs.jobs.actions import enqueue, finish_job
from pairs.jobs.models import Job
from pairs.service.models import User
from pairs.service.refusals import ActionRefused

PRINT_TASK = "plans.print_plan"


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
def request_plan_pdf(*, paper: PlanPaper, by: User) -> PlanPaper:
    """Queue the PDF for the worker. Requests with unchanged lines share one job; a failed job is retried."""
    paper, today = PlanPaper.objects.whole().get(pk=paper.pk), timezone.localdate()
    stopped = build_plan_lines(paper.plan, paper.to_caregiver, today)["stopped"]
    if stopped:
        raise ActionRefused(stopped)
    job, _ = enqueue(task=PRINT_TASK, key=make_pdf_key(paper, today))
    PlanPaper.objects.filter(pk=paper.pk).update(job=job)
    Job.objects.filter(pk=job.pk, status=Job.FAILED).update(
        status=Job.QUEUED, publish_after=timezone.now(), progress=0, stage="", failure=""
    )
    paper.job = job
    return paper


@transaction.atomic
def save_plan_pdf(*, job: Job, pdf: bytes | None) -> None:
    """Save the PDF (None: no longer wanted). Raises LostClaim if another attempt took over the job."""
    finish_job(job=job, file=pdf)


@transaction.atomic
def record_plan_given(*, paper: PlanPaper, given_on: date, by: User) -> PlanPaper:
    """Record the day on which the page was given to the carer."""
    paper = PlanPaper.objects.whole().get(pk=paper.pk)
    if not timezone.localdate(paper.created_at) <= given_on <= timezone.localdate():
        raise ActionRefused({"given_on": "Give a day from when the page was made until today."})
    stopped = build_plan_lines(paper.plan, paper.to_caregiver, timezone.localdate())["stopped"]
    if stopped:
        raise ActionRefused(stopped)
    return paper.change(given_on=given_on)
