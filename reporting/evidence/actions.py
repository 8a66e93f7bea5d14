"""Asking for a report, and filing what the worker made of it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from outcomes.experience.rules import get_month_start
from pairs.jobs.actions import enqueue, finish_job
from pairs.jobs.models import Job
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from reporting.evidence.models import Report
from reporting.evidence.rules import DEFINITIONS_VERSION, find_report_error

BUILD_REPORT_TASK = "evidence.build_report"


@transaction.atomic
def ask_for_report(*, month: date, by: Any) -> Report:
    """The report of the month, asked for now or before; ``by`` None is the timetable.

    One a month and version of the definitions, however often it is asked for. One that did not finish is
    tried again. Raises Refused for a month that is not over, or before the service opened.
    """
    month = get_month_start(month)
    opened = Site.objects.exclude(opens_on=None).order_by("opens_on").values_list("opens_on", flat=True)
    why_not = find_report_error(month=month, opened=opened.first(), on=timezone.localdate())
    if why_not:
        raise ActionRefused({"month": why_not})
    job, _ = enqueue(
        task=BUILD_REPORT_TASK, key=f"report:{month:%Y-%m}:v{DEFINITIONS_VERSION}", month=f"{month:%Y-%m-%d}"
    )
    report, _ = Report.objects.get_or_create(
        month=month, version=DEFINITIONS_VERSION, defaults={"job": job, "asked_by": by}
    )
    Job.objects.filter(pk=job.pk, status=Job.FAILED).update(
        status=Job.QUEUED, publish_after=timezone.now(), progress=0, stage="", failure=""
    )
    return report


@transaction.atomic
def file_report(*, job: Job, snapshot: dict, pdf: bytes) -> None:
    """Numbers and paper together, once. Raises LostClaim, and writes nothing, when the job is no longer ours."""
    finish_job(job=job, file=pdf)
    Report.objects.filter(job=job, computed_at=None).update(snapshot=snapshot, computed_at=timezone.now())
