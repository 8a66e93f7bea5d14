"""A plan on paper for one carer: begun, its PDF asked for and filed, given."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.plans.models import Plan, PlanPaper
from interventions.plans.paper import lines_of, pdf_key
from pairs.families.models import Caregiver
from pairs.jobs.actions import enqueue, finish
from pairs.jobs.models import Job
from pairs.service.models import User
from pairs.service.refusals import Refused

TASK = "plans.print_plan"


@transaction.atomic
def make_paper(*, plan: Plan, to: Caregiver, by: User) -> PlanPaper:
    """A page of this plan for one carer, to be read before it is printed."""
    if to.family_id != plan.episode.family_id:
        raise Refused({"to": "Choose from this family."})
    lines = lines_of(plan, to, timezone.localdate())
    if lines["stopped"]:
        raise Refused({"to": lines["stopped"]})
    return PlanPaper.objects.create(plan=plan, to_caregiver=to, made_by=by)


@transaction.atomic
def ask_for_pdf(*, paper: PlanPaper, by: User) -> PlanPaper:
    """Made by the worker; asked twice, made once, while its lines are as they were. A failed one is tried again."""
    paper, today = PlanPaper.objects.whole().get(pk=paper.pk), timezone.localdate()
    stopped = lines_of(paper.plan, paper.to_caregiver, today)["stopped"]
    if stopped:
        raise Refused(stopped)
    job, _ = enqueue(task=TASK, key=pdf_key(paper, today))
    PlanPaper.objects.filter(pk=paper.pk).update(job=job)
    Job.objects.filter(pk=job.pk, status=Job.FAILED).update(
        status=Job.QUEUED, publish_after=timezone.now(), progress=0, stage="", failure=""
    )
    paper.job = job
    return paper


@transaction.atomic
def file_paper(*, job: Job, pdf: bytes | None) -> None:
    """The paper, once; None: nobody asks for it any more. Raises LostClaim when the job is no longer ours."""
    finish(job=job, file=pdf)


@transaction.atomic
def give_paper(*, paper: PlanPaper, given_on: date, by: User) -> PlanPaper:
    """The day on which it was handed over."""
    paper = PlanPaper.objects.whole().get(pk=paper.pk)
    if not timezone.localdate(paper.created_at) <= given_on <= timezone.localdate():
        raise Refused({"given_on": "Give a day from when the page was made until today."})
    stopped = lines_of(paper.plan, paper.to_caregiver, timezone.localdate())["stopped"]
    if stopped:
        raise Refused(stopped)
    return paper.change(given_on=given_on)
