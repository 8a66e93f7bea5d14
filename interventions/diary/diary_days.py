"""The days of a diary as its page shows them: entries in order of time with their places, time taken, free hours."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone

from interventions.diary import week_grid
from interventions.diary.rules import CANCELLED_STATUSES

SATURDAY = 5


class EntryKind(TextChoices):
    """What an entry's colour says; the words beside it say the same."""

    VISIT = "visit", "Visit"
    GROUP = "group", "Group"
    OTHER = "other", "Other bookings"
    ATTENTION = "attention", "Clash, or not written up"
    CANCELLED = "cancelled", "Cancelled"
    TAKEN = "taken", "Taken"


KINDS_BY_WEIGHT = (
    EntryKind.ATTENTION,
    EntryKind.VISIT,
    EntryKind.GROUP,
    EntryKind.OTHER,
    EntryKind.TAKEN,
    EntryKind.CANCELLED,
)


@dataclass(frozen=True)
class Block:
    """Entries that overlap in time, mostly one: drawn as one, since halves of a day's width cannot be read."""

    place: week_grid.Place
    kind: EntryKind
    rows: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class DiaryDay:
    """One day. ``travel``: places on the axis before visits; ``offers``: free hours that can be booked."""

    day: date
    blocks: Sequence[Block]
    booked: str
    travel: Sequence[week_grid.Place] = ()
    offers: Sequence[dict[str, Any]] = field(default_factory=list)
    is_today: bool = False


def build_days(
    rows: Iterable[dict[str, Any]], days: Iterable[date], now: datetime, *, offered_to: str = ""
) -> list[DiaryDay]:
    """All days, empty ones too. ``offered_to``: whose free hours can be booked ("mine", "person:…"); '' for none."""
    by_day: dict[date, list[dict[str, Any]]] = {day: [] for day in days}
    for row in rows:
        by_day[row["at"].date()].append(row)
    return [_build_day(day, each, now, offered_to) for day, each in by_day.items()]


def _build_day(day: date, rows: list[dict[str, Any]], now: datetime, offered_to: str) -> DiaryDay:
    rows = sorted(rows, key=lambda row: row["at"])
    taken = [_get_taken_span(row) for row in rows if not _is_cancelled(row)]
    going_ahead = [_get_taken_span(row) for row in rows if not _is_off(row)]
    offers = week_grid.list_offers(day, taken, now) if offered_to else []
    return DiaryDay(
        day=day,
        blocks=_build_blocks(rows),
        booked=week_grid.describe_minutes(week_grid.add_up_minutes(going_ahead)),
        travel=[week_grid.place_span(span) for row in rows if (span := _get_travel_span(row))],
        offers=[_build_offer(span, offered_to) for span in offers],
        is_today=day == now.date(),
    )


def _build_blocks(rows: Sequence[dict[str, Any]]) -> list[Block]:
    groups = week_grid.group_overlapping([(row["at"], row["until"]) for row in rows])
    return [_build_block([rows[position] for position in group]) for group in groups]


def _build_block(rows: Sequence[dict[str, Any]]) -> Block:
    """Of several the kind that asks most of the reader."""
    rows = [row | {"entry": _get_entry_kind(row)} for row in rows]
    kinds = [row["entry"] for row in rows]
    kind = next(kind for kind in KINDS_BY_WEIGHT if kind in kinds)
    span = min(row["at"] for row in rows), max(row["until"] for row in rows)
    return Block(week_grid.place_span(span), kind, rows)


def _is_cancelled(row: dict[str, Any]) -> bool:
    return row.get("status") in CANCELLED_STATUSES


def _is_off(row: dict[str, Any]) -> bool:
    """It will not be made as it stands: cancelled, or stopped by a loss or an ending until someone decides."""
    return _is_cancelled(row) or bool(row.get("stopped"))


def _get_taken_span(row: dict[str, Any]) -> week_grid.Span:
    """From setting off to the end."""
    return row["at"] - timedelta(minutes=row.get("travel") or 0), row["until"]


def _get_travel_span(row: dict[str, Any]) -> week_grid.Span | None:
    """The way there, of a visit that stands; what would begin the day before begins at midnight."""
    leaves = _get_taken_span(row)[0]
    if leaves == row["at"] or _is_off(row):
        return None
    return max(leaves, row["at"].replace(hour=0, minute=0)), row["at"]


def _get_entry_kind(row: dict[str, Any]) -> EntryKind:
    if row.get("taken"):
        return EntryKind.TAKEN
    if _is_off(row):
        return EntryKind.CANCELLED
    if row["clashes"] or row.get("write_href"):
        return EntryKind.ATTENTION
    if row.get("engagement"):
        return EntryKind.GROUP if row["for_families"] else EntryKind.OTHER
    return EntryKind.VISIT


def _build_offer(span: week_grid.Span, whose: str) -> dict[str, Any]:
    start, end = span
    asked = {"on": start.date().isoformat(), "at": f"{start:%H:%M}", "whose": whose}
    minutes = {"minutes": (end - start) // timedelta(minutes=1)}
    return {
        "at": start,
        "until": end,
        "place": week_grid.place_span(span),
        "href": f"{reverse('book-a-time')}?{urlencode(asked | minutes)}",
    }


def build_axis(days: Iterable[DiaryDay]) -> week_grid.Axis:
    """The hours that hold everything of these days."""
    return week_grid.build_axis(
        place for day in days for place in (*(block.place for block in day.blocks), *day.travel)
    )


def leave_out_weekend(days: Sequence[DiaryDay], *, asked: bool) -> list[DiaryDay]:
    """A week without Saturday and Sunday, unless they are asked for or something is booked on them."""
    return [day for day in days if asked or day.blocks or day.day.weekday() < SATURDAY]


def describe_days(days: Sequence[DiaryDay]) -> str:
    """“Monday 30 November 2026”, “30 November to 4 December 2026”."""
    first, last = days[0].day, days[-1].day
    if first == last:
        return f"{first:%A %-d %B %Y}"
    same_month, same_year = (first.year, first.month) == (last.year, last.month), first.year == last.year
    start = f"{first:%-d}" if same_month else f"{first:%-d %B}" if same_year else f"{first:%-d %B %Y}"
    return f"{start} to {last:%-d %B %Y}"


def place_now(days: Iterable[DiaryDay], axis: week_grid.Axis) -> week_grid.Place | None:
    """Where the present moment stands on today's axis, if today and this hour are shown."""
    now = timezone.localtime()
    place = week_grid.place_span((now, now))
    is_shown = any(day.is_today for day in days) and axis.start <= place.start < axis.end
    return place if is_shown else None
