"""What somebody has today: their visits, what needs them now, and their own families in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from interventions.diary.diary_choice import get_day_span
from interventions.diary.models import Appointment, query_next_visit_of
from interventions.diary.presenters import build_short_visit_row
from interventions.diary.rules import CANCELLED_STATUSES
from interventions.diary.visits import LoadedVisits, load_visits
from pairs.access.batch_query import PreparedBatch, Query, parse_datetime
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.families.due import DueItem
from pairs.families.family_line import FamilyLine
from pairs.families.last_day import list_living
from pairs.families.safe_contact import describe_safe_contact
from pairs.matching.recent_families import build_recently_opened_query, read_recently_opened
from pairs.web.formats import format_plural
from referrals.views.professional import build_drafts_query, present_draft
from reporting.dashboards.caseload import build_figures_query
from reporting.dashboards.due_cache import DueLists
from reporting.dashboards.due_groups import build_due_groups, get_due_rank, group_due_items
from reporting.dashboards.supervisor_home import build_supervisor_queries
from reporting.dashboards.urgent_count import URGENT_KINDS

NEEDS_SHOWN, RECENT_SHOWN = 7, 6
SMALL_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")


def list_visits_of_today(request: ScopedRequest, on: date) -> list[dict[str, Any]]:
    """Their own visits in order of time; the first that has not begun is marked ``next``."""
    loaded = load_visits(request, *get_day_span(on), "person", request.user.pk, with_next_steps=True)
    rows = [_build_visit_of_today(request, visit, loaded) for visit in loaded.visits]
    return _mark_next(rows, timezone.localtime())


def _build_visit_of_today(request: ScopedRequest, visit: Appointment, loaded: LoadedVisits) -> dict[str, Any]:
    may_write = request.scope.may("write_records", at=visit.site_id)
    return build_short_visit_row(visit, loaded.families[visit.family_id], may_write=may_write) | {
        "remember": loaded.next_steps.get(visit.work.pk) if visit.work else None,
        "safe": _describe_safe_contact(visit),
    }


def _describe_safe_contact(visit: Appointment) -> Any:
    """Of the first carer who is expected; None where only babies are, or nobody who lives."""
    carers = list_living(row.caregiver for row in visit.expected.all() if row.caregiver_id)
    return describe_safe_contact(carers[0]) if carers else None


def _mark_next(rows: Sequence[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    coming = next((row["id"] for row in rows if row["at"] >= now and row["knock_href"]), None)
    return [row | {"next": row["id"] == coming} for row in rows]


@dataclass(frozen=True)
class OwnWork:
    """What else is somebody's own: rows of ``build_figures_query``, their next visit, referrals begun and not sent.

    ``recent``: ids of the families they opened last, newest first, in scope or not; ``supervised``: rows of each of
    ``build_supervisor_queries``, of who supervises.
    """

    episodes: list[dict[str, Any]]
    next_visit_at: datetime | None
    drafts: list[dict[str, Any]]
    recent: list[UUID]
    supervised: list[list[dict[str, Any]]]


def load_own_work(request: ScopedRequest, on: date) -> OwnWork:
    episodes, visits, drafts, opened, *supervised = _OWN_WORK_BATCH.rows(request.scope, on)
    next_at = parse_datetime(visits[0]["at"]) if visits else None
    return OwnWork(
        episodes,
        next_at and timezone.localtime(next_at),
        list(map(present_draft, drafts)),
        read_recently_opened(opened, most=RECENT_SHOWN),
        supervised,
    )


def _build_own_work_queries(scope: TemplateScope, on: date) -> list[Query]:
    return [
        build_figures_query(scope, on),
        Query(query_next_visit_of(scope.user_id, scope), {"at": "starts_at"}),
        build_drafts_query(scope),
        build_recently_opened_query(scope.user_id),
        *(build_supervisor_queries(scope, on) if scope.may("supervise") else ()),
    ]


_OWN_WORK_BATCH = PreparedBatch(_build_own_work_queries)


def describe_day(visits: Sequence[dict[str, Any]], next_at: datetime | None) -> str:
    """“Five visits today; the next is at 11:00.” Where there is none, when the next one is.

    Those that a loss or an ending has stopped are counted apart: the list shows them, and someone has to decide.
    """
    kept = [row for row in visits if row["status"] not in CANCELLED_STATUSES]
    standing = [row for row in kept if not row["stopped"]]
    undecided = len(kept) - len(standing)
    asked = f" {_spell(undecided, 'visit')} to keep or cancel." if undecided else ""
    if not standing:
        return f"No visits today.{f' The next is {next_at:%a %-d %b %H:%M}.' if next_at else ''}{asked}"
    coming = next((f"; the next is at {row['at']:%H:%M}" for row in standing if row["next"]), "")
    return f"{_spell(len(standing), 'visit')} today{coming}.{asked}"


def _spell(count: int, one: str) -> str:
    """“Three visits”, in figures above ten."""
    if count >= len(SMALL_NUMBERS):
        return format_plural(count, one)
    return f"{SMALL_NUMBERS[count]} {one if count == 1 else one + 's'}"


def choose_needs(found: DueLists, on: date) -> list[DueItem]:
    """What needs them most."""
    items = [item for kind in URGENT_KINDS for item in found.items[kind]]
    return sorted(items, key=lambda item: get_due_rank(item, on))[:NEEDS_SHOWN]


def present_needs(
    request: ScopedRequest, needs: list[DueItem], lines: dict[UUID, FamilyLine], on: date
) -> list[dict[str, Any]]:
    """Each in a row with its family's line, of the ``lines`` of families in scope."""
    groups = build_due_groups(request.scope, group_due_items(needs, on), on, lines, {})
    request.access_log.listed.update(group["family"] for group in groups if group["family"])
    return [
        row | {"line": group["line"], "family_href": group["href"]}
        for group in groups
        for row in group["rows"]
    ]
