"""A release is attacked before it leaves, together with every earlier one it overlaps, and mended until it is safe.

Only the worker imports this: the solver is a large library.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pairs.jobs.actions import WorkRefused
from reporting.evidence.attack import Attack, Cell, Labels, attack_counts, can_be_true
from reporting.evidence.examples import Examples, build_examples
from reporting.evidence.indicators import COUNT_NAMES
from reporting.evidence.published import PublishedPeriod, list_overlapping, read_published, read_release
from reporting.evidence.release import ExactCounts, Release, find_nested_counts, make_coarser
from reporting.evidence.shares import MIN_POSSIBLE_VALUES
from reporting.evidence.solver import OutOfTime

Recount = Callable[[Sequence[PublishedPeriod]], Sequence[ExactCounts]]


WHY_REFUSED = (
    "It could not be shown that small numbers are safe, so nothing was published. Request the report of the month that "
    "ends the quarter: more babies are counted in it, this month’s too."
)


class ReleaseRefused(WorkRefused):
    """What would be published could not be made safe: nothing of it may leave the service."""

    def __init__(self, why: str = WHY_REFUSED) -> None:
        super().__init__(why)


@dataclass
class Proof:
    """What was attacked, what was found, and what was changed because of it."""

    earlier: int
    tell: Callable[[], None]
    cells: int = 0
    not_combined: set[str] = field(default_factory=set)  # periods that contradict today's records
    repairs: list[str] = field(default_factory=list)

    def describe(self) -> dict[str, Any]:
        return {
            "earlier": self.earlier,
            "cells": self.cells,
            "narrow": 0,
            "not_combined": sorted(self.not_combined),
            "repairs": self.repairs,
            "text": (
                f"All figures of this report were attacked together with {self.earlier} earlier published periods that "
                f"overlap with it: of {self.cells:,} cells, 0 could be worked out to fewer than "
                f"{MIN_POSSIBLE_VALUES} numbers."
            ),
        }


def protect_releases(
    releases: Sequence[Release],
    earlier: Sequence[dict[str, Any]],
    tell: Callable[[], None] = lambda: None,
    recount: Recount = lambda periods: [],
) -> Proof:
    """Make the releases safe, in place. ``earlier``: periods of earlier snapshots, as they were kept.

    ``tell`` is called before each attack, since the worker has to be seen to be alive. ``recount`` gives the exact
    counts of earlier periods by today's records: near to what fits, so that the search begins there.
    Raises ReleaseRefused when the releases could not be made safe.
    """
    current = [read_release(release) for release in releases]
    overlapping = {each.key for each in list_overlapping(current, [read_published(each) for each in earlier])}
    kept = [each for each in earlier if each["key"] in overlapping]
    proof = Proof(len(kept), tell)
    exact = [*(each.exact for each in releases), *recount([read_published(each) for each in kept])]
    try:
        for names in dict.fromkeys(find_nested_counts(name) for name in COUNT_NAMES):
            _protect_counts(names, releases, kept, proof, _list_exact_counts(names, exact))
    except OutOfTime as error:
        raise ReleaseRefused from error
    return proof


def _protect_counts(
    names: frozenset[str],
    releases: Sequence[Release],
    earlier: Sequence[dict[str, Any]],
    proof: Proof,
    exact: Examples,
) -> None:
    before = [read_published(each) for each in earlier]
    proof.tell()
    attack = _attack(names, releases, before, exact)
    if before and not attack.possible:
        before = _find_consistent(names, releases, earlier, proof, exact)
        attack = _attack(names, releases, before, exact)
    again = partial(_attack, names, releases, before)
    attack = _mend_until_safe(attack, again, releases, names, proof)
    if not attack.possible or attack.narrow:
        raise ReleaseRefused
    proof.cells += attack.cells


def _mend_until_safe(
    attack: Attack,
    again: Callable[..., Attack],
    releases: Sequence[Release],
    names: frozenset[str],
    proof: Proof,
) -> Attack:
    """The last attack: on the releases as they are when nothing is narrow, or nothing is left to say less.

    ``again``: attacks once more. It stops early, so before what was published long ago is called narrow, or nothing
    more is to be published, it asks to the end.
    """
    is_sure = False
    while attack.narrow:
        can_mend = is_sure or bool(_list_narrow(attack, releases))
        if repairs := _mend_all(attack, releases, names) if can_mend else []:
            proof.repairs += repairs
            proof.tell()
            attack, is_sure = again(attack.found, attack.narrow), False
        elif is_sure:
            break
        else:
            suspects = set(attack.narrow)
            attack = again(attack.found, attack.narrow, to_the_end=True)
            is_sure = not suspects.isdisjoint(attack.narrow)
    return attack


def _mend_all(attack: Attack, releases: Sequence[Release], names: frozenset[str]) -> list[str]:
    """Where something could be worked out; elsewhere too, where nothing is left to say less there."""
    for group in (_list_narrow(attack, releases), releases):
        if repairs := [done for each in group if (done := _mend(each, names, attack))]:
            return repairs
    return []


def _mend(release: Release, names: frozenset[str], attack: Attack) -> str:
    """One repair, where this release's own narrow cells are; anywhere, where only other periods have any."""
    own = [cell for cell in attack.narrow if cell.period == release.key] or attack.narrow
    spots = [(cell.names, frozenset(axis for axis, _ in cell.where)) for cell in own]
    return make_coarser(release, names, spots)


def _list_narrow(attack: Attack, releases: Sequence[Release]) -> list[Release]:
    """The releases whose own cells are narrow: none where only what was published before is."""
    narrow = {cell.period for cell in attack.narrow}
    return [release for release in releases if release.key in narrow]


def _attack(
    names: frozenset[str],
    releases: Sequence[Release],
    before: Sequence[PublishedPeriod],
    start: Examples | None,
    suspects: Sequence[Cell] = (),
    *,
    to_the_end: bool = False,
) -> Attack:
    """``start``: counts that fit or nearly do; ``suspects``: the cells that were narrow the last time."""
    labels, new = _get_labels(releases[0]), [each.key for each in releases]
    periods = [*(read_release(each, names) for each in releases), *before]
    return attack_counts(names, periods, labels, start, new, suspects, to_the_end=to_the_end)


def _list_exact_counts(names: frozenset[str], exact: Sequence[ExactCounts]) -> Examples:
    """The exact counts themselves fit what is published of them, so the attack begins there."""
    return build_examples(
        {
            (each.period.key, name, where): count
            for each in exact
            for name in names
            for where, count in each.list_counts(name)
        }
    )


def _get_labels(release: Release) -> Labels:
    return {axis: ladder[0].labels for axis, ladder in release.exact.ladders.items()}


def _find_consistent(
    names: frozenset[str],
    releases: Sequence[Release],
    earlier: Sequence[dict[str, Any]],
    proof: Proof,
    exact: Examples,
) -> list[PublishedPeriod]:
    """The earlier periods that can be true together with these; the rest contradict what is recorded now.

    Records are corrected after a month was published. A reader who takes both for true finds no counts at all.
    """
    current, labels = [read_release(each, names) for each in releases], _get_labels(releases[0])
    kept: list[PublishedPeriod] = []
    for each in earlier:
        one = read_published(each)
        if can_be_true(names, [*current, *kept, one], labels, exact):
            kept.append(one)
        else:
            proof.not_combined.add(each["name"])
    return kept
