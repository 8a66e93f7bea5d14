"""Every number on screen and paper is the one an independent count gives, after the MHSDS rule."""

import re
from datetime import date
from io import BytesIO

import page as pdf_checker
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from interventions.episodes.actions import mark_contact_in_error
from pairs.documents.pdf import render_document
from pairs.service.models import Place, Site
from reporting.evidence import snapshot
from reporting.evidence.documents import REPORT
from reporting.evidence.indicators import compute_indicators, load_places
from reporting.evidence.rules import WHOLE_SERVICE, build_month_period
from reporting.evidence.snapshot import CROSSED_TABLES, CROSSINGS, TABLE_COLUMNS
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.evidence.independent_counts import (
    compute_median,
    find_share_error,
    group_with_totals,
    recount,
    round_by_mhsds,
)
from tests.unit.evidence.random_service import RandomService

OCTOBER = date(2026, 10, 1)
FIRST_AND_LAST = {
    "month": (date(2026, 10, 1), date(2026, 10, 31)),
    "quarter": (date(2026, 7, 1), date(2026, 9, 30)),
    "year": (date(2025, 4, 1), date(2026, 3, 31)),
}
pytestmark = pytest.mark.django_db


def test_a_contact_entered_in_error_counts_nowhere(cast):
    """By its own mark: whoever came, and what was written, carry none."""
    today = timezone.localdate()
    contact = make_contact(make_episode(cast["blackburn"], days_ago=3), cast["blackburn"], days_ago=0)
    assert count_on(today, "seen", "first_contact", "expected") == [1, 1, 1]
    mark_contact_in_error(contact=contact, reason="Wrong family", by=cast["blackburn"])
    assert count_on(today, "seen", "first_contact", "expected") == [0, 0, 0]


def count_on(day, *names):
    found = compute_indicators(build_month_period(day), load_places())
    return [found.counts[name].total() for name in names]


@pytest.fixture(scope="module")
def counted_report(django_db_setup, django_db_blocker):
    """(snapshot, PDF, {period kind: rows counted independently}), of one world for every test here."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        RandomService()
        frozen = snapshot.build_snapshot(OCTOBER) | {
            "asked_by": "Mary Manager",
            "made_on": "20 November 2026",
        }
        counted = {kind: CountedPeriod(recount(*days)) for kind, days in FIRST_AND_LAST.items()}
        transaction.set_rollback(True)
    return frozen, render_document(REPORT, frozen), counted


class Share(tuple):
    """The exact part and whole of a share: what is printed has to be true of them."""

    __slots__ = ()

    def __new__(cls, part, whole):
        return super().__new__(cls, (part, whole))


class CountedPeriod:
    """One period counted independently; each grouping is made once."""

    def __init__(self, rows):
        self.rows, self.grouped = rows, {}

    def get_rows(self, name, axes, labels):
        if (name, axes) not in self.grouped:
            self.grouped[name, axes] = group_with_totals(self.rows[name], *axes)
        return self.grouped[name, axes].get(labels, [])

    def format_cell(self, what, axes, labels):
        """The cell's text by the rule alone."""
        if what == "wait":
            return compute_median([row[3] for row in self.get_rows("first_contact", axes, labels)])
        if isinstance(what, tuple):
            return Share(*(len(self.get_rows(name, axes, labels)) for name in what))
        return round_by_mhsds(len(self.get_rows(what, axes, labels)))


def check_texts(texts, expected):
    """Every text is the rule's; a figure of 5 or more may also be withheld, to protect a smaller one."""
    shares = {at: share for at, share in expected.items() if isinstance(share, Share)}
    assert {
        at: (texts[at], *share) for at, share in shares.items() if find_share_error(texts[at], *share)
    } == {}
    counts = {at: text for at, text in texts.items() if at not in shares}
    wrong = {at: (text, expected[at]) for at, text in counts.items() if text not in (expected[at], "*")}
    assert wrong == {}
    assert [at for at in counts if expected[at] == "*" and texts[at] != "*"] == []
    return sum(texts[at] != expected[at] for at in counts)


def to_total_label(label):
    return None if label in (WHOLE_SERVICE, "All") else label


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_figure_of_the_breakdowns_is_an_independent_count(counted_report, number):
    period, counted = (
        counted_report[0]["periods"][number],
        counted_report[2][counted_report[0]["periods"][number]["kind"]],
    )
    texts, expected = {}, {}
    for breakdown in period["breakdowns"]:
        for table, columns in zip(breakdown["tables"], TABLE_COLUMNS.values(), strict=True):
            for label, *cells in table["rows"]:
                for (heading, what), text in zip(columns, cells, strict=True):
                    at = (breakdown["axis"], label, heading)
                    texts[at] = text
                    expected[at] = counted.format_cell(what, (breakdown["axis"],), (to_total_label(label),))
            for label in table["too_small"]:
                for heading, what in columns:
                    at = (breakdown["axis"], label, heading)
                    texts[at] = "*"
                    expected[at] = counted.format_cell(what, (breakdown["axis"],), (label,))
    withheld = check_texts(texts, expected)
    assert withheld <= len(texts) // 10
    assert sum(text != "*" for text in texts.values()) > 40, "a world too small to prove anything"


@pytest.mark.parametrize("number", [1, 2])
def test_every_figure_of_the_crossed_tables_is_an_independent_count(counted_report, number):
    period, counted = (
        counted_report[0]["periods"][number],
        counted_report[2][counted_report[0]["periods"][number]["kind"]],
    )
    texts, expected = {}, {}
    for group, (title, what) in zip(period["crossed"], CROSSED_TABLES, strict=True):
        for table, axes in zip(group["tables"], CROSSINGS, strict=True):
            for label, *cells in table["rows"]:
                for column, text in zip(table["headers"][1:], cells, strict=True):
                    at = (title, axes, label, column)
                    texts[at] = text
                    labels = (to_total_label(label), to_total_label(column))
                    expected[at] = counted.format_cell(what, axes, labels)
    assert check_texts(texts, expected) <= len(texts) // 10


def test_charts_and_completeness_say_what_the_tables_say(counted_report):
    for period in counted_report[0]["periods"]:
        for breakdown in period["breakdowns"]:
            of_table = {row[0]: row for row in breakdown["tables"][0]["rows"]}
            for chart, column in zip(breakdown["charts"], (1, 4), strict=True):
                for label, value, text in chart["rows"]:
                    assert text == of_table[label][column]
                    assert value == (None if text == "*" else int(text))


def remove_whitespace(text):
    return re.sub(r"\s+", "", text)


def test_the_pdf_holds_every_figure_of_the_snapshot_in_its_row(counted_report):
    frozen, paper, _ = counted_report
    text = remove_whitespace("".join(sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages))
    assert remove_whitespace(frozen["title"]) in text
    for period in frozen["periods"]:
        tables = [table for breakdown in period["breakdowns"] for table in breakdown["tables"]]
        tables += [table for group in period["crossed"] for table in group["tables"]]
        for table in [*tables, period["quality"]]:
            after = text[text.index(remove_whitespace(table["title"])) :]
            rows = remove_whitespace("".join("".join(row) for row in table["rows"]))
            head = remove_whitespace("".join(table["headers"]))
            assert after.startswith(remove_whitespace(table["title"]) + head + rows), table["title"]


def test_the_pdf_is_accessible_and_numbered(counted_report):
    report = pdf_checker.validate_pdf_bytes(counted_report[1], profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]
    sheets = PdfReader(BytesIO(counted_report[1]))
    assert sheets.metadata.title == "Service and equity report, October 2026"
    assert f"Page 1 of {len(sheets.pages)}" in sheets.pages[0].extract_text()
    assert sheets.trailer["/Root"]["/Lang"] == "en-GB"


def test_the_queries_do_not_grow_with_the_places_or_the_families():
    RandomService(families=120)
    few = _count_indicator_queries()
    site = Site.objects.get(is_hub=True)
    Place.objects.bulk_create(
        Place(code=f"extra-{n}", name=f"Extra {n}", lad_code="E06000000", covering_site=site)
        for n in range(20)
    )
    RandomService(families=100, seed=8, username="second", prefix="X")
    assert _count_indicator_queries() == few <= 13


def _count_indicator_queries():
    with CaptureQueriesContext(connection) as asked:
        compute_indicators(build_month_period(OCTOBER), load_places())
    return len(asked)
