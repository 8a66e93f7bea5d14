"""What apps add to the report: their counts are protected like the report's own, their texts are left alone."""

from datetime import date
from types import SimpleNamespace

import pytest

from pairs.service.report_sections import ReportSection, SectionTable
from reporting.evidence import sections, snapshot
from reporting.evidence.pair_changes import PAIR_CHANGES
from reporting.evidence.rules import build_month_period

OCTOBER = build_month_period(date(2026, 10, 1))


def publish(*rows, adds_up=False):
    table = SectionTable("Sessions", ("Kind", "Babies", "Hours"), rows, adds_up=adds_up)
    return sections.publish_section_table(table, OCTOBER)


def test_counts_are_rounded_or_starred_and_texts_are_as_they_were():
    made = publish(("Group", 12, "3.5"), ("Visit", 4, "1"))
    assert made["rows"] == [["Group", "10", "3.5"], ["Visit", "*", "1"]]
    assert made["title"] == "Sessions, October 2026"


def test_rows_that_add_up_have_a_total_and_give_no_star_away():
    made = publish(("Group", 4, "1"), ("Visit", 7, "2"), ("Call", 7, "3"), adds_up=True)
    assert [row[1] for row in made["rows"]] == ["*", "*", "5", "20"]
    assert made["rows"][-1][0] == "Whole service"
    assert made["rows"][-1][2] == ""


@pytest.mark.parametrize("withheld", [set(), {"ended_with_pair"}, {"referred"}])
def test_a_section_that_divides_a_withheld_count_is_withheld_with_it(withheld):
    sections_drawn = [{"title": "Outreach"}, {"title": PAIR_CHANGES.title}]
    left = snapshot.list_safe_sections(sections_drawn, SimpleNamespace(withheld=withheld))
    assert len(left) == 2 - ("ended_with_pair" in withheld)


def test_a_table_without_rows_is_a_table_without_rows():
    assert publish()["rows"] == []


@pytest.mark.django_db
def test_every_period_of_the_report_holds_the_sections_of_the_apps(monkeypatch, cast):
    asked = []

    def build_tables(first, last):
        asked.append((first, last))
        return [SectionTable("Made up", ("What", "Babies"), [("Seen", 23)])]

    section = ReportSection("A section", "What is counted.", build_tables)
    monkeypatch.setattr(sections, "list_hooks", lambda module, name: ((section,),))
    made = snapshot.build_snapshot(date(2026, 10, 1))
    assert [period["sections"][0]["tables"][0]["rows"] for period in made["periods"]] == [
        [["Seen", "25"]]
    ] * 3
    assert asked[0] == (date(2026, 10, 1), date(2026, 10, 31))
