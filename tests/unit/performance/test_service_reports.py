"""Asking for a service report, making it once, reading it; the need of a district; and who may not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.documents import pdf
from pairs.documents.pdf import render_document
from pairs.documents.tasks import make_document_pdf
from pairs.jobs.models import Job
from pairs.service.models import Place
from pairs.service.refusals import ActionRefused
from reporting.evidence.attack import Attack, Cell
from reporting.evidence.models import Report
from reporting.evidence.rules import build_last_year, get_previous_month
from reporting.performance import protection, tasks
from reporting.performance.actions import ask_for_service_report, record_need
from reporting.performance.counting.service import PlaceNeed
from reporting.performance.definitions import DEFINITIONS_VERSION, INDICATORS
from reporting.performance.documents import SERVICE_REPORT
from reporting.performance.figures import Division, Whole
from reporting.performance.models import NeedFigure, ServiceReport
from reporting.performance.published import ProtectedPublisher
from reporting.performance.reach import draw_reach, load_needs

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_month(db):
    return get_previous_month(timezone.localdate())


@pytest.fixture
def fake_pdf_renderer(monkeypatch):
    """The renderer is proved below; here it only says what it was given."""
    monkeypatch.setattr(pdf, "render_document", lambda document, paper: b"%PDF " + paper["month"].encode())


def make_report(month, by=None):
    """Without the figures of an equity report, which was refused."""
    report = ask_for_service_report(month=month, by=by)
    refuse_equity_report()
    make_document_pdf(str(report.job_id))
    return ServiceReport.objects.select_related("job").get(pk=report.pk)


def refuse_equity_report():
    Job.objects.filter(report__isnull=False).update(status=Job.FAILED, stage=Job.REFUSED)


# ---------------------------------------------------------------- asking and making
def test_it_waits_for_the_equity_report_of_its_month_and_is_protected_with_it(cast, last_month):
    service = ask_for_service_report(month=last_month, by=cast["manager"])
    equity = Report.objects.get(month=last_month)
    make_document_pdf(str(service.job_id))
    service.job.refresh_from_db()
    assert (service.job.status, service.job.attempt) == (Job.QUEUED, 1)
    assert service.job.failure == "Waits for the equity report of the month."
    make_document_pdf(str(equity.job_id))
    make_document_pdf(str(service.job_id))
    service.refresh_from_db()
    assert service.snapshot["proof"]["text"].count("0 of them together with") == 0


def test_asking_twice_makes_one(cast, last_month):
    first = ask_for_service_report(month=last_month, by=cast["manager"])
    assert first == ask_for_service_report(month=last_month + timedelta(days=9), by=None)
    assert (ServiceReport.objects.count(), Report.objects.count(), Job.objects.count()) == (1, 1, 2)
    assert first.job.key == f"service-report:{last_month:%Y-%m}:v{DEFINITIONS_VERSION}"


def test_the_timetable_asks_again_for_one_that_failed_and_not_for_one_that_was_refused(db):
    tasks.ask_for_last_month()
    jobs = Job.objects.filter(service_report__isnull=False)
    jobs.update(status=Job.FAILED, attempt=5)
    tasks.ask_for_last_month()
    assert jobs.get().status == Job.QUEUED
    jobs.update(status=Job.FAILED, stage=Job.REFUSED)
    tasks.ask_for_last_month()
    assert jobs.get().status == Job.FAILED


def test_what_cannot_be_made_safe_is_refused_in_words(last_month, monkeypatch):
    narrow = Attack(1, (Cell("month", ("babies",), ()),))
    monkeypatch.setattr(protection, "attack_counts", lambda *asked: narrow)
    made = make_report(last_month)
    assert (made.job.status, made.job.stage, made.snapshot) == (Job.FAILED, Job.REFUSED, None)
    assert made.job.failure == protection.WHY_REFUSED


def test_a_month_that_is_not_over_is_refused(cast):
    with pytest.raises(ActionRefused) as refused:
        ask_for_service_report(month=timezone.localdate(), by=cast["manager"])
    assert "not over yet" in refused.value.errors["month"]
    assert not Job.objects.exists()


def test_the_timetable_asks_once_and_again_for_one_that_failed(cast):
    tasks.ask_for_last_month()
    tasks.ask_for_last_month()
    report = ServiceReport.objects.get()
    assert report.asked_by is None
    Job.objects.update(status=Job.FAILED, attempt=5)
    tasks.ask_for_last_month()
    assert Job.objects.get(pk=report.job_id).status == Job.QUEUED


def test_what_was_computed_stays_and_a_year_is_published_once(cast, last_month, fake_pdf_renderer):
    report = make_report(last_month)
    assert report.snapshot["definitions_version"] == DEFINITIONS_VERSION
    assert (report.job.status, report.snapshot["asked_by"]) == (Job.DONE, "the schedule")
    report.snapshot["year"]["counted_on"] = "1 April 2026"
    report.save(update_fields=["snapshot"])
    before = get_previous_month(last_month)
    same_year = build_last_year(before) == build_last_year(last_month)
    assert (make_report(before).snapshot["year"]["counted_on"] == "1 April 2026") is same_year


def test_every_indicator_names_a_section_of_the_report(cast, last_month, fake_pdf_renderer):
    made = make_report(last_month).snapshot
    titles = {section["title"] for period in ("period", "year") for section in made[period]["sections"]}
    assert {each.table for each in INDICATORS} <= titles
    assert len(INDICATORS) >= 18
    assert all(all(words for words in each["facts"].values()) for each in made["definitions"])


def test_the_paper_is_accessible(cast, last_month, fake_pdf_renderer):
    import page as pdf_checker

    paper = make_report(last_month).snapshot
    found = pdf_checker.validate_pdf_bytes(render_document(SERVICE_REPORT, paper), profile="ua1")
    assert found.is_compliant, [(each.rule_id, each.message) for each in found.failures]


# ---------------------------------------------------------------- pages and API
def test_a_manager_asks_watches_and_downloads(sign_in_as, last_month, fake_pdf_renderer):
    client = sign_in_as("manager")
    assert "No service reports yet" in client.get(reverse("service-reports")).content.decode()
    asked = client.post(reverse("service-reports"), {"month": f"{last_month:%Y-%m}"})
    report = ServiceReport.objects.get()
    assert asked["Location"] == reverse("service-report", args=[report.pk])
    assert "Waiting to start" in client.get(asked["Location"]).content.decode()
    assert client.get(reverse("service-report-pdf", args=[report.pk])).status_code == 404
    refuse_equity_report()
    make_document_pdf(str(report.job_id))
    page = client.get(asked["Location"]).content.decode()
    assert "What the figures mean" in page
    assert 'href="#month-demand"' in page
    assert 'id="month-demand"' in page
    rows = client.get(reverse("service-report-csv", args=[report.pk])).content.decode()
    assert rows.startswith("Period,Section,Table,Row,Figure,Value")
    assert "Babies referred" in rows
    assert client.get(reverse("service-report-pdf", args=[report.pk])).content.startswith(b"%PDF")


@pytest.mark.parametrize("username", ["hyndburn", "healthvisitor", "peer", "administrator", "supervisor"])
def test_nobody_else_reads_service_reports(sign_in_as, username, last_month):
    report = ask_for_service_report(month=last_month, by=None)
    client = sign_in_as(username)
    for name in ("service-report", "service-report-csv", "service-report-pdf", "api-service-report"):
        assert client.get(reverse(name, args=[report.pk])).status_code == 403
    for name in ("service-reports", "service-now", "needs", "new-need", "api-needs"):
        assert client.get(reverse(name)).status_code == 403


def test_the_api_asks_follows_and_reads(sign_in_as, last_month, fake_pdf_renderer):
    client = sign_in_as("manager")
    month = {"month": f"{last_month:%Y-%m}"}
    asked = client.post(reverse("api-service-reports"), month, "application/json")
    again = client.post(reverse("api-service-reports"), month, "application/json")
    assert (asked.status_code, again.status_code) == (201, 200)
    refuse_equity_report()
    make_document_pdf(str(ServiceReport.objects.get().job_id))
    one = client.get(reverse("api-service-report", args=[asked.json()["id"]])).json()
    assert (one["status"], one["snapshot"]["month"]) == ("done", month["month"])


# ---------------------------------------------------------------- need
NEED = {
    "place": "blackpool",
    "population": "7800",
    "percent": "6.5",
    "as_of": "2020-06-30",
    "source": "Estimates",
}


def test_a_need_is_recorded_and_corrected(sign_in_as):
    client = sign_in_as("manager")
    saved = client.post(reverse("new-need"), NEED)
    assert saved.status_code == 302, saved.content
    client.post(reverse("api-needs"), NEED | {"population": 7900}, "application/json")
    figure = NeedFigure.objects.get()
    assert (figure.population, figure.percent) == (7900, Decimal("6.5"))
    page = client.get(reverse("needs")).content.decode()
    assert "7,900" in page
    assert "6.5%" in page
    assert load_needs(date(2020, 6, 29)) == {}


def test_every_error_of_a_need_is_said_at_once(sign_in_as):
    wrong = {"place": "", "population": "0", "percent": "101", "as_of": "2999-01-01", "source": " "}
    answer = sign_in_as("manager").post(reverse("api-needs"), wrong, "application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"].keys() == wrong.keys()
    assert not NeedFigure.objects.exists()


def test_a_need_that_no_form_read_is_refused_by_field(cast):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ActionRefused) as refused:
        record_need(
            place=Place.objects.first(),
            population=0,
            percent=Decimal(0),
            as_of=tomorrow,
            source=" ",
            by=cast["manager"],
        )
    assert refused.value.errors.keys() == {"population", "percent", "as_of", "source"}


def test_reach_is_of_the_published_count_and_said_only_where_the_need_is_known():
    ladder = [{"North": ("Lancaster",), "South": ("Blackpool", "Wyre")}]
    whole = Whole(
        "seen",
        "Babies seen",
        63,
        (Division("place", {"Lancaster": 21, "Blackpool": 38, "Wyre": 4}, ladder=ladder),),
    )
    needs = {"Blackpool": PlaceNeed(8000, Decimal(5)), "Wyre": PlaceNeed(2000, Decimal(10))}
    table = draw_reach(ProtectedPublisher(), whole, needs, "April 2025 to March 2026")
    assert table["rows"][0] == ["North", "Not recorded", "Not recorded", "20", "Not recorded", "Not recorded"]
    assert table["rows"][1] == ["South", "10,000", "600", "40", "0.4%", "6.7%"]
