"""The service today in numbers, for managers: small numbers protected as in the reports, and no list behind them.

The figures are rounded and joined by the reports' rule but not attacked together: they are read inside the service,
change from day to day, and cannot be taken out.
"""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.scope import Scope
from pairs.matching.counted import select_counted
from pairs.service.models import Site
from pairs.service.report_sections import SectionTable
from pairs.web.formats import format_amount
from referrals.models import Consultation
from referrals.rules.choices import ConsultationStatus
from reporting.evidence.disclosure import SUPPRESSED
from reporting.evidence.rules import WHOLE_SERVICE, Period
from reporting.evidence.sections import publish_section_table
from reporting.performance.counting.caseload import build_caseload, query_open_episodes
from reporting.performance.counting.service import (
    build_capacity,
    build_supervision,
    load_compliance,
    load_direct_staff,
)
from reporting.performance.counting.waits import MeasuredClock, count_waiting, load_clocks
from reporting.performance.definitions import DEFINITIONS_VERSION
from reporting.performance.drawing import draw_section
from reporting.performance.figures import Section, Whole, Window, divide
from reporting.performance.models import ServiceReport
from reporting.performance.published import ProtectedPublisher

# Heading of a figure of the service report → how the funnel calls it.
FUNNEL = {
    "Babies referred": "Referred",
    "Babies accepted": "Accepted",
    "Babies with a first contact": "First contact",
    "Babies whose episode ended": "Ended",
}
BY_SITE, BY_PLACE, NOT_DIVIDED = "Site", "Place", "–"


def build_service_now(scope: Scope, on: date) -> dict[str, Any]:
    """Sections as they are drawn, the sites side by side, and last month's report, for one page."""
    today = Period("day", f"{on:%-d %B %Y}", on, on)
    window = Window(on, on)
    clocks, publisher = load_clocks(window), ProtectedPublisher()
    sections = [_count_waits(clocks, on), _leave_out_sites(build_caseload(window)), _count_consultations()]
    drawn = [draw_section(each, publisher, today.name) for each in sections]
    for section in (build_supervision(window), build_capacity(window)):
        drawn.append(
            draw_section(section, publisher, today.name)
            | {"tables": [publish_section_table(table, today) for table in section.tables]}
        )
    return {"sections": drawn, "sites": _compare_sites(window, today), "month": _load_last_month(scope)}


def _count_waits(clocks: list[MeasuredClock], on: date) -> Section:
    text = "Babies, and carers referred for themselves, who have had no first contact, by how long they have waited."
    return Section(
        "waits", "Waiting times", text, (count_waiting(clocks, on, "Waiting for a first contact today"),)
    )


def _leave_out_sites(section: Section) -> Section:
    """The open episodes alone: by site they stand in the table of sites."""
    whole = section.wholes[0]
    kept = tuple(each for each in whole.divisions if each.axis != BY_SITE)
    text = "Episodes open today, by THRIVE grouping, when the family was last seen, and safeguarding status."
    return Section(
        "caseload", "Caseload", text, (Whole(whole.name, "Episodes open today", whole.count, kept),)
    )


def _count_consultations() -> Section:
    found = [
        ConsultationStatus(status).label
        for status in select_counted(Consultation.objects.open()).values_list("status", flat=True)
    ]
    labels = [ConsultationStatus.ASKED.label, ConsultationStatus.ARRANGED.label]
    whole = Whole(
        "open_consultations",
        "Consultations to hold",
        len(found),
        (divide("How far they are", labels, found),),
    )
    return Section(
        "consultation", "Consultation", "Consultations that were requested or booked and not held.", (whole,)
    )


def _compare_sites(window: Window, today: Period) -> dict[str, Any]:
    """Open episodes and consultations as counts, staff and supervision as texts."""
    episodes = Counter(query_open_episodes(window).values_list("site", flat=True))
    open_ones = select_counted(Consultation.objects.open())
    consultations = Counter(open_ones.values_list("site", flat=True))
    staff = load_direct_staff(window)
    rows = [
        (
            site.name,
            episodes[site.pk],
            consultations[site.pk],
            format_amount(staff[site.pk]),
            _describe_supervision(site.pk, window.last),
        )
        for site in Site.objects.filter(opens_on__lte=window.last).order_by("name")
    ]
    headings = (
        BY_SITE,
        "Open episodes",
        "Consultations to hold",
        "Whole-time equivalents with direct work",
        "Supervision held of that due in 12 weeks",
    )
    return publish_section_table(SectionTable("Sites side by side", headings, rows, adds_up=True), today)


def _describe_supervision(site: UUID, on: date) -> str:
    compliance = load_compliance(Window(on, on, frozenset({site})))
    standings = [each for rows, _ in compliance.values() for each in rows]
    due, held = (
        sum(each.expected for each in standings),
        sum(min(each.held, each.expected) for each in standings),
    )
    return f"{held} of {due}" if due else "None due"


def _load_last_month(scope: Scope) -> dict[str, Any] | None:
    """The newest month's published figures, from referral to ending and by place; None before there is one."""
    made = ServiceReport.objects.visible_to(scope).filter(version=DEFINITIONS_VERSION, snapshot__isnull=False)
    columns = ("pk", "month", "snapshot__headline", "snapshot__period__sections")
    newest = made.order_by("-month").values_list(*columns).first()
    if newest is None:
        return None
    pk, month, headline, sections = newest
    texts = [(words, headline.get(heading, SUPPRESSED)) for heading, words in FUNNEL.items()]
    rows = [(words, int(text) if text.isdigit() else None, text) for words, text in texts]
    return {"report": pk, "month": month, "rows": rows, "places": _compare_places(sections, f"{month:%B %Y}")}


def _compare_places(sections: list[dict[str, Any]], month: str) -> dict[str, Any] | None:
    """Every published table by place in one; None where the month was not divided by place."""
    tables = [table for section in sections for table in section["tables"] if table["headers"][0] == BY_PLACE]
    texts = [dict(table["rows"]) for table in tables]
    labels = dict.fromkeys(label for column in texts for label in column if label != WHOLE_SERVICE)
    if not labels:
        return None
    rows = [
        [label, *(column.get(label, NOT_DIVIDED) for column in texts)] for label in (*labels, WHOLE_SERVICE)
    ]
    is_uneven = any(NOT_DIVIDED in row for row in rows)
    return {
        "title": f"Places side by side, {month}",
        "headers": [BY_PLACE, *(table["headers"][1] for table in tables)],
        "rows": rows,
        "note": f"{NOT_DIVIDED}: joined with others in that column, as in the report." if is_uneven else "",
    }
