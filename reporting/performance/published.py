"""What may be read of a section: protected, as it leaves the service, or exact, for teams who may see names.

Protected: small groups are joined first (“All others”), what is left is rounded by the MHSDS rule, shares and medians
are those of the equity report. Each whole is then attacked (`protection.py`), and made to say less until it is safe.
"""

import math
from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reporting.evidence.disclosure import (
    MIN_SHOWN_COUNT,
    SUPPRESSED,
    Published,
    publish_count,
    publish_median,
)
from reporting.evidence.release import IN_WORDS, MAX_SMALL_SHARE, NO_SHARE
from reporting.evidence.shares import PublishedShare, publish_share
from reporting.evidence.statistics import median, percentile, wilson
from reporting.performance.figures import Division, MeanChange, Share, Spread, Whole
from reporting.performance.intervals import estimate_mean

Grouping = Mapping[str, tuple[str, ...]]  # label → its finest labels
ALL_OTHERS = "All others"
HIGH_SHARE = 0.9
MIN_HIGH_COUNT = 10  # of fewer values the 90th percentile is one person's: our own choice
MIN_MEAN_COUNT = (
    8  # source: NHS England, HES disclosure control since 13 September 2018: means of 8 or more individuals
)
NOTHING = "–"


@dataclass(frozen=True)
class Shown:
    """A figure as it is read; `value` is None where it is hidden."""

    value: float | None
    text: str


@dataclass(frozen=True)
class ShownRow:
    """One row of a division: a label, the finest labels in it, and its figure."""

    label: str
    members: tuple[str, ...]
    shown: Shown


class Publisher:
    """How exact figures become what is read."""

    @abstractmethod
    def get_total(self, whole: Whole) -> Shown: ...

    @abstractmethod
    def list_rows(self, whole: Whole, division: Division) -> list[ShownRow]:
        """[] where it is not divided."""

    @abstractmethod
    def get_share(self, whole: Whole, share: Share) -> str: ...

    @abstractmethod
    def describe_spread(self, whole: Whole, spread: Spread) -> tuple[str, str]:
        """(median, 90th percentile)."""

    @abstractmethod
    def describe_mean(self, whole: Whole, change: MeanChange) -> str:
        """The mean with its 95 % limits."""


class ExactPublisher(Publisher):
    """For teams about their own families. Never leaves the service."""

    def get_total(self, whole: Whole) -> Shown:
        return _show_exactly(whole.count)

    def list_rows(self, whole: Whole, division: Division) -> list[ShownRow]:
        labels = division.shown or [label for label, count in division.counts.items() if count]
        return [ShownRow(label, (label,), _show_exactly(division.counts[label])) for label in labels]

    def get_share(self, whole: Whole, share: Share) -> str:
        part, of = count_share(whole, share)
        if not of:
            return NOTHING
        limits = wilson(part, of)
        return f"{100 * part / of:.0f}% ({part} of {of}; {100 * limits.low:.0f} to {100 * limits.high:.0f}%)"

    def describe_spread(self, whole: Whole, spread: Spread) -> tuple[str, str]:
        return tuple(
            NOTHING if value is None else f"{value:g} {spread.unit}"
            for value in (median(spread.values), percentile(spread.values, HIGH_SHARE))
        )  # type: ignore[return-value]

    def describe_mean(self, whole: Whole, change: MeanChange) -> str:
        return format_mean(change.values)


def _show_exactly(count: int) -> Shown:
    return Shown(count, str(count))


def count_share(whole: Whole, share: Share) -> tuple[int, int]:
    """(part, of how many), exactly."""
    part = whole.count_labels(share.axis, share.part)
    return part, whole.count_labels(share.axis, share.whole) if share.whole else whole.count


def format_mean(values: Sequence[float]) -> str:
    """“1.2 (0.3 to 2.1)”, with a true minus sign."""
    found = estimate_mean(values)
    if found is None:
        return NOTHING
    mean, low, high = (f"{each:.1f}".replace("-", "−") for each in (found.value, found.low, found.high))
    return f"{mean} ({low} to {high})"


# ---------------------------------------------------------------- protected
class Release:
    """What is published of one whole. `steps` says how coarse each division is, `coarseness` each share."""

    def __init__(self, whole: Whole) -> None:
        self.whole = whole
        self.ladders = {each.axis: tuple(list_groupings(each)) for each in whole.divisions}
        self.steps: Counter[str] = Counter()
        self.coarseness: Counter[str] = Counter()
        self.withheld = False  # in full, though it is large enough

    @property
    def total(self) -> Published:
        return Published(None) if self.withheld else publish_count(self.whole.count)

    def get_grouping(self, axis: str) -> Grouping:
        """As it is divided now; empty where it is not."""
        ladder, step = self.ladders[axis], self.steps[axis]
        return ladder[step] if self.total.shown is not None and step < len(ladder) else {}

    def get_figure(self, axis: str, members: Sequence[str]) -> Published:
        return publish_count(self.whole.count_labels(axis, members))

    def get_share(self, share: Share) -> PublishedShare:
        coarseness = self.coarseness[share.heading]
        if coarseness >= NO_SHARE or self.total.shown is None:
            return PublishedShare()
        part, of = count_share(self.whole, share)
        return publish_share(
            part, of, publish_count(part), publish_count(of), in_words=coarseness >= IN_WORDS
        )

    def make_coarser(self, axes: set[str]) -> bool:
        """One repair: on these axes, else on any; when nothing is left there, all of it is withheld."""
        return self._say_less(axes) or self._say_less(set(self.ladders)) or self._withhold()

    def _withhold(self) -> bool:
        self.withheld = self.total.shown is not None
        return self.withheld

    def _say_less(self, axes: set[str]) -> bool:
        """Whether there was something to do: a share is said in words, or left out, or a division is joined further."""
        for share in self.whole.shares:
            published = self.get_share(share)
            if share.axis in axes and published.bounds:
                self.coarseness[share.heading] = NO_SHARE if published.words else IN_WORDS
                return True
        for axis in sorted(axes):
            if self.get_grouping(axis):
                self.steps[axis] += 1
                return True
        return False


def list_groupings(division: Division) -> Iterator[Grouping]:
    """From fine to coarse; nothing where not even the coarsest division leaves anything to show."""
    counts = division.counts
    if division.shown:
        yield {label: (label,) for label in division.shown}
    elif division.ladder:
        yield from (each for each in division.ladder if _says_enough(counts, each))
    else:
        yield from _join_smallest(counts)


def _says_enough(counts: Mapping[str, int], grouping: Grouping) -> bool:
    """The equity report's rule for its own divisions."""
    figures = [sum(counts[each] for each in members) for members in grouping.values()]
    small = sum(count < MIN_SHOWN_COUNT for count in figures)
    return sum(figures) >= MIN_SHOWN_COUNT and small <= MAX_SMALL_SHARE * len(figures)


def _join_smallest(counts: Mapping[str, int]) -> Iterator[Grouping]:
    """The small labels joined until they can be shown together, then one more at each step; two rows at least."""
    order = sorted(counts, key=lambda label: counts[label])
    small = sum(count < MIN_SHOWN_COUNT for count in counts.values())
    for number in range(small, len(order)):
        joined = set(order[:number])
        if number == 0 or (number > 1 and sum(counts[label] for label in joined) >= MIN_SHOWN_COUNT):
            yield _build_joined(counts, joined)


def _build_joined(counts: Mapping[str, int], joined: set[str]) -> Grouping:
    apart = {label: (label,) for label in counts if label not in joined}
    return apart | ({ALL_OTHERS: tuple(label for label in counts if label in joined)} if joined else {})


class ProtectedPublisher(Publisher):
    """Of the releases of wholes by their names; a whole that has none is planned as it is asked for."""

    def __init__(self, releases: Mapping[str, Release] | None = None) -> None:
        self.releases = dict(releases or {})

    def get_release(self, whole: Whole) -> Release:
        return self.releases.setdefault(whole.name, Release(whole))

    def get_total(self, whole: Whole) -> Shown:
        return _show_published(self.get_release(whole).total)

    def list_rows(self, whole: Whole, division: Division) -> list[ShownRow]:
        release = self.get_release(whole)
        return [
            ShownRow(label, members, _show_published(release.get_figure(division.axis, members)))
            for label, members in release.get_grouping(division.axis).items()
        ]

    def get_share(self, whole: Whole, share: Share) -> str:
        return self.get_release(whole).get_share(share).text

    def describe_spread(self, whole: Whole, spread: Spread) -> tuple[str, str]:
        total = self.get_release(whole).total
        middle = publish_median(spread.values, total)
        high = percentile(spread.values, HIGH_SHARE)
        enough = total.shown is not None and len(spread.values) >= MIN_HIGH_COUNT and high is not None
        return (
            SUPPRESSED if middle.shown is None else f"{middle.text} {spread.unit}",
            f"{math.floor(high + 0.5)} {spread.unit}" if enough and high is not None else SUPPRESSED,
        )

    def describe_mean(self, whole: Whole, change: MeanChange) -> str:
        total = self.get_release(whole).total
        enough = total.shown is not None and len(change.values) >= MIN_MEAN_COUNT
        return format_mean(change.values) if enough else SUPPRESSED


def _show_published(figure: Published) -> Shown:
    return Shown(figure.shown, figure.text)
