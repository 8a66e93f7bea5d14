"""Where each entry of a day stands on the diary's time axis, what time is taken, and what is free. Pure: no clock.

Moments are aware datetimes in the local time zone; places on the axis are minutes since midnight, in steps of five.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

STEP = 5  # minutes: as fine as entries are drawn
AXIS_FROM, AXIS_UNTIL = 8 * 60 + 30, 17 * 60 + 30
# The service's own choice, from no guideline: when an empty hour is offered to be booked.
OFFERED_FROM, OFFERED_UNTIL = time(9), time(17)
OFFERED_LENGTH, SHORTEST_OFFER = timedelta(hours=1), timedelta(minutes=30)
MIDNIGHT = 24 * 60

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Place:
    """On the axis: ``start`` and ``length`` in minutes."""

    start: int
    length: int

    @property
    def is_short(self) -> bool:
        """Whether time and name have to share a line."""
        return self.length < 45


@dataclass(frozen=True)
class Axis:
    """The hours that a week shows: ``start`` and ``end`` in minutes since midnight, at full or half hours."""

    start: int
    end: int

    @property
    def hours(self) -> list[int]:
        """The full hours that are written beside it."""
        return [minute // 60 for minute in range(self.start, self.end) if minute % 60 == 0]

    @property
    def length(self) -> int:
        return self.end - self.start


def build_axis(places: Iterable[Place]) -> Axis:
    """The usual hours, and longer where something is booked outside them."""
    starts, ends = [AXIS_FROM], [AXIS_UNTIL]
    for each in places:
        starts.append(each.start // 30 * 30)
        ends.append(-(-(each.start + each.length) // 30) * 30)
    return Axis(min(starts), min(max(ends), MIDNIGHT))


def place_span(span: Span) -> Place:
    """Where it stands in the day that it begins on; what lasts beyond midnight ends there."""
    start = _get_minute(span[0])
    minutes = (span[1] - span[0]) // timedelta(minutes=1)
    length = max(-(-minutes // STEP) * STEP, STEP)
    return Place(start, min(length, MIDNIGHT - start))


def _get_minute(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) // STEP * STEP


def group_overlapping(spans: Sequence[Span]) -> list[list[int]]:
    """Of spans in order of their starts: the positions of those that overlap, directly or through others, together."""
    groups: list[list[int]] = []
    for position, (start, _) in enumerate(spans):
        if groups and start < max(spans[each][1] for each in groups[-1]):
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """The time they take together, in order."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def add_up_minutes(spans: Iterable[Span]) -> int:
    """Minutes taken; what overlaps counts once."""
    return sum((end - start) // timedelta(minutes=1) for start, end in merge_spans(spans))


def list_offers(day: date, taken: Iterable[Span], now: datetime) -> list[Span]:
    """The free hours of a working day that has not passed, each to be booked; a shorter rest if it is half an hour."""
    if day.weekday() >= 5:
        return []
    first, last = (datetime.combine(day, each, tzinfo=now.tzinfo) for each in (OFFERED_FROM, OFFERED_UNTIL))
    offers = []
    for start, end in _list_gaps(max(first, now), last, merge_spans(taken)):
        start = _round_up_to_quarter(start)
        while end - start >= SHORTEST_OFFER:
            offers.append((start, min(start + OFFERED_LENGTH, end)))
            start += OFFERED_LENGTH
    return offers


def _list_gaps(first: datetime, last: datetime, taken: Iterable[Span]) -> list[Span]:
    gaps, free_from = [], first
    for start, end in taken:
        gaps.append((free_from, min(start, last)))
        free_from = max(free_from, end)
    return [gap for gap in [*gaps, (free_from, last)] if gap[0] < gap[1]]


def _round_up_to_quarter(moment: datetime) -> datetime:
    past = timedelta(minutes=moment.minute % 15, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (timedelta(minutes=15) - past if past else timedelta(0))


def describe_minutes(minutes: int) -> str:
    """“5 h 40”, “4 h”, “20 min”; '' for none."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min" if rest else ""
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
