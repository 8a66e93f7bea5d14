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
from reporting.evidence.definitions import INDICATORS
from reporting.evidence.documents import REPORT
from reporting.evidence.indicators import compute_all_indicators, compute_indicators, load_places
from reporting.evidence.ladder import STEPS
from reporting.evidence.pair_changes import PAIR_CHANGES
from reporting.evidence.paper import arrange_paper, list_tables
from reporting.evidence.period_tables import AXIS_TITLES, CROSSED_TITLES
from reporting.evidence.report_csv import list_csv_rows
from reporting.evidence.rules import ETHNICITY_NAMES, QUINTILE_NAMES, build_month_period
from tests.unit.episodes.factories import make_contact, make_episode
from tests.unit.evidence.independent_counts import (
    compute_median,
    find_share_error,
    recount,
    round_by_mhsds,
)
from tests.unit.evidence.independent_followed import recount_followed
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
        counted["year"].rows |= recount_followed(*FIRST_AND_LAST["year"])
        transaction.set_rollback(True)
    return frozen, render_document(REPORT, frozen), counted


class CountedPeriod:
    """One period counted independently, by any groups."""

    def __init__(self, rows):
        self.rows = rows

    def get_rows(self, name, where):
        """The rows of a count with these finest labels: {axis: labels}."""
        at = {"place": 0, "ethnicity": 1, "quintile": 2}
        return [
            row for row in self.rows[name] if all(row[at[axis]] in labels for axis, labels in where.items())
        ]

    def count(self, name, where):
        return len(self.get_rows(name, where))


GROUPS = {
    **{name: {name} for name in (*ETHNICITY_NAMES, *QUINTILE_NAMES)},
    "All other groups": set(ETHNICITY_NAMES[1:5]),
    "Not stated or not known": {"Not stated", "Not known"},
    "All other groups, or not known": set(ETHNICITY_NAMES[1:]),
    "Most deprived fifth": {"1 (most deprived)"},
    "Other four fifths": set(QUINTILE_NAMES[1:5]),
    "Other four fifths, or not known": set(QUINTILE_NAMES[1:]),
}
FYLDE, PENNINE = {"Blackpool", "Fylde", "Wyre"}, {
    "Blackburn with Darwen", "Burnley", "Hyndburn", "Pendle", "Ribble Valley", "Rossendale",
}  # fmt: skip
CENTRAL = {"Chorley", "Preston", "South Ribble"}
PLACES = {"Fylde Coast": FYLDE, "Pennine Lancashire": PENNINE, "Central Lancashire": CENTRAL}


class Elsewhere:
    """Every district but those of the large Places with a site."""

    def __contains__(self, place):
        return place not in FYLDE | PENNINE


def find_groups(axis, label):
    if label == "Whole service":
        return {}
    if axis == "place":
        return {axis: Elsewhere() if label.startswith("Elsewhere") else PLACES.get(label, {label})}
    return {axis: GROUPS[label]}


def find_error(what, text, counted, where):
    """ "" when a printed figure is what the independent count gives by the rule; it may also be withheld."""
    if isinstance(what, tuple):
        return find_share_error(text, *(counted.count(name, where) for name in what))
    if what == "wait":
        expected = compute_median([row[3] for row in counted.get_rows("first_contact", where)])
    else:
        expected = round_by_mhsds(counted.count(what, where))
    return "" if text in (expected, "*") else f"{text} for {expected}"


def list_errors(period, counted):
    """([what is wrong], figures compared, of them *) of the whole service and each axis."""
    shows = {each.heading: each.shows for each in INDICATORS}
    errors, texts = [], []
    for heading, text in period["whole"]["rows"]:
        errors.append((heading, find_error(shows[heading], text, counted, {})))
        texts.append(text)
    for breakdown in period["breakdowns"]:
        for table in breakdown["tables"]:
            for label, *cells in table["rows"]:
                where = find_groups(breakdown["axis"], label)
                for heading, text in zip(table["headers"][1:], cells, strict=True):
                    error = find_error(shows[heading], text, counted, where)
                    errors.append(((table["title"], label, heading), error))
                    texts.append(text)
    return [each for each in errors if each[1]], len(texts), texts.count("*")


@pytest.mark.parametrize("number", [0, 1, 2])
def test_every_figure_is_an_independent_count_and_every_share_is_true(counted_report, number):
    """No printed share is more than 2.5 points off the exact one, or without limits that hold it."""
    period = counted_report[0]["periods"][number]
    errors, compared, hidden = list_errors(period, counted_report[2][period["kind"]])
    assert errors == []
    assert compared > (25 if number == 0 else 40), "a world too small to prove anything"
    assert hidden < (0.3 if number == 0 else 0.15) * compared  # thirteen babies were referred in its month
    assert period["withheld"]["withheld"] >= hidden


@pytest.mark.parametrize("number", [1, 2])
def test_every_figure_of_the_crossed_tables_is_an_independent_count(counted_report, number):
    period = counted_report[0]["periods"][number]
    counted = counted_report[2][period["kind"]]
    names = {title: what for what, title in CROSSED_TITLES.items()}
    axes = {words.capitalize(): axis for axis, words in AXIS_TITLES.items()}
    compared = 0
    for group in period["crossed"]:
        for table in group["tables"]:
            down = axes[table["headers"][0]]
            across = "quintile" if "deprivation" in table["title"] else "ethnicity"
            for label, *cells in table["rows"]:
                for column, text in zip(table["headers"][1:], cells, strict=True):
                    where = find_groups(down, label) | find_groups(across, column)
                    assert find_error(names[group["title"]], text, counted, where) == "", (
                        table["title"],
                        label,
                        column,
                    )
                    compared += 1
    assert compared or number == 1


def test_every_step_of_the_ladder_is_an_independent_count(counted_report):
    """Of the whole service and by each axis; and no step exceeds the one before it."""
    year, compared = counted_report[2]["year"], 0
    for ladder in counted_report[0]["ladders"]:
        for label, *cells in ladder["rows"]:
            where = find_groups(ladder["axis"], label)
            for (name, _), text in zip(STEPS, cells, strict=True):
                if text != "–":
                    assert find_error(name, text, year, where) == "", (ladder["title"], label, name)
                    compared += 1
            shown = [int(text) for text in cells if text.isdigit()]
            assert shown == sorted(shown, reverse=True)
    assert compared > 40


def test_charts_say_what_the_tables_say(counted_report):
    for period in counted_report[0]["periods"]:
        for breakdown in period["breakdowns"]:
            shown = {
                (table["headers"][at], row[0]): row[at]
                for table in breakdown["tables"]
                for row in table["rows"]
                for at in range(1, len(row))
            }
            for chart in breakdown["charts"]:
                heading = "Referred" if "referred" in chart["title"] else "Seen"
                for label, value, text in chart["rows"]:
                    assert text == shown[heading, label]
                    assert value == (None if text == "*" else int(text))


def test_the_report_says_how_it_was_attacked_and_that_nothing_could_be_worked_out(counted_report):
    proof = counted_report[0]["proof"]
    assert proof["narrow"] == 0
    assert proof["cells"] > 100
    assert "0 could be worked out to fewer than 3 numbers" in proof["text"]


def test_those_with_a_pair_are_better_the_same_or_worse(counted_report):
    """The section's whole is the report's own figure of those who ended with a pair."""
    for period in counted_report[0]["periods"]:
        (section,) = [each for each in period["sections"] if each["title"] == PAIR_CHANGES.title]
        assert section["tables"][0]["rows"][-1][1] in (dict(period["whole"]["rows"])["With a pair"], "*")


def test_the_csv_holds_every_figure(counted_report):
    rows = list(list_csv_rows(counted_report[0]))
    for period in counted_report[0]["periods"]:
        for table in list_tables(period):
            texts = [text for row in table["rows"] for text in row[1:]]
            assert [row[4] for row in rows if row[:2] == (period["name"], table["title"])] == texts


def remove_whitespace(text):
    return re.sub(r"\s+", "", text)


def list_paper_tables(frozen):
    """Those that the month's paper prints; without the sections, whose small rows are joined there."""
    arranged = arrange_paper(frozen)
    month = frozen["periods"][0]
    return [
        arranged["trend_by_year"],
        *frozen["access"]["tables"],
        *frozen["ladders"],
        arranged["compared"],
        *month["waits"],
        *(table for each in month["breakdowns"] for table in each["tables"]),
        *(table for each in arranged["sections"] for table in each["tables"]),
        month["quality"],
    ]


def read_paper(paper):
    return remove_whitespace("".join(sheet.extract_text() for sheet in PdfReader(BytesIO(paper)).pages))


def find_missing_tables(text, tables):
    """Titles of tables that are not on the paper as they are: title, headings, rows."""
    printed = [
        remove_whitespace(
            "".join([table["title"], *table["headers"], *("".join(row) for row in table["rows"])])
        )
        for table in tables
        if table["rows"]
    ]
    return [each for each in printed if each not in text]


def test_the_pdf_holds_every_figure_of_the_month_in_its_row(counted_report):
    frozen, paper, _ = counted_report
    text = read_paper(paper)
    assert remove_whitespace(frozen["title"]) in text
    assert find_missing_tables(text, list_paper_tables(frozen)) == []
    for each in frozen["first_page"]:
        assert remove_whitespace(each["number"] + each["lead"] + each["text"] + each["says"]) in text


def test_the_month_is_eight_pages_and_small(counted_report):
    paper = counted_report[1]
    assert len(PdfReader(BytesIO(paper)).pages) <= 9  # this world has more small tables than a service
    assert len(paper) < 1_000_000


def test_the_quarter_is_an_annex_of_the_month_in_which_it_ends(counted_report):
    frozen = counted_report[0]
    month, quarter, year = frozen["periods"]
    assert arrange_paper(frozen)["annex"] == []
    ending = frozen | {"periods": [month | {"last": quarter["last"]}, quarter, year]}
    paper = render_document(REPORT, ending)
    assert find_missing_tables(read_paper(paper), list_tables(quarter)) == []
    report = pdf_checker.validate_pdf_bytes(paper, profile="ua1")
    assert report.is_compliant, [(failure.rule_id, failure.message) for failure in report.failures]


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


def test_twelve_months_are_counted_by_as_many_queries_as_one():
    RandomService(families=40)
    months = [build_month_period(date(2026, month, 1)) for month in range(1, 13)]
    assert _count_indicator_queries(months) == _count_indicator_queries()


def _count_indicator_queries(periods=None):
    with CaptureQueriesContext(connection) as asked:
        compute_all_indicators(periods or [build_month_period(OCTOBER)], load_places())
    return len(asked)
