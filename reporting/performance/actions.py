"""Asking for a service report, and recording the need in a district."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.documents.actions import request_document_job
from pairs.service.models import Place, User
from pairs.service.refusals import refuse_all
from reporting.evidence.actions import ask_for_report, require_reportable_month
from reporting.evidence.models import Report
from reporting.performance.definitions import DEFINITIONS_VERSION
from reporting.performance.documents import SERVICE_REPORT, build_report_key
from reporting.performance.models import NeedFigure, ServiceReport


@transaction.atomic
def ask_for_service_report(*, month: date, by: Any) -> ServiceReport:
    """The service report of the month, asked for now or before; ``by`` None is the timetable. Where nobody has asked
    for the equity report of the month, that is asked for too, since it is made first (`require_equity_report`).

    One a month and version of the definitions, however often it is asked for. One that did not finish is tried
    again. Raises ActionRefused for a month that is not over, or before the service opened.
    """
    month = require_reportable_month(month)
    if not Report.objects.of_month(month).exists():
        ask_for_report(month=month, by=by)
    job = request_document_job(SERVICE_REPORT, build_report_key(month, DEFINITIONS_VERSION))
    report, _ = ServiceReport.objects.get_or_create(
        month=month, version=DEFINITIONS_VERSION, defaults={"job": job, "asked_by": by}
    )
    return report


@transaction.atomic
def record_need(
    *, place: Place, population: int, percent: Decimal, as_of: date, source: str, by: User
) -> NeedFigure:
    """Children of a district and how many of them need the service; the same day's figure is corrected.

    Refused by field.
    """
    refuse_all(
        {
            "as_of": "This date is in the future." if as_of > timezone.localdate() else "",
            "population": "" if population >= 1 else "Enter a number from 1.",
            "percent": "" if 0 < percent <= 100 else "Enter a percentage over 0 and up to 100.",
            "source": "" if source.strip() else "Enter where the number is from.",
        }
    )
    figure, _ = NeedFigure.objects.update_or_create(
        place=place,
        as_of=as_of,
        defaults={
            "population": population,
            "percent": percent,
            "source": source.strip(),
            "recorded_by": by,
        },
    )
    return figure
