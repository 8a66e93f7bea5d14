"""What the equity reports have published of a period and of those that overlap with it, as a reader has it.

The service report of the same days tells some of these numbers once more (`relations.py`): both are attacked together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from reporting.evidence.disclosure import get_reader_bounds
from reporting.evidence.models import Report
from reporting.evidence.pair_changes import PAIR_CHANGES
from reporting.evidence.published import Figure, PublishedPeriod, list_overlapping, read_published
from reporting.evidence.recovery import UNKNOWN, Bounds
from reporting.evidence.rules import WHOLE_SERVICE, Period, build_month_period
from reporting.evidence.trend import TREND_COUNT

CHANGES, CHANGE_AXIS = "pair_changes", "Change"  # those with a pair, by whether they are better


@dataclass(frozen=True)
class Beside:
    """The equity report's figures of the same period, and of all that overlap with it or with one that does."""

    own: PublishedPeriod
    others: Sequence[PublishedPeriod] = ()


def load_beside(period: Period) -> Beside | None:
    """None where no equity report of these days is made. Of an edition that was corrected the newest is read."""
    made = Report.objects.current().filter(snapshot__isnull=False).order_by("-computed_at")
    snapshots = made.values_list("snapshot__periods", "snapshot__trend__points")[:24]
    kept: dict[str, Mapping[str, Any]] = {}
    for periods, _ in snapshots:
        kept |= {
            each["key"]: each for each in periods or () if each["key"] not in kept and "published" in each
        }
    points = snapshots[0][1] if kept else None
    return build_beside(period, list(kept.values()), points or ())


def build_beside(
    period: Period, kept: Sequence[Mapping[str, Any]], points: Iterable[Sequence[Any]] = ()
) -> Beside | None:
    """``kept``: periods of snapshots, one of each; ``points``: (first day, figure as shown) of the trend's months."""
    told = {each["key"]: _read_period(each) for each in kept}
    own = told.pop(period.key, None)
    if own is None:
        return None
    months = [each for each in _read_trend(points) if each.key not in told and each.key != own.key]
    others = list_overlapping([own], [*told.values(), *months])
    return Beside(own, [_drop_tables(each) for each in others])


def _read_period(kept: Mapping[str, Any]) -> PublishedPeriod:
    read = read_published(kept)
    return replace(read, bounds=dict(read.bounds) | dict(_read_changes(kept)))


def _read_changes(kept: Mapping[str, Any]) -> Iterator[tuple[Figure, Bounds]]:
    """A * of this table is a small number, or one withheld beside it, so it may be any."""
    for section in kept.get("sections", ()):
        if section["title"] == PAIR_CHANGES.title:
            for label, text in section["tables"][0]["rows"]:
                where = () if label == WHOLE_SERVICE else ((CHANGE_AXIS, frozenset({label})),)
                yield (CHANGES, where), get_reader_bounds(int(text)) if text.isdigit() else (0, UNKNOWN)


def _read_trend(points: Iterable[Sequence[Any]]) -> Iterator[PublishedPeriod]:
    """Months of the whole service that have no report of their own; a * of them says nothing."""
    for first, shown in points:
        if shown is not None:
            month = build_month_period(date.fromisoformat(first))
            bounds = {(TREND_COUNT, ()): get_reader_bounds(shown)}
            yield PublishedPeriod(month.key, month.first, month.last, bounds, {})


def _drop_tables(period: PublishedPeriod) -> PublishedPeriod:
    """Without the tables by two axes, of which there are more figures than of all else: what this report tells again
    is tied to their margins alone.
    """
    bounds = {key: value for key, value in period.bounds.items() if len(key[1]) < 2}
    shares = {key: said for key, said in period.shares.items() if key[0] in bounds and key[1] in bounds}
    return replace(period, bounds=bounds, shares=shares)
