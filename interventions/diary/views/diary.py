"""Days and weeks of a diary (own, colleague, site or room), and the printed day sheet."""

from collections.abc import Collection, Iterator
from datetime import timedelta
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
    list_chosen_days,
    parse_diary_owner,
    query_chosen_visits,
    read_diary_choice,
)
from interventions.diary.diary_days import (
    EntryKind,
    build_axis,
    build_days,
    describe_days,
    leave_out_weekend,
    place_now,
)
from interventions.diary.engagements import Engagement, build_engagement_row, load_engagements
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
    chosen = read_diary_choice(request, usual_view="week")
    loaded = load_visits(request, *get_chosen_span(chosen), *parse_diary_owner(request, chosen))
    visits, families = loaded.visits, loaded.families
    near = _load_possible_clashes(request, chosen, visits)
    others = _load_engagements(request, chosen, families)
    rows = _build_rows(request, chosen, visits, families, near, others)
    all_days = build_days(
        rows, list_chosen_days(chosen), timezone.localtime(), offered_to=_get_offered_to(request, chosen)
    )
    shows_weekend = "weekend" in request.GET
    days = leave_out_weekend(all_days, asked=shows_weekend or chosen["view"] == "day")
    axis = build_axis(days)
    context = {
        "chosen": chosen,
        "days": days,
        "words_of_days": describe_days(days),
        "axis": axis,
        "now": place_now(days, axis),
        "as_grid": _is_drawn_as_grid(chosen),
        "shows_weekend": shows_weekend,
        "hides_weekend": len(days) < len(all_days),
        "kinds": [kind for kind in EntryKind if kind != EntryKind.TAKEN],
        "whose": chosen["choices"],
        "before": chosen["on"] - timedelta(days=VIEW_DAYS[chosen["view"]]),
        "after": chosen["on"] + timedelta(days=VIEW_DAYS[chosen["view"]]),
        "today": timezone.localdate(),
        "may_have_calendar": request.scope.may("write_records"),
        "keeps_rooms": request.scope.may("supervise", "manage_accounts"),
    }
    return render(request, "diary/diary.html", context)


def _is_drawn_as_grid(chosen: dict[str, Any]) -> bool:
    """A week of one person or room on a time axis; of a whole site too much happens at once, so it is a list."""
    return chosen["view"] == "week" and not chosen["whose"].startswith("site:")


def _get_offered_to(request: ScopedRequest, chosen: dict[str, Any]) -> str:
    """Whose free hours can be booked from here: one's own, or a colleague's."""
    is_bookable = chosen["whose"] == OWN_DIARY or chosen["whose"].startswith("person:")
    return chosen["whose"] if is_bookable and request.scope.may("write_records") else ""


@policy.permission("read_families")
def show_day_sheet(request: ScopedRequest) -> HttpResponse:
    """One day's visits for printing, in case systems are down. Each family is logged as opened."""
    chosen = read_diary_choice(request) | {"view": "day"}
    rows = list_visible(request, query_chosen_visits(request, chosen).planned().with_all().in_time())
    rows = [row for row in rows if not get_stop_reason(row)]
    families = load_families(request, [row.family_id for row in rows])
    facts = build_visit_briefings(request, [(families[row.family_id], row.work) for row in rows])
    request.access_log.opened.update(families)
    others = [
        build_engagement_row(each, me=request.user.pk)
        for each in _load_engagements(request, chosen, [])
        if _is_in_diary(request, chosen, each)
    ]
    visits = [
        build_visit_row(row, families[row.family_id]) | {"facts": facts[number]}
        for number, row in enumerate(rows)
    ]
    context = {"chosen": chosen, "visits": visits, "others": others, "printed": timezone.now()}
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


def _load_engagements(
    request: ScopedRequest, chosen: dict[str, Any], families: Collection[UUID]
) -> list[Engagement]:
    """What else is in this diary, and what takes the time of its families."""
    kind, pk = parse_diary_owner(request, chosen)
    theirs = {"staff": [pk]} if kind == "person" else {"sites": [pk]} if kind == "site" else {}
    return load_engagements(request.scope, *get_chosen_span(chosen), families=families, **theirs)


def _is_in_diary(request: ScopedRequest, chosen: dict[str, Any], each: Engagement) -> bool:
    kind, pk = parse_diary_owner(request, chosen)
    return pk in each.staff if kind == "person" else kind == "site" and pk == each.site_id and each.is_visible


def _build_rows(
    request: ScopedRequest,
    chosen: dict[str, Any],
    visits: list[Appointment],
    families: dict[UUID, Family],
    near: list[Slot],
    others: list[Engagement],
) -> list[dict[str, Any]]:
    """Visits, what else is in this diary, and times taken by bookings that the user may not open."""
    found = find_clashes([*near, *(each.slot for each in others)])
    rows = [
        build_visit_row(
            visit,
            families[visit.family_id],
            found.get(visit.pk, ()),
            may_write=request.scope.may("write_records", at=visit.site_id),
        )
        for visit in visits
    ]
    rows += _find_taken_slots(request, chosen, visits, near)
    return rows + [
        build_engagement_row(each, found.get(each.id, ()), me=request.user.pk)
        for each in others
        if _is_in_diary(request, chosen, each)
    ]


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
