"""Asking for a report."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from outcomes.experience.rules import get_month_start
from pairs.documents.actions import request_document_job
from pairs.service.models import Site
from pairs.service.refusals import ActionRefused
from reporting.evidence.documents import REPORT, build_report_key
from reporting.evidence.models import Report
from reporting.evidence.rules import DEFINITIONS_VERSION, find_report_error


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
    job = request_document_job(REPORT, build_report_key(month, DEFINITIONS_VERSION))
    report, _ = Report.objects.get_or_create(
        month=month, version=DEFINITIONS_VERSION, defaults={"job": job, "asked_by": by}
    )
    return report
