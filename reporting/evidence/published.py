"""What anyone may read of a period: counts and shares with what each says about the truth. Kept in the snapshot."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from reporting.evidence.disclosure import RULE, RULES, DisclosureRule
from reporting.evidence.indicators import COUNT_NAMES
from reporting.evidence.recovery import Bounds
from reporting.evidence.release import FigureKey, Release
from reporting.evidence.shares import ShareBounds

# Where something is counted, by the finest labels: ((axis, labels), …).
Where = tuple[tuple[str, frozenset[str]], ...]
Figure = tuple[str, Where]


@dataclass(frozen=True)
class PublishedPeriod:
    """One period to a reader: what each count lies between (`bounds`), what the shares say, what is the `same`."""

    key: str
    first: date
    last: date
    bounds: Mapping[Figure, Bounds] = field(repr=False)
    shares: Mapping[tuple[Figure, Figure], ShareBounds] = field(repr=False)
    same: Collection[tuple[Figure, Figure]] = ()  # one number that is told twice, as two counts

    def holds(self, other: "PublishedPeriod") -> bool:
        return self.key != other.key and self.first <= other.first and other.last <= self.last

    def overlaps(self, other: "PublishedPeriod") -> bool:
        return self.first <= other.last and other.first <= self.last


def read_release(release: Release, names: Collection[str] = COUNT_NAMES) -> PublishedPeriod:
    """As a reader sees it, who is told which counts are withheld in full (`published_counts.describe_withheld`).

    ``names``: the counts that matter, as nothing is worked out of the others.
    """
    period, withheld = release.exact.period, release.withheld
    groups = _list_groups(_collect_groupings(release))

    def locate(key: FigureKey) -> Figure:
        name, by = key
        return name, tuple(groups[each] for each in by)

    bounds = {
        locate(key): _read_figure(figure.shown, key[0] in withheld, not key[1], RULE)
        for key, figure in release.figures.items()
        if key[0] in names
    }
    shares = {
        (locate(part), locate(whole)): share.bounds
        for (part, whole), share in release.shares.items()
        if share.bounds and part[0] in names
    }
    return PublishedPeriod(period.key, period.first, period.last, bounds, shares)


def _read_figure(shown: int | None, withheld: bool, whole: bool, rule: DisclosureRule) -> Bounds:
    if shown is not None:
        return rule.get_reader_bounds(shown)
    return rule.get_withheld_bounds(whole=whole) if withheld else rule.hidden_bounds


def _collect_groupings(release: Release) -> dict[tuple[str, str], Mapping[str, tuple[str, ...]]]:
    ladders = release.exact.ladders.values()
    return {(each.axis, each.name): each.members for ladder in ladders for each in ladder}


def _list_groups(
    groupings: Mapping[tuple[str, str], Mapping[str, Iterable[str]]],
) -> dict[tuple[str, ...], tuple[str, frozenset[str]]]:
    """{(axis, grouping, label): (axis, the finest labels in it)}."""
    return {
        (axis, name, label): (axis, frozenset(members))
        for (axis, name), each in groupings.items()
        for label, members in each.items()
    }


# ---------------------------------------------------------------- in the snapshot
def keep_published(release: Release) -> dict[str, Any]:
    """As JSON: each figure and share with where it is counted, and the groups' members as they were on the day."""
    figures = [
        [name, [list(each) for each in by], each.shown] for (name, by), each in release.figures.items()
    ]
    shares = [
        [*(([name, [list(each) for each in by]]) for name, by in pair), [share.bounds.low, share.bounds.high]]
        for pair, share in release.shares.items()
        if share.bounds
    ]
    groupings = [[*key, {label: list(each) for label, each in members.items()}]
                 for key, members in _collect_groupings(release).items()]  # fmt: skip
    return {
        "figures": figures,
        "shares": shares,
        "groupings": groupings,
        "withheld": sorted(release.withheld),
        "rule": RULE.name,
    }


def read_published(period: Mapping[str, Any]) -> PublishedPeriod:
    """A period of an earlier snapshot, as a reader sees it too."""
    kept = period["published"]
    withheld, rule = set(kept["withheld"]), RULES[kept["rule"]]
    groups = _list_groups({(axis, name): members for axis, name, members in kept["groupings"]})

    def locate(name: str, by: Iterable[Iterable[str]]) -> Figure:
        return name, tuple(groups[tuple(each)] for each in by)

    bounds = {
        locate(name, by): _read_figure(shown, name in withheld, not by, rule)
        for name, by, shown in kept["figures"]
    }
    shares = {(locate(*part), locate(*whole)): ShareBounds(*said) for part, whole, said in kept["shares"]}
    first, last = (date.fromisoformat(period[end]) for end in ("first", "last"))
    return PublishedPeriod(period["key"], first, last, bounds, shares)


def list_overlapping(
    current: Iterable[PublishedPeriod], earlier: Iterable[PublishedPeriod]
) -> list[PublishedPeriod]:
    """The earlier periods that overlap with one of these, or with one that does."""
    found, left = list(current), list(earlier)
    begun = len(found)
    while near := [each for each in left if any(each.overlaps(other) for other in found)]:
        found += near
        left = [each for each in left if each not in near]
    return found[begun:]
