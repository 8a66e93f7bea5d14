"""The sample sites' service report, the need of a district, and an equity report that is signed off."""

from datetime import date

from django.utils import timezone

from pairs.jobs.models import Job
from pairs.service.models import Place
from reporting.evidence.documents import build_report_key as build_equity_report_key
from reporting.evidence.models import Report
from reporting.evidence.rules import DEFINITIONS_VERSION
from reporting.performance.documents import build_report_key
from reporting.performance.models import NeedFigure, ServiceReport
from tests.unit.evidence.published_periods import YEAR, make_published

EMPTY_REPORT = {
    "title": "Report", "month": "2020-01", "definitions_version": 1, "note": "", "about": [], "definitions": [],
    "sources": [], "periods": [], "proof": {"text": "", "not_combined": []},
    "made_on": "1 February 2020", "asked_by": "the schedule",
}  # fmt: skip
EMPTY_PERIOD = {
    "key": "month from 2020-01",
    "name": "January 2020",
    "counted_on": "1 February 2020",
    "sections": [],
}
EMPTY_SNAPSHOT = {
    "title": "Service report", "month": "2020-01", "definitions_version": 1, "note": "", "definitions": [],
    "sources": [], "first_page": [], "next_steps": [], "headline": {}, "proof": {"text": ""},
    "made_on": "1 February 2020", "asked_by": "the schedule",
    "period": EMPTY_PERIOD, "year": EMPTY_PERIOD | {"key": "year from 2018-04"},
}  # fmt: skip


def create_reports(month, home):
    """{what the addresses call it: a report of the month}."""
    return {
        "report_id": create_report(month),
        "service_report": create_service_report(month, home),
        "signed_report": create_signed_report(month, home),
    }


def create_service_report(month, home):
    """Made, with nothing in it; and the children of the first district."""
    job = Job.objects.create(
        task="none", key=build_report_key(month, 1), status="done", progress=100, file=b"%PDF-1.7"
    )
    NeedFigure.objects.get_or_create(
        place=Place.objects.first(),
        as_of=date(2020, 6, 30),
        defaults={"population": 7800, "percent": 5, "source": "An estimate", "recorded_by": home.worker},
    )
    return ServiceReport.objects.create(month=month, version=1, job=job, snapshot=EMPTY_SNAPSHOT)


def create_report(month):
    """An equity report, made, with nothing in it."""
    key = build_equity_report_key(month, DEFINITIONS_VERSION)
    job = Job.objects.create(task="none", key=key, status="done", file=b"%PDF-1.7")
    return Report.objects.create(
        month=month, version=DEFINITIONS_VERSION, job=job, snapshot=EMPTY_REPORT, computed_at=timezone.now()
    )


def create_signed_report(month, home):
    """An equity report of an earlier month, whose year says nothing."""
    job = Job.objects.create(task="none", key=f"signed report {home.name}", status="done", file=b"%PDF-1.7")
    return Report.objects.create(
        month=month.replace(year=month.year - 10), version=DEFINITIONS_VERSION, job=job,
        snapshot={"periods": [make_published(YEAR, {})]}, computed_at=timezone.now(), signed_at=timezone.now(),
        signed_by=home.worker,
    )  # fmt: skip
