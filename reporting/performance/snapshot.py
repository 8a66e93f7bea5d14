"""The frozen snapshot of a service report: every figure as it may be shown, and all that page, CSV and PDF need.

Nothing in it is an exact count of families, babies or contacts: what a period publishes is attacked and mended
(`protection.py`), and only then drawn.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from pairs.service.report_sections import SectionTable
from pairs.web.formats import format_day
from reporting.evidence.disclosure import SUPPRESSED, SUPPRESSION_NOTE
from reporting.evidence.indicators import Indicators, compute_indicators, load_places
from reporting.evidence.report_sections import REPORT_SECTIONS
from reporting.evidence.rules import WHOLE_SERVICE, Period, build_last_year, build_month_period
from reporting.evidence.sections import build_sections, publish_section_table
from reporting.evidence.shares import SHARE_NOTE
from reporting.evidence.snapshot import read_at_one_moment
from reporting.performance import definitions
from reporting.performance.beside import Beside, load_beside
from reporting.performance.counting.contacts import build_seen
from reporting.performance.counting.endings import build_goals, build_outcomes
from reporting.performance.counting.service import PlaceNeed
from reporting.performance.drawing import draw_section
from reporting.performance.figures import Section, Window
from reporting.performance.first_page import build_first_page
from reporting.performance.protection import Proof, protect_wholes
from reporting.performance.published import (
    ALL_OTHERS,
    MIN_HIGH_COUNT,
    MIN_MEAN_COUNT,
    ProtectedPublisher,
    Publisher,
)
from reporting.performance.reach import draw_reach, load_needs
from reporting.performance.sections import build_service_sections, build_work_sections

Tell = Callable[[int, str], Any]
JOINED_NOTE = (
    f"Groups under 5 are joined first, as “{ALL_OTHERS}”. A median is shown of 5 or more, a 90th percentile of "
    f"{MIN_HIGH_COUNT} or more, a mean change of {MIN_MEAN_COUNT} or more."
)
SOURCES = (
    "District names: Office for National Statistics, licensed under the Open Government Licence v3.0.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)
REACH_TEXT = (
    "Babies with an attended direct contact in the last complete financial year, each once, beside the children aged 0 "
    "to 4 who live there and the part of them who are thought to need the service. Unborn babies are among those seen "
    "and not among the children."
)


@dataclass(frozen=True)
class Counted:
    """A period as it was counted, exactly; `added`: the sections of other apps, which are protected already."""

    period: Period
    sections: Sequence[Section]
    added: Sequence[dict[str, Any]] = ()
    seen: Section | None = None


def build_snapshot(
    month: date,
    *,
    earlier_years: Sequence[dict[str, Any]] = (),
    earlier_months: Mapping[date, Mapping[str, str]] | None = None,
    say: Tell = lambda *_: None,
) -> dict:
    """The month's report as JSON.

    ``earlier_years``: financial years that earlier reports published: a year is published again as it was, since the
    same figure on two days' records would show what was written in between. ``earlier_months``: {first day: {figure:
    its published text}} of the months before, which page one compares with.
    """
    period, year = build_month_period(month), build_last_year(month)
    frozen = next((each for each in earlier_years if each["key"] == year.key), None)
    say(5, f"Counting {period.name}")
    with read_at_one_moment():
        counted = count_month(period)
        counted_year = None if frozen else count_year(year)
        needs, beside = load_needs(year.last), load_beside(period)
        beside_year = load_beside(year)
    proof, made_year = Proof(), frozen or {}
    say(40, "Protecting small numbers")
    drawn = _draw(counted, beside, proof, lambda: say(45, "Protecting small numbers"))
    if counted_year:
        made_year = _draw(counted_year, beside_year, proof, lambda: say(60, "Protecting the year"), needs)
    headline = _collect_headline(drawn)
    return {
        "title": f"Service report, {period.name}",
        "month": f"{month:%Y-%m}",
        "definitions_version": definitions.DEFINITIONS_VERSION,
        "note": f"{SUPPRESSION_NOTE} {JOINED_NOTE} {SHARE_NOTE}{proof.describe_withheld()}",
        "proof": proof.describe(),
        "definitions": definitions.describe_indicators(),
        "sources": list(SOURCES),
        **build_first_page(headline, drawn["sections"], made_year, period.name, earlier_months or {}),
        "headline": headline,
        "period": drawn,
        "year": made_year,
    }


def count_month(period: Period) -> Counted:
    """Everything of the month, by the same definitions as the equity report where it counts the same."""
    window = Window(period.first, period.last)
    counted = _count_indicators(period)
    work = list(build_work_sections(window, counted))
    # What the equity report adds itself is among these sections already.
    added = build_sections(period, without=REPORT_SECTIONS)
    return Counted(period, [*work, *build_service_sections(window)], added)


def count_year(year: Period) -> Counted:
    """Outcomes, goals and reach, of which a month has too few."""
    window, counted = Window(year.first, year.last), _count_indicators(year)
    sections = [build_outcomes(window, counted), build_goals(window)]
    return Counted(year, sections, seen=build_seen(counted))


def _count_indicators(period: Period) -> Indicators:
    return compute_indicators(period, load_places())


def _draw(
    counted: Counted,
    beside: Beside | None,
    proof: Proof,
    tell: Callable[[], None],
    needs: dict[str, PlaceNeed] | None = None,
) -> dict[str, Any]:
    period = counted.period
    sections = [*counted.sections, *([counted.seen] if counted.seen else [])]
    wholes = [whole for section in sections for whole in section.wholes]
    releases, found = protect_wholes(wholes, period, beside, tell)
    for name in ("cells", "repairs", "beside", "withheld"):
        setattr(proof, name, getattr(proof, name) + getattr(found, name))
    publisher = ProtectedPublisher(releases)
    drawn = [_draw_one(section, publisher, period) for section in counted.sections]
    if counted.seen and needs is not None:
        drawn.append(_draw_reach(counted.seen, publisher, needs, period))
    return {
        "key": period.key,
        "name": period.name,
        "first": f"{period.first:%Y-%m-%d}",
        "last": f"{period.last:%Y-%m-%d}",
        "counted_on": format_day(timezone.localdate()),
        "sections": _put_together(drawn, counted.added),
    }


def _draw_one(section: Section, publisher: Publisher, period: Period) -> dict[str, Any]:
    drawn = draw_section(section, publisher, period.name)
    drawn["tables"] += [_publish_table(table, period) for table in section.tables]
    return drawn


def _publish_table(table: SectionTable, period: Period) -> dict[str, Any]:
    return publish_section_table(table, period) | {"note": ""}


def _draw_reach(
    seen: Section, publisher: Publisher, needs: dict[str, PlaceNeed], period: Period
) -> dict[str, Any]:
    drawn = draw_section(seen, publisher, period.name)
    table = draw_reach(publisher, seen.wholes[0], needs, period.name)
    return drawn | {
        "key": "reach", "title": "Reach against need", "text": REACH_TEXT, "tables": [table],
    }  # fmt: skip


def _put_together(drawn: list[dict[str, Any]], added: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What other apps add stands before supervision, with the shape of the others."""
    theirs = [
        each
        | {
            "key": each["title"].lower().replace(" ", "_"),
            "figures": None,
            "charts": [],
            "too_few": [],
            "not_divided": [],
        }
        | {"tables": [_fold_hidden_rows(table) for table in each["tables"]]}
        for each in added
    ]
    at = next((n for n, each in enumerate(drawn) if each["key"] == "supervision"), len(drawn))
    return [*drawn[:at], *theirs, *drawn[at:]]


def _fold_hidden_rows(table: dict[str, Any]) -> dict[str, Any]:
    """Rows with nothing but * are named in one line below the table."""
    small = [row[0] for row in table["rows"] if row[0] != WHOLE_SERVICE and set(row[1:]) == {SUPPRESSED}]
    kept = [row for row in table["rows"] if row[0] not in small]
    return table | {"rows": kept, "too_small": small, "note": ""}


def _collect_headline(drawn: dict[str, Any]) -> dict[str, str]:
    """{what: the published text} of the figures of every section, for page one and for trends over months.

    Raises ValueError where two figures have one name.
    """
    found: dict[str, str] = {}
    for section in drawn["sections"]:
        for heading, text in (section["figures"] or {"rows": ()})["rows"]:
            if heading in found:
                raise ValueError(f"two figures are called “{heading}”")
            found[heading] = text
    return found
