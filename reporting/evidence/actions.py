"""Asking for a report, correcting it and signing it off."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from outcomes.experience.rules import get_month_start
from pairs.documents.actions import request_document_job
from pairs.jobs.models import Job
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from reporting.evidence.documents import REPORT, build_report_key
from reporting.evidence.models import Report
from reporting.evidence.rules import DEFINITIONS_VERSION, find_report_error

NOT_MADE = "The report is not ready yet. Wait until it is."


def require_reportable_month(month: date) -> date:
    """Its first day. Raises ActionRefused for a month that is not over, or before the service opened."""
    month = get_month_start(month)
    why_not = find_report_error(month=month, opened=Site.objects.get_opening_day(), on=timezone.localdate())
    if why_not:
        raise ActionRefused({"month": why_not})
    return month


@transaction.atomic
def ask_for_report(*, month: date, by: Any) -> Report:
    """The report of the month, asked for now or before; ``by`` None is the timetable. Of one that was corrected the
    newest edition.

    One a month and version of the definitions, however often it is asked for. One that did not finish is
    tried again. Raises Refused for a month that is not over, or before the service opened.
    """
    month = require_reportable_month(month)
    newest = Report.objects.of_month(month).order_by("-edition").first()
    edition = newest.edition if newest else 1
    job = request_document_job(REPORT, build_report_key(month, DEFINITIONS_VERSION, edition))
    report, _ = Report.objects.get_or_create(
        month=month, version=DEFINITIONS_VERSION, edition=edition, defaults={"job": job, "asked_by": by}
    )
    return report


@transaction.atomic
def correct_report(*, report: Report, reason: str, by: Any) -> Report:
    """The next edition of a report that is made: its month counted anew, and a quarter or year that it was the first
    to publish. The edition before stays as it was. Raises ActionRefused.
    """
    report = _lock_report(report)
    if Report.objects.filter(month=report.month, version=report.version, edition__gt=report.edition).exists():
        raise ActionRefused("This report has a later edition. Correct that one.")
    if report.version != DEFINITIONS_VERSION:
        raise ActionRefused("The definitions have changed since. Request the month’s report instead.")
    edition = report.edition + 1
    job = request_document_job(REPORT, build_report_key(report.month, report.version, edition))
    return Report.objects.create(
        month=report.month,
        version=report.version,
        edition=edition,
        reason=reason,
        asked_by=by,
        job=job,
    )


@transaction.atomic
def sign_report(*, report: Report, by: Any) -> Report:
    """A named manager takes responsibility for what the report says. Raises ActionRefused."""
    report = _lock_report(report)
    if report.signed_at:
        raise ActionRefused(f"{report.signed_by} has already signed this report.")
    report.signed_by, report.signed_at = by, timezone.now()
    report.save(update_fields=["signed_by", "signed_at"])
    return report


def _lock_report(report: Report) -> Report:
    """As it is now, until the transaction ends. Raises ActionRefused of one that is not made."""
    Report.objects.select_for_update().get(pk=report.pk)
    found = Report.objects.for_page().get(pk=report.pk)
    if found.computed_at is None or found.job.status != Job.DONE:
        raise ActionRefused(NOT_MADE)
    return found
