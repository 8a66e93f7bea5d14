"""Control limits of a number that is counted anew each week: what is ordinary variation, and what is not.

An XmR chart: the mean, and 2.66 times the mean moving range on both sides. Source: NHS England, Making Data Count
(statistical process control); its rules of a point outside the limits and of seven in a row on one side of the mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from statistics import fmean

from pairs.web.time_chart import TimeChart, TimePoint, build_time_chart

RANGE_FACTOR = 2.66
RUN_LENGTH = 7
MIN_POINTS = 12  # of fewer no limits are drawn: our own choice, they would move with each week
SCALE_STEP = 5


@dataclass(frozen=True)
class Limits:
    """Of counts: the lower one is never under nought."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class ControlChart:
    """Counts by week with their limits, and what they say; `limits` is None of too few weeks."""

    title: str
    chart: TimeChart
    limits: Limits | None
    says: str


def calculate_limits(values: Sequence[float]) -> Limits | None:
    """None of fewer than `MIN_POINTS` values."""
    if len(values) < MIN_POINTS:
        return None
    mean = fmean(values)
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    reach = RANGE_FACTOR * fmean(ranges)
    return Limits(mean, max(mean - reach, 0.0), mean + reach)


def describe_signal(values: Sequence[float], limits: Limits | None) -> str:
    """What the newest values say, by the two rules."""
    if limits is None:
        return f"Limits are drawn from {MIN_POINTS} weeks on."
    newest = values[-1]
    if newest > limits.high or newest < limits.low:
        return f"The last week, {newest:g}, is outside what these weeks usually bring."
    last = values[-RUN_LENGTH:]
    if all(each > limits.mean for each in last):
        return f"The last {RUN_LENGTH} weeks were all above the mean: this has changed."
    if all(each < limits.mean for each in last):
        return f"The last {RUN_LENGTH} weeks were all below the mean: this has changed."
    return "The last weeks vary as these weeks usually do."


def build_control_chart(title: str, weeks: Sequence[tuple[date, int]]) -> ControlChart:
    """`weeks`: (Monday, count), in order, one at least."""
    values = [count for _, count in weeks]
    limits = calculate_limits(values)
    top = max([*values, limits.high if limits else 0])
    points = [TimePoint(day, count) for day, count in weeks]
    # To one decimal, as the sentence below the chart says them.
    lines = tuple(round(each, 1) for each in (limits.low, limits.mean, limits.high)) if limits else ()
    scale = SCALE_STEP * max(1, ceil(top / SCALE_STEP))
    return ControlChart(
        title, build_time_chart(points, 0, scale, lines), limits, describe_signal(values, limits)
    )
