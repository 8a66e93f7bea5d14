"""What a chart over time draws: where each value stands in the picture, and the same figures in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import ceil

LEFT, RIGHT = 15.0, 83.0  # per cent of the width at which the first and the last day stand
TOP, BOTTOM = 14.0, 92.0  # pixels from the top at which the highest and the lowest value stand
MONTH_SCALE_STEP = 10
LABEL_HEIGHT = 14  # pixels: two levels nearer than this would print one label over the other


@dataclass(frozen=True)
class TimePoint:
    """One value on its day. ``series``: what may be compared is joined by a line; ``paired``: one of a pair."""

    day: date
    value: float
    series: object = None
    paired: bool = False


@dataclass(frozen=True)
class Dot:
    """A point in the picture: ``x`` in per cent of its width, ``y`` in pixels; ``joined_to``: of the one before."""

    x: float
    y: float
    text: str
    paired: bool
    second: bool  # of another series than the first
    joined_to: tuple[float, float] | None


@dataclass(frozen=True)
class Level:
    """A line across the picture; without text where another label stands too near."""

    y: float
    text: str


@dataclass(frozen=True)
class TimeChart:
    """Everything that components/chart.html needs of one chart over time, worked out."""

    dots: tuple[Dot, ...]
    edges: tuple[Level, ...]
    cut_offs: tuple[Level, ...]
    baseline: tuple[float, float] | None  # (x, y) of the first value, where another is compared with it
    days: tuple[date, ...]
    words: str
    points: tuple[TimePoint, ...] = field(repr=False)


def build_time_chart(
    points: Iterable[TimePoint], low: float, high: float, cut_offs: Iterable[float] = ()
) -> TimeChart:
    """The chart of at least one point, in the order of their days, on a scale from ``low`` to ``high``."""
    points = tuple(points)
    dots = _place_dots(points, low, high)
    edges = (Level(TOP, format_value(high)), Level(BOTTOM, format_value(low)))
    lines = _place_levels(sorted(cut_offs), low, high)
    first, last = points[0], points[-1]
    compared = len(points) > 1 and sum(point.series == first.series for point in points) > 1
    return TimeChart(
        dots, edges, lines, (dots[0].x, dots[0].y) if compared else None,
        (first.day,) if first.day == last.day else (first.day, last.day),
        describe_points(points, low, high), points,
    )  # fmt: skip


def chart_over_time(values: Iterable[tuple[date, float]], low: float, high: float) -> TimeChart:
    """The same of plain (day, value): for templates."""
    return build_time_chart((TimePoint(day, value) for day, value in values), low, high)


def chart_by_month(points: Iterable[tuple[str, float | None]]) -> TimeChart | None:
    """From nought, of (first day of a month as 2026-10-01, value); months without one are left out. None below two."""
    known = [(date.fromisoformat(day), value) for day, value in points if value is not None]
    if len(known) < 2:
        return None
    top = MONTH_SCALE_STEP * max(1, ceil(max(value for _, value in known) / MONTH_SCALE_STEP))
    words = "; ".join(f"{day:%B %Y}: {format_value(value)}" for day, value in known)
    return replace(chart_over_time(known, 0, top), words=f"From 0 to {top}. {words}.")


def format_value(value: float) -> str:
    """4, not 4.0; 3.67, not 3.666667."""
    return f"{round(value, 2):g}"


def describe_points(points: Sequence[TimePoint], low: float, high: float) -> str:
    """The picture in words: “From 0 to 10. 22 Jun 2026: 3; 16 Nov 2026: 6.”"""
    told = "; ".join(
        f"{point.day.day} {point.day:%b %Y}: {format_value(point.value)}{' (of the pair)' if point.paired else ''}"
        for point in points
    )
    return f"From {format_value(low)} to {format_value(high)}. {told}."


def _place_dots(points: Sequence[TimePoint], low: float, high: float) -> tuple[Dot, ...]:
    first, span = points[0].day, (points[-1].day - points[0].day).days or 1
    before: dict[object, tuple[float, float]] = {}
    dots = []
    for point in points:
        x = round(LEFT + (RIGHT - LEFT) * (point.day - first).days / span, 2)
        y = _place(point.value, low, high)
        second = point.series != points[0].series
        dots.append(Dot(x, y, format_value(point.value), point.paired, second, before.get(point.series)))
        before[point.series] = (x, y)
    return tuple(dots)


def _place_levels(values: Iterable[float], low: float, high: float) -> tuple[Level, ...]:
    taken, levels = [TOP, BOTTOM], []
    for value in values:
        y = _place(value, low, high)
        free = all(abs(y - other) >= LABEL_HEIGHT for other in taken)
        levels.append(Level(y, format_value(value) if free else ""))
        taken += [y] if free else []
    return tuple(levels)


def _place(value: float, low: float, high: float) -> float:
    share = (value - low) / ((high - low) or 1)
    return round(BOTTOM - (BOTTOM - TOP) * min(max(share, 0.0), 1.0), 1)
