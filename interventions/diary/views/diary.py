"""Days and weeks of a diary (own, colleague, site or room), and the printed day sheet."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date

from interventions.diary.booking_warnings import load_nearby_slots
from interventions.diary.models import Appointment, AppointmentQuerySet, Room, query_record_writers
from interventions.diary.presenters import build_visit_row, get_stop_reason
from interventions.diary.rules import Slot, find_clashes
from interventions.diary.visit_briefing import build_visit_briefings, load_families
from interventions.diary.visits import load_visits, query_visits
from pairs.access import policy
from pairs.access.batch_query import Query, build_user_name
from pairs.access.prepared_records import PreparedRecords
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import list_visible
from pairs.families.models import Family
from pairs.service.models import Site, User

OWN_DIARY = "mine"
VIEW_DAYS = {"day": 1, "week": 7}
MAX_RANGE = timedelta(days=3 * 366)  # how far from today a requested date may be, either way


@policy.permission("read_families")
def show_diary(request: ScopedRequest) -> HttpResponse:
    """Show a diary. Whose, date and view are in the query string and survive a reload."""
    chosen = read_diary_choice(request)
    rows = load_visits(request, *_get_span(chosen), *_parse_diary_owner(request, chosen))
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


def read_diary_choice(request: ScopedRequest) -> dict[str, Any]:
    """Read owner, date and view from the query string; unknown values fall back to the defaults."""
    choices = _list_diary_choices(request)
    known = {value for _, options in choices for value, _ in options}
    asked = request.GET.get("whose", "")
    whose = asked if asked in known else OWN_DIARY
    view = request.GET.get("view") if request.GET.get("view") in VIEW_DAYS else "day"
    on = parse_requested_day(request.GET.get("on"))
    start = on - timedelta(days=on.weekday()) if view == "week" else on
    words = next(text for _, options in choices for value, text in options if value == whose)
    return {"whose": whose, "view": view, "on": start, "choices": choices, "words": words}


def parse_requested_day(text: str | None) -> date:
    """The date in the query string; today if it is missing, invalid or too far away."""
    today = timezone.localdate()
    try:
        day = parse_date(text or "")
    except ValueError:
        day = None
    return day if day and abs(day - today) <= MAX_RANGE else today


def _list_diary_choices(request: ScopedRequest) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(group, [(value, label)])]: own diary, own sites, their rooms, their staff."""
    offered = _PREPARED_CHOICES.rows(request.scope, me=request.user.pk)
    rooms = [row | {"name": f"{row['name']}, {row['site']}"} for row in offered["rooms"]]
    return [
        ("Me", [(OWN_DIARY, "My diary")]),
        ("Sites", _build_options("site", offered["sites"])),
        ("Rooms", _build_options("room", rooms)),
        ("Colleagues", _build_options("person", offered["people"])),
    ]


def _build_options(kind: str, rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(f"{kind}:{row['id']}", row["name"]) for row in rows]


def _build_choice_queries(scope: TemplateScope, me: UUID) -> dict[str, Query]:
    ids = scope.sites("read_families")
    writers = User.objects.filter(pk__in=query_record_writers(ids).order_by().values("pk")).exclude(pk=me)
    rooms = Room.objects.visible_to(scope).in_use().filter(site__in=ids).by_name()
    return {
        "sites": Query(Site.objects.filter(pk__in=ids), {"id": "id", "name": "name"}),
        "rooms": Query(rooms, {"id": "id", "name": "name", "site": "site__name"}),
        "people": Query(
            writers.order_by("display_name", "username"), {"id": "id", "name": build_user_name()}
        ),
    }


_PREPARED_CHOICES = PreparedRecords(_build_choice_queries)


def _get_span(chosen: dict[str, Any]) -> list[Any]:
    """[start, end) of the chosen days as datetimes."""
    last = chosen["on"] + timedelta(days=VIEW_DAYS[chosen["view"]])
    return [timezone.make_aware(datetime.combine(day, time.min)) for day in (chosen["on"], last)]


def query_chosen_visits(request: ScopedRequest, chosen: dict[str, Any]) -> AppointmentQuerySet:
    """The visits of that diary in those days; a moved visit appears at its new time only."""
    return query_visits(*_get_span(chosen), *_parse_diary_owner(request, chosen))


def _parse_diary_owner(request: ScopedRequest, chosen: dict[str, Any]) -> tuple[Any, ...]:
    """(kind of diary: site, room or person; its id)."""
    kind, _, pk = chosen["whose"].partition(":")
    return (kind, UUID(pk)) if pk else ("person", request.user.pk)


def _load_possible_clashes(request: ScopedRequest, chosen: dict[str, Any], rows: list[Any]) -> list[Slot]:
    """Slots that could clash with these visits, or that take the time of the diary's person or room."""
    kind, _, pk = chosen["whose"].partition(":")
    staff = {row.practitioner_id for row in rows} | {pk for row in rows for pk in row.going}
    rooms = {row.room_id for row in rows if row.room_id} | ({UUID(pk)} if kind == "room" else set())
    staff |= {request.user.pk} if kind == OWN_DIARY else {UUID(pk)} if kind == "person" else set()
    return load_nearby_slots(
        *_get_span(chosen), staff=staff, rooms=rooms, families={row.family_id for row in rows}
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
    known, (start, end) = {row.pk for row in rows}, _get_span(chosen)
    for slot in near:
        theirs = mine == slot.room or (kind != "room" and mine in slot.staff)
        if slot.id not in known and theirs and start <= slot.starts_at < end:
            yield {
                "taken": True,
                "at": timezone.localtime(slot.starts_at),
                "until": timezone.localtime(slot.ends_at),
            }
