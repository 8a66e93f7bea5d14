"""Which diary is asked for: whose, which days, and what the user may choose among."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_time

from interventions.diary.models import AppointmentQuerySet, Room, query_record_writers
from interventions.diary.visits import query_visits
from pairs.access.batch_query import Query, build_user_name
from pairs.access.prepared_records import PreparedRecords
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.service.models import Site, User
from pairs.submissions.actions import parse_token
from pairs.web.local_days import get_monday, get_start_of_day

OWN_DIARY = "mine"
VIEW_DAYS = {"day": 1, "week": 7}
MAX_RANGE = timedelta(days=3 * 366)  # how far from today a requested date may be, either way


def read_diary_choice(request: ScopedRequest, usual_view: str = "day") -> dict[str, Any]:
    """Read owner, date and view from the query string; unknown values fall back to the defaults."""
    choices = _list_diary_choices(request)
    known = {value for _, options in choices for value, _ in options}
    asked = request.GET.get("whose", "")
    whose = asked if asked in known else OWN_DIARY
    view = request.GET.get("view") if request.GET.get("view") in VIEW_DAYS else usual_view
    on = parse_requested_day(request.GET.get("on")) or timezone.localdate()
    start = get_monday(on) if view == "week" else on
    words = next(text for _, options in choices for value, text in options if value == whose)
    return {"whose": whose, "view": view, "on": start, "choices": choices, "words": words}


def find_diary_choice_errors(request: ScopedRequest, chosen: dict[str, Any]) -> dict[str, str]:
    """What of the query string `read_diary_choice` could not follow: a program is not given another diary instead."""
    asked = {name: request.GET.get(name) for name in ("whose", "view", "on")}
    errors = {
        "whose": "You cannot open this diary." if asked["whose"] not in (None, chosen["whose"]) else "",
        "view": "Send “day” or “week”." if asked["view"] not in (None, chosen["view"]) else "",
        "on": "Send a day such as 2026-11-30, at most three years from today."
        if asked["on"] is not None and not parse_requested_day(asked["on"])
        else "",
    }
    return {name: error for name, error in errors.items() if error}


def parse_requested_day(text: str | None) -> date | None:
    """The date in the query string; None if it is missing, invalid or too far away."""
    try:
        day = parse_date(text or "")
    except ValueError:
        return None
    return day if day and abs(day - timezone.localdate()) <= MAX_RANGE else None


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


def get_chosen_span(chosen: dict[str, Any]) -> tuple[datetime, datetime]:
    """[start, end) of the chosen days as datetimes."""
    return get_day_span(chosen["on"], VIEW_DAYS[chosen["view"]])


@dataclass(frozen=True)
class WantedTime:
    """What was chosen in a diary before a visit's form is opened: any of it may be missing."""

    on: date | None = None
    at: time | None = None
    minutes: int | None = None
    practitioner: UUID | None = None

    def build_initial(self) -> dict[str, Any]:
        """As first values of the form that books a visit."""
        values = {
            "starts_on": self.on,
            "starts_time": self.at,
            "minutes": self.minutes,
            "practitioner": self.practitioner,
        }
        return {name: value for name, value in values.items() if value is not None}


def read_wanted_time(request: ScopedRequest) -> WantedTime:
    """From the query string of a link that a diary made; what cannot be read is left out."""
    minutes = request.GET.get("minutes", "")
    whose = request.GET.get("whose", "").removeprefix("person:")
    return WantedTime(
        on=parse_requested_day(request.GET.get("on")),
        at=_parse_time(request.GET.get("at", "")),
        minutes=int(minutes) if re.fullmatch("[1-9][0-9]{0,2}", minutes) else None,
        practitioner=parse_token(whose),
    )


def _parse_time(text: str) -> time | None:
    try:
        return parse_time(text)
    except ValueError:
        return None


def list_chosen_days(chosen: dict[str, Any]) -> list[date]:
    return [chosen["on"] + timedelta(days=number) for number in range(VIEW_DAYS[chosen["view"]])]


def get_day_span(first: date, days: int = 1) -> tuple[datetime, datetime]:
    """[start, end) of a day, or of several, as datetimes."""
    return get_start_of_day(first), get_start_of_day(first + timedelta(days=days))


def parse_diary_owner(request: ScopedRequest, chosen: dict[str, Any]) -> tuple[str, UUID]:
    """(kind of diary: site, room or person; its id)."""
    kind, _, pk = chosen["whose"].partition(":")
    return (kind, UUID(pk)) if pk else ("person", request.user.pk)


def query_chosen_visits(request: ScopedRequest, chosen: dict[str, Any]) -> AppointmentQuerySet:
    """The visits of that diary in those days; a moved visit appears at its new time only."""
    return query_visits(*get_chosen_span(chosen), *parse_diary_owner(request, chosen))
