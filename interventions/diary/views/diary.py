"""Days and weeks of a diary (own, colleague, site or room), and the printed day sheet."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.diary.booking_warnings import load_nearby_slots
from interventions.diary.diary_choice import (
    OWN_DIARY,
    VIEW_DAYS,
    get_chosen_span,
    parse_diary_owner,
    query_chosen_visits,
    read_diary_choice,
)
from interventions.diary.models import Appointment
from interventions.diary.presenters import build_visit_row, get_stop_reason
from interventions.diary.rules import Slot, find_clashes
from interventions.diary.visit_briefing import build_visit_briefings, load_families
from interventions.diary.visits import load_visits
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.models import Family


@policy.permission("read_families")
def show_diary(request: ScopedRequest) -> HttpResponse:
    """Show a diary. Whose, date and view are in the query string and survive a reload."""
    chosen = read_diary_choice(request)
    rows = load_visits(request, *get_chosen_span(chosen), *parse_diary_owner(request, chosen))
    families = load_families(request, [row.family_id for row in rows])
    near = _load_possible_clashes(request, chosen, rows)
    context = {
        "chosen": chosen,
        "days": _build_days(request, chosen, rows, families, near),
        "whose": chosen["choices"],
        "before": chosen["on"] - timedelta(days=VIEW_DAYS[chosen["view"]]),
        "after": chosen["on"] + timedelta(days=VIEW_DAYS[chosen["view"]]),
        "today": timezone.localdate(),
        "may_have_calendar": request.scope.may("write_records"),
        "keeps_rooms": request.scope.may("supervise", "manage_accounts"),
    }
    return render(request, "diary/diary.html", context)


@policy.permission("read_families")
def show_day_sheet(request: ScopedRequest) -> HttpResponse:
    """One day's visits for printing, in case systems are down. Each family is logged as opened."""
    chosen = read_diary_choice(request) | {"view": "day"}
    rows = list_visible(request, query_chosen_visits(request, chosen).planned().with_all().in_time())
    rows = [row for row in rows if not get_stop_reason(row)]
    families = load_families(request, [row.family_id for row in rows])
    facts = build_visit_briefings(request, [(families[row.family_id], row.work) for row in rows])
    request.access_log.opened.update(families)
    visits = [
        build_visit_row(row, families[row.family_id]) | {"facts": facts[number]}
        for number, row in enumerate(rows)
    ]
    context = {"chosen": chosen, "visits": visits, "printed": timezone.now()}
    return render(request, "diary/day_sheet.html", context)


def _load_possible_clashes(request: ScopedRequest, chosen: dict[str, Any], rows: list[Any]) -> list[Slot]:
    """Slots that could clash with these visits, or that take the time of the diary's person or room."""
    kind, _, pk = chosen["whose"].partition(":")
    staff = {row.practitioner_id for row in rows} | {pk for row in rows for pk in row.going}
    rooms = {row.room_id for row in rows if row.room_id} | ({UUID(pk)} if kind == "room" else set())
    staff |= {request.user.pk} if kind == OWN_DIARY else {UUID(pk)} if kind == "person" else set()
    return load_nearby_slots(
        *get_chosen_span(chosen), staff=staff, rooms=rooms, families={row.family_id for row in rows}
    )


def _build_days(
    request: ScopedRequest,
    chosen: dict[str, Any],
    rows: list[Appointment],
    families: dict[UUID, Family],
    near: list[Slot],
) -> list[tuple[date, list[dict[str, Any]]]]:
    """[(day, rows)]: visits, and times taken by bookings that the user may not open."""
    found = find_clashes(near)
    days = {chosen["on"] + timedelta(days=each): [] for each in range(VIEW_DAYS[chosen["view"]])}
    for row in rows:
        may = request.scope.may("write_records", at=row.site_id)
        shown = build_visit_row(row, families[row.family_id], found.get(row.pk, ()), may_write=may)
        days[shown["at"].date()].append(shown)
    for slot in _find_taken_slots(request, chosen, rows, near):
        days[slot["at"].date()].append(slot)
    return [(day, sorted(each, key=lambda row: row["at"])) for day, each in days.items()]


def _find_taken_slots(
    request: ScopedRequest, chosen: dict[str, Any], rows: list[Appointment], near: list[Slot]
) -> Iterator[dict[str, Any]]:
    """Times of the person's or room's bookings that are outside the user's scope."""
    kind, _, pk = chosen["whose"].partition(":")
    mine = request.user.pk if kind == OWN_DIARY else UUID(pk)
    known, (start, end) = {row.pk for row in rows}, get_chosen_span(chosen)
    for slot in near:
        theirs = mine == slot.room or (kind != "room" and mine in slot.staff)
        if slot.id not in known and theirs and start <= slot.starts_at < end:
            yield {
                "taken": True,
                "at": timezone.localtime(slot.starts_at),
                "until": timezone.localtime(slot.ends_at),
            }
