"""Due items of who does the work: absences without cover, families without a lead."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from interventions.workforce.lead_gaps import FACTS, find_gap_of, query_facts_by_lead
from interventions.workforce.models import Absence
from interventions.workforce.rules import LeadGap
from pairs.access.batch_query import Query, build_user_name, parse_date
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, build_due_item

COVER_NAMED_BEFORE = timedelta(days=7)  # our own choice: a week to hand over, no national rule


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """For whoever supervises there: absences without cover, and leads to be replaced. They are in no family's list."""
    if families is not None or not scope.may("supervise"):
        return []
    return [_build_cover_query(scope, on), _build_leads_query(scope, on)]


def _build_cover_query(scope: Scope, on: date) -> Query:
    rows = (
        Absence.objects.standing()
        .visible_to(scope)
        .unended(on)
        .filter(cover=None, starts_on__lte=on + COVER_NAMED_BEFORE, site__in=scope.sites("supervise"))
    )
    fields = {"id": "id", "site": "site_id", "who": build_user_name("person"), "starts": "starts_on"}
    return Query(rows, fields, lambda row: [_build_cover_item(row)])


def _build_cover_item(row: dict[str, str]) -> DueItem:
    return build_due_item(
        row,
        code="absence_without_cover",
        kind=CLINICAL,
        title="Name who covers this absence",
        page="change-absence",
        due_on=parse_date(row["starts"]),
    )


def _build_leads_query(scope: Scope, on: date) -> Query:
    """One row for each lead and site, however many families: the work is handed over on one page."""
    rows = query_facts_by_lead(on, scope.sites("supervise"))
    fields = {name: name for name in FACTS} | {
        "id": "lead_id",
        "site": "site_id",
        "who": build_user_name("lead"),
    }

    def to_due_items(row: dict[str, Any]) -> Iterator[DueItem]:
        days = {name: parse_date(row[name]) for name in ("last_day", "site__closes_on")}
        gap = find_gap_of(row | days, on)
        if gap and gap[0] != LeadGap.AWAY:  # an absence without cover is due by itself
            yield build_due_item(
                row,
                code="families_without_lead",
                kind=CLINICAL,
                title="Hand over a colleague’s families",
                page="hand-over-work",
                due_on=gap[1],
                why=f"{gap[0].label}. Their families need a lead.",
            )

    return Query(rows, fields, to_due_items)
