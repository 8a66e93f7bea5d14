"""The home page of a manager: the newest month as its report published it, and nothing of any family."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pairs.audit.models import AccessEntry
from pairs.jobs.models import Job
from reporting.evidence.actions import ask_for_report
from reporting.evidence.models import Report
from reporting.evidence.month_figures import MonthFigures
from reporting.evidence.rules import DEFINITIONS_VERSION, get_newest_month_due, get_previous_month
from reporting.evidence.snapshot import build_snapshot
from tests.unit.episodes.factories import make_episode

MAX_QUERIES = 12


@pytest.fixture
def manager(cast, client):
    client.force_login(cast["manager"])
    return cast["manager"]


@pytest.fixture
def newest(db):
    return get_newest_month_due(timezone.localdate())


def get_words(client):
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]).split())


def build_month_snapshot(**texts):
    """A report's as it is built, of a service without any baby, with these texts for the whole service."""
    made = build_snapshot(get_newest_month_due(timezone.localdate()))
    for row in made["periods"][0]["whole"]["rows"]:
        row[1] = texts.get(row[0].replace(" ", "_"), row[1])
    return made


def make_report(month, by, **texts):
    report = ask_for_report(month=month, by=by)
    Job.objects.filter(pk=report.job_id).update(status=Job.DONE)
    Report.objects.filter(pk=report.pk).update(
        snapshot=build_month_snapshot(**texts), computed_at=timezone.now()
    )
    return report


def test_the_newest_month_is_shown_as_it_was_published(manager, client, newest):
    make_report(get_previous_month(newest), manager, Referred="40", Median_wait="31")
    report = make_report(newest, manager, Referred="45", Median_wait="24", In_28_days="80% (66 to 89%)")
    words = get_words(client)
    assert f"Babies referred 45 {get_previous_month(newest):%B}: 40" in words
    assert "24 days" in words
    assert "The numbers, month by month" in words
    assert "First contacts within 28 days of the referral 80% (66 to 89%)" in words
    html = client.get(reverse("home")).content.decode()
    assert html.count('role="img"') == 2  # of referrals and waits; one month alone has no trend
    assert f'href="{reverse("report-pdf", args=[report.pk])}"' in html
    assert f'href="{reverse("report", args=[report.pk])}"' in html


def test_what_is_too_small_stays_hidden_and_is_not_drawn_as_nought(manager, client, newest):
    month = newest
    for referred in ("*", "10", "*", "20"):
        make_report(month, manager, Referred=referred)
        month = get_previous_month(month)
    words = get_words(client)
    assert "Babies referred * not shown, to protect small numbers" in words
    drawn = re.search(r'aria-label="Babies referred. ([^"]+)"', client.get(reverse("home")).content.decode())[
        1
    ]
    assert re.findall(r": (\d+)", drawn) == ["20", "10"]


def test_before_the_first_report_it_says_how_to_have_one(manager, client):
    words = get_words(client)
    assert "No report yet" in words
    assert "Request a report" in words


def test_a_month_that_is_not_made_yet_is_said_to_be_missing(manager, client, newest):
    make_report(get_previous_month(newest), manager, Referred="40")
    assert f"{newest:%B %Y}: the report is not made yet" in get_words(client)


def test_a_report_by_other_definitions_is_left_out(manager, client, newest):
    report = make_report(newest, manager, Referred="45")
    Report.objects.filter(pk=report.pk).update(version=DEFINITIONS_VERSION + 1)
    assert "No report yet" in get_words(client)


def test_no_family_is_named_and_none_is_written_to_the_access_log(cast, manager, client, newest):
    make_report(newest, manager, Referred="45")
    family = make_episode(cast["blackburn"], days_ago=50).family
    html = client.get(reverse("home")).content.decode()
    assert family.infants.get().name not in html
    assert not AccessEntry.objects.filter(view="home").exists()


def test_a_practitioner_has_no_tiles(cast, client, newest):
    make_report(newest, cast["manager"], Referred="45")
    client.force_login(cast["blackburn"])
    assert "Babies referred" not in get_words(client)


@pytest.mark.parametrize(
    ("text", "value"), [("45", 45), ("80%", 80), ("*", None), ("", None), ("24.5", 24.5)]
)
def test_a_published_text_as_a_number(text, value):
    assert MonthFigures(None, date(2026, 10, 1), {"x": text}).get_value("x") == value


def test_thirteen_months_cost_no_more_queries(manager, client, newest):
    month = newest
    for _ in range(3):
        make_report(month, manager, Referred="45")
        month = get_previous_month(month)
    client.get(reverse("home"))
    with CaptureQueriesContext(connection) as seen:
        get_words(client)
    assert len(seen) <= MAX_QUERIES
