"""What one period publishes: which figures, divided how, from exact counts; and how it can be made to say less.

Groups are collapsed first: a count is divided as finely as leaves at most `MAX_SMALL_SHARE` of its cells too small to
show, and not at all where even the coarsest division leaves more. What is still too small is *. A release knows its
exact counts and never shows them; `figures` and `shares` are all that leaves the service.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product

from reporting.evidence.definitions import INDICATORS, NESTED_COUNTS
from reporting.evidence.disclosure import MIN_SHOWN_COUNT, RULE, Published, publish_count
from reporting.evidence.groupings import Grouping, Ladders
from reporting.evidence.indicators import COUNT_NAMES, Indicators, list_count_names
from reporting.evidence.shares import PublishedShare, publish_share

By = tuple[
    tuple[str, str, str], ...
]  # ((axis, grouping, label), …): where a figure is counted; () is everywhere
FigureKey = tuple[str, By]
ShareKey = tuple[FigureKey, FigureKey]  # part, whole
MAX_SMALL_SHARE = 0.15  # of the cells of a division; our own choice, so that a table says something
CROSSINGS = (("ethnicity", "quintile"), ("place", "ethnicity"), ("place", "quintile"))
CROSSED_COUNTS = ("referred", "accepted", "seen", "first_contact", "expected", "ended", "ended_with_pair")
CROSSED_SHARES = (("within_limit", "first_contact"), ("not_brought", "expected"))
SHARES = tuple(each.shows for each in INDICATORS if isinstance(each.shows, tuple))
IN_WORDS, NO_SHARE = 1, 2  # how coarse a share is made; 0 is as fine as is safe by itself
UNKNOWN_LABELS = {"Not stated", "Not known"}


class ExactCounts:
    """Exact counts of one period by any groups; asked for, never shown."""

    def __init__(self, found: Indicators, ladders: Ladders) -> None:
        self.period, self.ladders, self._counts = found.period, ladders, found.counts
        self._groupings = {
            (axis, grouping.name): grouping for axis, ladder in ladders.items() for grouping in ladder
        }
        self._by_axes: dict[tuple[str, tuple[str, ...]], Counter[tuple[str, ...]]] = {}

    def find_labels(self, by: By) -> dict[str, tuple[str, ...]]:
        """{axis: the finest labels} of where something is counted."""
        return {axis: self._groupings[axis, grouping].members[label] for axis, grouping, label in by}

    def count(self, name: str, by: By) -> int:
        labels = self.find_labels(by)
        counts = self._load_counts(name, tuple(labels))
        return sum(counts[each] for each in product(*labels.values()))

    def list_counts(self, name: str) -> Iterator[tuple[tuple[tuple[str, frozenset[str]], ...], int]]:
        """(where, count) by the finest labels: everywhere, by each axis, and by all at once."""
        order = tuple(self.ladders)
        for axes in ((), *((axis,) for axis in order), order):
            for labels, count in self._load_counts(name, axes).items():
                yield tuple(map(_name_alone, axes, labels)), count

    def _load_counts(self, name: str, axes: tuple[str, ...]) -> Counter[tuple[str, ...]]:
        if (name, axes) not in self._by_axes:
            counts: Counter[tuple[str, ...]] = Counter()
            for cell, count in self._counts[name].items():
                counts[tuple(getattr(cell, axis) for axis in axes)] += count
            self._by_axes[name, axes] = counts
        return self._by_axes[name, axes]


@cache
def _name_alone(axis: str, label: str) -> tuple[str, frozenset[str]]:
    """One of the finest labels by itself. The same object each time: it is looked up by far more often than made."""
    return axis, frozenset([label])


def list_cells(groupings: Sequence[Grouping]) -> list[By]:
    """Every place in the table of these groupings, in order."""
    axes = [[(each.axis, each.name, label) for label in each.labels] for each in groupings]
    return list(product(*axes))


@dataclass
class Release:
    """One period's figures. `divisions` and `crossings` say how finely; each repair makes one of them coarser."""

    exact: ExactCounts
    divisions: dict[tuple[str, str], int] = field(default_factory=dict)  # (count, axis) → step of its ladder
    crossings: dict[tuple[str | tuple[str, str], tuple[str, str]], tuple[Grouping, ...]] = field(
        default_factory=dict
    )
    share_steps: dict[tuple[tuple[str, str], str], int] = field(default_factory=dict)  # the least, of a share
    coarseness: Counter[ShareKey] = field(default_factory=Counter)
    withheld: set[str] = field(default_factory=set)  # counts whose whole is not shown, nor anything of them

    @property
    def key(self) -> str:
        return self.exact.period.key

    def get_division(self, name: str, axis: str) -> Grouping | None:
        """The grouping by which a count is divided, None where it is not."""
        ladder, step = self.exact.ladders[axis], self.divisions[name, axis]
        return ladder[step] if step < len(ladder) else None

    def get_share_division(self, names: tuple[str, str], axis: str) -> Grouping | None:
        """The coarser of the divisions of the two counts, or coarser still where too few shares could be shown."""
        ladder = self.exact.ladders[axis]
        step = max(self.share_steps.get((names, axis), 0), *(self.divisions[name, axis] for name in names))
        return ladder[step] if step < len(ladder) else None

    # ------------------------------------------------------------ what is published
    @cached_property
    def figures(self) -> dict[FigureKey, Published]:
        return {key: self.get_figure(*key) for key in self._list_figure_keys()}

    @cached_property
    def shares(self) -> dict[ShareKey, PublishedShare]:
        return {key: self.get_share(*key) for key in self._list_share_keys()}

    def forget_published(self) -> None:
        """`figures` and `shares` are worked out anew: what decides them has changed."""
        for name in ("figures", "shares"):
            vars(self).pop(name, None)

    def get_figure(self, name: str, by: By) -> Published:
        if name in self.withheld:
            return Published(None)
        return publish_count(self.exact.count(name, by))

    def get_share(self, part: FigureKey, whole: FigureKey) -> PublishedShare:
        coarseness = self.coarseness[part, whole]
        if coarseness >= NO_SHARE:
            return PublishedShare()
        counts = (self.exact.count(*key) for key in (part, whole))
        shown = (self.get_figure(*key) for key in (part, whole))
        return publish_share(*counts, *shown, in_words=coarseness >= IN_WORDS)

    def list_divided(self, grouping: Grouping | None) -> list[By]:
        return list_cells([grouping]) if grouping else []

    def list_unknown(self, axis: str) -> list[By]:
        """Where the referred are counted of whom this is not known (or not stated), if they have a row of their own."""
        grouping = self.get_division("referred", axis)
        return [
            by
            for by in self.list_divided(grouping)
            if grouping and set(grouping.members[by[0][2]]) <= UNKNOWN_LABELS
        ]

    def _list_figure_keys(self) -> Iterator[FigureKey]:
        for name in list_count_names(self.exact.period.kind):
            yield name, ()
            for axis in self.exact.ladders:
                yield from ((name, by) for by in self.list_divided(self.get_division(name, axis)))
        for (what, _), groupings in self.crossings.items():
            if isinstance(what, str):
                yield from ((what, by) for by in list_cells(groupings))
        yield from (key for pair in self._list_share_keys() for key in pair)

    def _list_share_keys(self) -> Iterator[ShareKey]:
        for names in SHARES:
            yield _pair_keys(names, ())
            for axis in self.exact.ladders:
                cells = self.list_divided(self.get_share_division(names, axis))
                yield from (_pair_keys(names, by) for by in cells)
        for (what, _), groupings in self.crossings.items():
            if isinstance(what, tuple):
                yield from (_pair_keys(what, by) for by in list_cells(groupings))
        for axis in self.exact.ladders:
            yield from ((("referred", by), ("referred", ())) for by in self.list_unknown(axis))


def _pair_keys(names: tuple[str, str], by: By) -> ShareKey:
    part, whole = names
    return (part, by), (whole, by)


# ---------------------------------------------------------------- how finely at first
def plan_release(exact: ExactCounts, *, crossed: bool) -> Release:
    """Every count divided as finely as it may be; `crossed`: by two axes too."""
    release = Release(exact)
    for name, axis in product(COUNT_NAMES, exact.ladders):
        release.divisions[name, axis] = _choose_step(exact, name, axis)
    for names, axis in product(SHARES, exact.ladders):
        release.share_steps[names, axis] = _choose_share_step(release, names, axis)
    for what, axes in product((*CROSSED_COUNTS, *CROSSED_SHARES) if crossed else (), CROSSINGS):
        groupings = _choose_crossing(exact, what, axes)
        if groupings:
            release.crossings[what, axes] = groupings
    return release


def _choose_step(exact: ExactCounts, name: str, axis: str) -> int:
    ladder = exact.ladders[axis]
    return next(
        (step for step, grouping in enumerate(ladder) if _says_enough(exact, name, [grouping])), len(ladder)
    )


def _choose_share_step(release: Release, names: tuple[str, str], axis: str) -> int:
    """The finest by which enough shares can be shown."""
    ladder = release.exact.ladders[axis]
    return next(
        (step for step, each in enumerate(ladder) if _shows_enough_shares(release, names, each)), len(ladder)
    )


def _shows_enough_shares(release: Release, names: tuple[str, str], grouping: Grouping) -> bool:
    cells = list_cells([grouping])
    hidden = sum(release.get_share(*_pair_keys(names, by)).bounds is None for by in cells)
    return hidden <= MAX_SMALL_SHARE * len(cells)


def _choose_crossing(
    exact: ExactCounts, what: str | tuple[str, str], axes: tuple[str, str]
) -> tuple[Grouping, ...]:
    """The finest pair of groupings that says enough; () where none does."""
    names = (what,) if isinstance(what, str) else what
    pairs = sorted(
        product(*(exact.ladders[axis] for axis in axes)),
        key=lambda pair: -len(pair[0].labels) * len(pair[1].labels),
    )
    return next((pair for pair in pairs if all(_says_enough(exact, name, pair) for name in names)), ())


def _says_enough(exact: ExactCounts, name: str, groupings: Sequence[Grouping]) -> bool:
    counts = [exact.count(name, by) for by in list_cells(groupings)]
    small = sum(map(RULE.hides, counts))
    return sum(counts) >= MIN_SHOWN_COUNT and small <= MAX_SMALL_SHARE * len(counts)


# ---------------------------------------------------------------- how it is made to say less
Spot = tuple[tuple[str, ...], frozenset[str]]  # the counts of a cell that could be worked out, and its axes


def make_coarser(release: Release, names: frozenset[str], spots: Sequence[Spot]) -> str:
    """One repair of what is published of these counts, which are tied together; "" when nothing is left to do.

    In this order: shares are said in words, then left out; tables by two axes are left out; a division is collapsed by
    one step; a count is withheld, the smallest first.
    """
    for repair in (_coarsen_shares, _drop_crossings, _collapse_division, _withhold_count):
        done = repair(release, names, spots)
        if done:
            release.forget_published()
            return done
    return ""


def find_nested_counts(name: str) -> frozenset[str]:
    """The counts that are tied to this one by being part of one another, this one included."""
    together = {name}
    while wider := {each for pair in NESTED_COUNTS if together & set(pair) for each in pair} - together:
        together |= wider
    return frozenset(together)


def _coarsen_shares(release: Release, names: frozenset[str], spots: Sequence[Spot]) -> str:
    """Those of the counts and axes where something could be worked out."""
    axes = {axis for _, found in spots for axis in found}
    shown = [
        key
        for key, share in release.shares.items()
        if key[0][0] in names and share.bounds and {axis for axis, _, _ in key[0][1]} <= axes
    ]
    for key in shown:
        release.coarseness[key] = NO_SHARE if release.shares[key].words else IN_WORDS
    _leave_out_divisions(release, names)
    return f"shares of {sorted(names)[0]} made coarser" if shown else ""


def _leave_out_divisions(release: Release, names: frozenset[str]) -> None:
    """A share is not divided at all where too few of its cells are left."""
    for pair, axis in release.share_steps:
        grouping = release.get_share_division(pair, axis)
        if pair[0] in names and grouping and not _shows_enough_shares(release, pair, grouping):
            release.share_steps[pair, axis] = len(release.exact.ladders[axis])


def _drop_crossings(release: Release, names: frozenset[str], spots: Sequence[Spot]) -> str:
    found = [
        (what, axes)
        for what, axes in release.crossings
        if names & set((what,) if isinstance(what, str) else what)
    ]
    for key in found:
        del release.crossings[key]
    return f"tables of {sorted(names)[0]} by two axes left out" if found else ""


def _collapse_division(release: Release, names: frozenset[str], spots: Sequence[Spot]) -> str:
    """The division in which most could be worked out, by one step; among equals the one with the most groups."""
    divided = [key for key, step in sorted(release.divisions.items())
               if key[0] in names and step < len(release.exact.ladders[key[1]])]  # fmt: skip
    if not divided:
        return ""
    hits = Counter((name, axis) for found, axes in spots for name in found for axis in axes)

    def weigh(key: tuple[str, str]) -> tuple[int, int]:
        grouping = release.get_division(*key)
        return hits[key], len(grouping.labels) if grouping else 0

    worst = max(divided, key=weigh)
    release.divisions[worst] += 1
    return f"groups of {worst[0]} by {worst[1]} joined"


def _withhold_count(release: Release, names: frozenset[str], spots: Sequence[Spot]) -> str:
    shown = [name for name in names - release.withheld if release.get_figure(name, ()).shown is not None]
    if not shown:
        return ""
    least = min(shown, key=lambda name: (release.exact.count(name, ()), name))
    release.withheld.add(least)
    return f"{least} withheld"
