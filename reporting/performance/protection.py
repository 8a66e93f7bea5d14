"""Each whole of a service report is attacked as it would be published, beside the equity report, and made safe.

Only the worker imports this: the solver is a large library.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reporting.evidence.attack import Attack, attack_counts
from reporting.evidence.disclosure import RULE, Published, get_reader_bounds, publish_count
from reporting.evidence.pair_changes import PAIR_COUNT
from reporting.evidence.protection import ReleaseRefused
from reporting.evidence.published import Figure, PublishedPeriod, Where
from reporting.evidence.recovery import UNKNOWN, Bounds
from reporting.evidence.release import find_nested_counts
from reporting.evidence.rules import Period
from reporting.evidence.shares import MIN_POSSIBLE_VALUES, ShareBounds
from reporting.evidence.solver import OutOfTime
from reporting.performance.beside import CHANGES, Beside
from reporting.performance.figures import Share, Whole
from reporting.performance.published import Release, count_share
from reporting.performance.relations import SAME_COUNTS, Same

WHY_REFUSED = (
    "It could not be shown that small numbers are safe, so nothing of this month was published. "
    "The next month’s report is made as usual."
)


@dataclass
class Proof:
    """What was attacked, what was found, what was changed because of it."""

    cells: int = 0
    repairs: int = 0
    withheld: list[str] = field(default_factory=list)  # headings of what is withheld in full
    beside: int = 0  # wholes that were attacked together with the equity report's figures

    def describe(self) -> dict[str, Any]:
        return {
            "cells": self.cells,
            "repairs": self.repairs,
            "text": (
                f"All counts of this report were attacked as they are published, {self.beside} of them together with "
                f"the equity reports of the same period and of those that overlap: of {self.cells:,} cells, 0 could be "
                f"worked out to fewer than {MIN_POSSIBLE_VALUES} numbers."
            ),
        }

    def describe_withheld(self) -> str:
        """As the equity report says it of its own counts; "" where there are none."""
        if not self.withheld:
            return ""
        return (
            " Withheld in full, not because they are small but so that small numbers stay safe: "
            f"{'; '.join(self.withheld)}. Their * can be any number."
        )


def protect_wholes(
    wholes: Iterable[Whole],
    period: Period,
    beside: Beside | None,
    tell: Callable[[], None] = lambda: None,
) -> tuple[dict[str, Release], Proof]:
    """{name: what may be published of it}, and the proof. `beside`: the equity reports' figures of the period, and of
    those that overlap with it.

    Raises ReleaseRefused when the report could not be made safe.
    """
    releases, proof = {}, Proof()
    try:
        for whole in wholes:
            tell()
            releases[whole.name] = _protect(Release(whole), period, beside, proof)
    except OutOfTime as error:
        raise ReleaseRefused(WHY_REFUSED) from error
    return releases, proof


def _protect(release: Release, period: Period, beside: Beside | None, proof: Proof) -> Release:
    beside, attack = _begin_attack(release, period, beside)
    while attack.narrow:
        if not release.make_coarser(
            {axis for cell in attack.narrow for axis, _ in cell.where} & set(release.ladders)
        ):
            if beside is None:
                raise ReleaseRefused(WHY_REFUSED)
            break  # nothing of it is published, so it tells nothing of what is narrow in the equity report by itself
        proof.repairs += 1
        attack = _attack(release, period, beside)
    proof.cells += attack.cells
    proof.withheld += [release.whole.heading] if release.withheld else []
    proof.beside += beside is not None and release.whole.name in SAME_COUNTS
    return release


def _begin_attack(release: Release, period: Period, beside: Beside | None) -> tuple[Beside | None, Attack]:
    """Beside as much as can be true with it: where records have changed since, less of what was published before."""
    weaker = [beside, replace(beside, others=())] if beside and beside.others else [beside] if beside else []
    for each in weaker:
        attack = _attack(release, period, each)
        if attack.possible:
            return each, attack
    return None, _attack(release, period, None)


def _attack(release: Release, period: Period, beside: Beside | None) -> Attack:
    name = release.whole.name
    published = read_release(release, period)
    labels: Mapping[str, Sequence[str]] = {each.axis: list(each.counts) for each in release.whole.divisions}
    same = SAME_COUNTS.get(name, ()) if beside else ()
    if beside is None or not same:
        return attack_counts([name], [published], labels)
    names = {name}.union(*(find_nested_counts(each.count) for each in same))
    told_twice = [_locate_same(each, release.whole) for each in same if each.labels or each.count != name]
    if PAIR_COUNT in names and (CHANGES, ()) in beside.own.bounds:
        names.add(CHANGES)
        told_twice.append(((CHANGES, ()), (PAIR_COUNT, ())))
    merged = _merge(published, beside.own, names, told_twice)
    return attack_counts(names, [merged, *beside.others], _collect_labels(beside, names) | labels)


def _locate_same(same: Same, whole: Whole) -> tuple[Figure, Figure]:
    where = _locate(same.get_axis(whole), same.labels) if same.labels else ()
    return (whole.name, where), (same.count, ())


def _merge(
    own: PublishedPeriod,
    beside: PublishedPeriod,
    names: Collection[str],
    told_twice: Sequence[tuple[Figure, Figure]],
) -> PublishedPeriod:
    """What both reports tell of these counts, and which of their numbers are the same."""
    bounds = {key: value for key, value in beside.bounds.items() if key[0] in names}
    shares = {key: value for key, value in beside.shares.items() if key[0] in bounds and key[1] in bounds}
    for key, (low, high) in own.bounds.items():
        least, most = bounds.get(key, (low, high))
        bounds[key] = max(low, least), min(high, most)
    for one, _ in told_twice:
        bounds.setdefault(one, (0, UNKNOWN))
    return replace(own, bounds=bounds, shares=shares | dict(own.shares), same=told_twice)


def _collect_labels(beside: Beside, names: Collection[str]) -> dict[str, list[str]]:
    """The finest labels of each axis that the equity reports divide these counts by."""
    found: dict[str, set[str]] = {}
    for period in (beside.own, *beside.others):
        for of, where in period.bounds:
            for axis, members in where if of in names else ():
                found.setdefault(axis, set()).update(members)
    return {axis: sorted(labels) for axis, labels in found.items()}


def read_release(release: Release, period: Period) -> PublishedPeriod:
    """As the strongest reader sees it."""
    name, whole = release.whole.name, release.whole
    bounds: dict[Figure, Bounds] = {(name, ()): _read_total(release)}
    for axis in release.ladders:
        for members in release.get_grouping(axis).values():
            bounds[name, _locate(axis, members)] = _read(release.get_figure(axis, members))
    shares: dict[tuple[Figure, Figure], ShareBounds] = {}
    for share in whole.shares:
        part, of = _locate_share(share, whole)
        if said := release.get_share(share).bounds:
            shares[part, of] = said
            for key, count in zip((part, of), count_share(whole, share), strict=True):
                bounds[key] = _read(publish_count(count))
    return PublishedPeriod(period.key, period.first, period.last, bounds, shares)


def _locate_share(share: Share, whole: Whole) -> tuple[Figure, Figure]:
    of = _locate(share.axis, share.whole) if share.whole else ()
    return (whole.name, _locate(share.axis, share.part)), (whole.name, of)


def _locate(axis: str, members: Sequence[str]) -> Where:
    return ((axis, frozenset(members)),)


def _read_total(release: Release) -> Bounds:
    return RULE.get_withheld_bounds(whole=True) if release.withheld else _read(release.total)


def _read(figure: Published) -> Bounds:
    return RULE.hidden_bounds if figure.shown is None else get_reader_bounds(figure.shown)
