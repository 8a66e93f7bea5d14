"""Asking for a report, making it once whatever is killed, and reading it: pages, API, and who may not."""

import csv
import io
import subprocess
import sys
import zipfile
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from pairs.documents import pdf
from pairs.documents.actions import make_pdf, save_pdf
from pairs.documents.tasks import make_document_pdf
from pairs.jobs.actions import LostClaim, claim_job
from pairs.jobs.models import Job
from pairs.service.refusals import ActionRefused
from reporting.evidence import tasks
from reporting.evidence.actions import ask_for_report
from reporting.evidence.documents import REPORT
from reporting.evidence.models import Report
from reporting.evidence.published_counts import list_withheld_lines
from reporting.evidence.report_ods import build_report_ods
from reporting.evidence.rules import DEFINITIONS_VERSION, get_previous_month

pytestmark = pytest.mark.django_db
AFTER_LEASE = timedelta(minutes=5)


@pytest.fixture
def last_month(db):
    return get_previous_month(timezone.localdate())


@pytest.fixture
def fake_pdf_renderer(monkeypatch):
    """The renderer is proved elsewhere; here it only says what it was given."""
    monkeypatch.setattr(pdf, "render_document", lambda document, paper: b"%PDF " + paper["month"].encode())


def read_ods(content):
    return zipfile.ZipFile(io.BytesIO(content)).read("content.xml").decode()


# ---------------------------------------------------------------- asking
def test_asking_twice_makes_one(cast, last_month):
    first = ask_for_report(month=last_month, by=cast["manager"])
    again = ask_for_report(month=last_month + timedelta(days=9), by=None)
    assert first == again
    assert (Report.objects.count(), Job.objects.filter(task="documents.make_pdf").count()) == (1, 1)
    assert first.job.key == f"report:{last_month:%Y-%m}:v{DEFINITIONS_VERSION}"
    assert first.asked_by == cast["manager"]


@pytest.mark.parametrize(
    ("month", "said"),
    [(lambda: timezone.localdate(), "not over yet"), (lambda: date(2023, 12, 1), "not open")],
)
def test_a_month_not_over_or_before_the_service_is_refused(cast, month, said):
    with pytest.raises(ActionRefused) as refused:
        ask_for_report(month=month(), by=cast["manager"])
    assert said in refused.value.errors["month"]
    assert not Job.objects.exists()


def test_the_timetable_asks_once_and_asks_again_for_one_that_failed(cast):
    tasks.ask_for_last_month()
    tasks.ask_for_last_month()
    report = Report.objects.get()
    assert report.asked_by is None
    Job.objects.update(status=Job.FAILED, attempt=5)
    tasks.ask_for_last_month()
    assert Job.objects.get().status == Job.QUEUED


# ---------------------------------------------------------------- making
def test_the_worker_saves_figures_and_pdf_together(cast, last_month, fake_pdf_renderer):
    report = ask_for_report(month=last_month, by=cast["manager"])
    make_document_pdf(str(report.job_id))
    report = Report.objects.select_related("job").get()
    assert (report.job.status, report.job.progress) == (Job.DONE, 100)
    assert bytes(report.job.file) == b"%PDF " + f"{last_month:%Y-%m}".encode()
    assert report.snapshot["asked_by"] == "Mary Manager"
    make_document_pdf(str(report.job_id))
    assert Job.objects.get().attempt == 1


def test_a_killed_attempt_that_wakes_again_writes_nothing(cast, last_month, fake_pdf_renderer):
    report = ask_for_report(month=last_month, by=cast["manager"])
    killed = claim_job(report.job_id, timezone.now() - AFTER_LEASE)
    make_document_pdf(str(report.job_id))
    done = Report.objects.get()
    with pytest.raises(LostClaim):
        save_pdf(job=killed, document=REPORT, record=done, paper={"of": "the dead"}, file=b"of the dead")
    with pytest.raises(LostClaim):
        make_pdf(killed)
    assert Report.objects.get().snapshot == done.snapshot
    assert bytes(Job.objects.get().file).startswith(b"%PDF ")
    assert Job.objects.get().attempt == 2


def test_a_quarter_is_published_once_and_then_stays_as_it_was(cast, fake_pdf_renderer):
    for month in (date(2026, 9, 1), date(2026, 10, 1)):
        make_document_pdf(str(ask_for_report(month=month, by=None).job_id))
        Report.objects.filter(month=month).update(computed_at=timezone.now())
        if month.month == 9:
            first = Report.objects.get(month=month)
            first.snapshot["periods"][1]["counted_on"] = "1 October 2026"
            first.save(update_fields=["snapshot"])
    october = Report.objects.get(month=date(2026, 10, 1)).snapshot["periods"]
    assert [period["key"] for period in october] == [
        "month from 2026-10",
        "quarter from 2026-07",
        "year from 2025-04",
    ]
    assert october[1]["counted_on"] == "1 October 2026"


# ---------------------------------------------------------------- pages
def test_a_manager_asks_watches_and_downloads(sign_in_as, last_month, fake_pdf_renderer):
    client = sign_in_as("manager")
    empty = client.get(reverse("reports")).content.decode()
    assert "No reports yet" in empty
    asked = client.post(reverse("reports"), {"month": f"{last_month:%Y-%m}"})
    report = Report.objects.get()
    assert asked["Location"] == reverse("report", args=[report.pk])
    waiting = client.get(asked["Location"]).content.decode()
    assert "Waiting to start" in waiting
    assert reverse("report-progress", args=[report.pk]) in waiting
    assert client.get(reverse("report-pdf", args=[report.pk])).status_code == 404
    make_document_pdf(str(report.job_id))
    ready = client.get(asked["Location"]).content.decode()
    assert "What the figures mean" in ready
    rows = client.get(reverse("report-csv", args=[report.pk]))
    assert rows["Content-Type"].startswith("text/csv")
    assert rows.content.decode().startswith("Period,Table,Row,Figure,Value")
    download = client.get(reverse("report-pdf", args=[report.pk]))
    assert download["Content-Type"] == "application/pdf"
    assert f"pairs-report-{last_month:%Y-%m}.pdf" in download["Content-Disposition"]
    assert "Ready" in client.get(reverse("reports")).content.decode()
    assert client.get(reverse("report-progress", args=[report.pk])).status_code == 200


def test_page_paper_csv_and_spreadsheet_name_what_is_withheld_in_full(sign_in_as, fake_pdf_renderer):
    """Else a reader takes its * for small numbers: the page said that each of them was."""
    client = sign_in_as("manager")
    report = ask_for_report(month=date(2026, 9, 1), by=None)
    make_document_pdf(str(report.job_id))
    report.refresh_from_db()
    periods = report.snapshot["periods"]
    for period, withheld in zip(periods, (["ended", "ended_fitting"], ["seen"], []), strict=True):
        period["published"]["withheld"] = withheld
    report.save(update_fields=["snapshot"])
    lines = list_withheld_lines(periods)
    assert [line.split("stay safe: ")[1] for line in lines] == [
        "Ended; A measure fits. Their * can be any number.", "Seen. Their * can be any number.",
    ]  # fmt: skip
    page = client.get(reverse("report", args=[report.pk])).content.decode()
    paper = render_to_string(REPORT.pdf_template, {"paper": REPORT.arrange_paper(report.snapshot)})
    sheet = read_ods(build_report_ods(report.snapshot))
    rows = list(csv.reader(client.get(reverse("report-csv", args=[report.pk])).content.decode().splitlines()))
    for period, line in zip(periods, lines, strict=False):
        assert page.count(line) == 2
        assert line in paper
        assert line in sheet
        assert [period["name"], "Notes", "", "", line] in rows


def test_a_month_not_over_is_refused_beside_the_field(sign_in_as):
    page = sign_in_as("manager").post(reverse("reports"), {"month": f"{timezone.localdate():%Y-%m}"})
    assert page.status_code == 200
    assert "is not over yet" in page.content.decode()


@pytest.mark.parametrize("username", ["hyndburn", "healthvisitor", "peer", "administrator", "supervisor"])
def test_nobody_else_reads_reports(sign_in_as, username, last_month):
    report = ask_for_report(month=last_month, by=None)
    client = sign_in_as(username)
    for name in ("report", "report-progress", "report-pdf", "api-report", "api-report-pdf"):
        assert client.get(reverse(name, args=[report.pk])).status_code == 403
    assert client.get(reverse("reports")).status_code == 403
    assert client.post(reverse("api-reports"), {"month": "2026-09"}, "application/json").status_code == 403


# ---------------------------------------------------------------- API
def test_the_api_asks_follows_and_reads(sign_in_as, last_month, fake_pdf_renderer):
    client = sign_in_as("manager")
    month = {"month": f"{last_month:%Y-%m}"}
    asked = client.post(reverse("api-reports"), month, "application/json")
    again = client.post(reverse("api-reports"), month, "application/json")
    assert (asked.status_code, again.status_code) == (201, 200)
    assert asked.json()["id"] == again.json()["id"]
    assert asked.json()["status"] == "queued"
    make_document_pdf(str(Report.objects.get().job_id))
    one = client.get(reverse("api-report", args=[asked.json()["id"]])).json()
    assert (one["status"], one["month"]) == ("done", month["month"])
    assert one["snapshot"]["definitions_version"] == DEFINITIONS_VERSION
    assert client.get(reverse("api-reports")).json()["results"][0]["id"] == one["id"]
    assert client.get(reverse("api-report-pdf", args=[one["id"]])).content.startswith(b"%PDF")


@pytest.mark.parametrize("month", ["", "2026-13", "next", None, f"{date.max:%Y-%m}"])
def test_the_api_refuses_what_is_no_month(sign_in_as, month):
    answer = sign_in_as("manager").post(reverse("api-reports"), {"month": month}, "application/json")
    assert answer.status_code == 400
    assert "month" in answer.json()["errors"]


def test_the_web_never_loads_the_renderer():
    loads = (
        "import django, sys; django.setup(); import config.wsgi, config.urls, config.celery; "
        "config.celery.app.loader.import_default_modules(); "
        "sys.exit('weasyprint' in sys.modules)"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "config.settings"}
    import os

    assert (
        subprocess.run([sys.executable, "-c", loads], env=os.environ | environment, check=False).returncode
        == 0
    )
