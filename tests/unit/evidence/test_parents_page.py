"""The page for parents and partners: published figures of a signed edition, in plain words."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from pairs.jobs.models import Job
from reporting.evidence.models import Report
from reporting.evidence.parents_page import build_parents_page
from reporting.evidence.rules import DEFINITIONS_VERSION
from tests.unit.evidence.published_periods import OCTOBER, QUARTER, YEAR, make_published

FIGURES = {
    "seen": 235, "first_contact": 210, "within_limit": 140, "followed_judged": 60, "followed_better": 25,
}  # fmt: skip
ACCESS = {
    "whole": {"rate": 2.5, "low": 2.2, "high": 2.8},
    "rates": {
        "place": [
            {"label": "North", "rate": 1.5, "low": 1.1, "high": 2.1},
            {"label": "South", "rate": 2.4, "low": 2.0, "high": 2.9},
            {"label": "Elsewhere", "rate": None, "low": None, "high": None},
        ]
    },
}


def make_snapshot(figures=FIGURES, access=ACCESS, wait="22"):
    year = make_published(YEAR, figures, rows=[("Median wait", wait)])
    return {"periods": [make_published(OCTOBER, {}), make_published(QUARTER, {}), year], "access": access}


def make_report(snapshot, signed_by=None):
    job = Job.objects.create(task="none", key="parents", status="done", progress=100, file=b"%PDF-1.7")
    signed = {"signed_by": signed_by, "signed_at": timezone.now()} if signed_by else {}
    return Report.objects.create(
        month=date(2026, 10, 1), version=DEFINITIONS_VERSION, job=job, snapshot=snapshot,
        computed_at=timezone.now(), **signed,
    )  # fmt: skip


def test_every_figure_is_the_published_one():
    page = build_parents_page(make_snapshot())
    assert (page.seen, page.rate, page.half_waited, page.in_four_weeks) == (235, 2.5, 22, 140)
    assert (page.judged, page.better, page.places) == (60, 25, ("North",))
    assert (page.first, page.last) == (date(2025, 4, 1), date(2026, 3, 31))


def test_nothing_is_said_where_nothing_was_published():
    page = build_parents_page(make_snapshot(dict.fromkeys(FIGURES), {"whole": None, "rates": {}}, wait="*"))
    assert not any((page.seen, page.rate, page.half_waited, page.judged, page.better, page.places))


@pytest.mark.django_db
def test_a_manager_prints_it_of_an_edition_that_is_signed(sign_in_as, cast):
    report = make_report(make_snapshot(), cast["manager"])
    client = sign_in_as("manager")
    page = client.get(reverse("report-for-parents", args=[report.pk])).content.decode()
    for words in (
        "We saw about 235 babies",
        "about 2.5 in every 1,000 children under five",
        "within 22 days",
        "About 140 of 210 had it within four weeks",
        "For about 25 of these, things were clearly better",
        "in these places, and want to see more: North.",
        "April 2025 to March 2026",
        f"Signed off by {cast['manager']}",
    ):
        assert words in page
    assert "*" not in page.partition("<article")[2].partition("</article>")[0]


@pytest.mark.django_db
def test_hidden_figures_are_said_to_be_too_small_and_an_unknown_language_is_english(sign_in_as, cast):
    hidden = make_snapshot(dict.fromkeys(FIGURES), {"whole": None, "rates": {}}, wait="*")
    report = make_report(hidden, cast["manager"])
    client = sign_in_as("manager")
    page = client.get(reverse("report-for-parents", args=[report.pk]), {"language": "xx"}).content.decode()
    assert page.count("The number is too small to show.") == 3
    assert '<article class="pairs-for-parents" lang="en-gb">' in page


@pytest.mark.django_db
def test_an_edition_that_is_not_signed_has_none(sign_in_as):
    report = make_report(make_snapshot())
    assert sign_in_as("manager").get(reverse("report-for-parents", args=[report.pk])).status_code == 404
