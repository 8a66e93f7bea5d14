"""The ladder: the babies referred in a year, followed to its end, by group; and where a group falls behind the others.

A function of published counts alone. Each step is counted of those at the step before, so no step exceeds another.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from math import ceil, floor
from typing import Any

from reporting.evidence import statistics
from reporting.evidence.access import AXIS_WORDS
from reporting.evidence.definitions import FOLLOWED_COUNTS, FOLLOWED_STEPS
from reporting.evidence.disclosure import SUPPRESSED, get_reader_bounds
from reporting.evidence.published_counts import Group, PublishedCounts
from reporting.evidence.rules import WHOLE_SERVICE
from reporting.evidence.shares import MIN_PERCENT_WHOLE
from reporting.evidence.statistics import Estimate

STEPS = (("referred", "Referred"), *((str(each.shows), each.heading) for each in FOLLOWED_STEPS))
*_, JUDGED, BETTER = FOLLOWED_COUNTS
LADDER_AXES = ("ethnicity", "quintile", "place")
# Every group at every step is compared, so the limits are those that one comparison in five hundred passes by chance.
GAP_CONFIDENCE = 0.998
LADDER_NOTE = (
    "The babies referred in the year, followed to its last day: each step counts those of the step before who reached "
    "it by then. Those referred late in the year have had less time, in every group alike: compare the groups, not "
    "the last steps with the first. A gap is named where a group’s step is smaller than that of all other groups "
    "beyond 99.8% limits, whichever numbers the rounded ones stand for. Better is a reliable improvement of a measure, "
    "or a goal nearer by three points or more, and nothing reliably worse; it is counted of those whose change can be "
    "judged."
)


@dataclass(frozen=True)
class Gap:
    """A step at which a group falls behind: the share that reached it, over that of all others."""

    group: str
    before: str
    after: str
    ratio: Estimate

    @property
    def text(self) -> str:
        return (
            f"The gap opens between “{self.before}” and “{self.after}”: in {self.group} the share that reached it is "
            f"{self.ratio.value:.2f} times that of the other groups ({self.ratio.low:.2f} to {self.ratio.high:.2f})."
        )


NO_GAP = "No step loses one group more than the others beyond what chance would make."
TOO_FEW = "Too few are counted by group to say where a gap opens."


def build_ladders_of_period(period: dict[str, Any]) -> list[dict[str, Any]]:
    """{axis, title, headers, rows, too_small, gap, gap_group, charts} of each axis that is divided."""
    counts = PublishedCounts(period)
    return [ladder for axis in LADDER_AXES if (ladder := _build_ladder(counts, axis))]


def _build_ladder(counts: PublishedCounts, axis: str) -> dict[str, Any] | None:
    grouping = choose_grouping(counts, axis)
    if not grouping:
        return None
    groups = {name: counts.list_groups(name, axis, grouping) for name, _ in STEPS}
    labels = [each.label for each in max(groups.values(), key=len)]
    rows = [[label, *(_format(groups[name], label) for name, _ in STEPS)] for label in labels]
    whole = [_format_count(counts.get_whole(name)) for name, _ in STEPS]
    return {
        "axis": axis,
        "title": f"From referral to better, by {AXIS_WORDS[axis]}, babies referred in {counts.name}",
        "headers": [AXIS_WORDS[axis].capitalize(), *(words for _, words in STEPS)],
        "rows": [*rows, [WHOLE_SERVICE, *whole]],
        "too_small": [],
        "not_divided": _describe_not_divided(counts, axis, grouping),
        **_describe_gap(groups),
        "charts": [_build_chart(label, groups) for label in labels],
    }


def choose_grouping(counts: PublishedCounts, axis: str) -> str:
    """The grouping by which most of the steps are divided, the finest of those; "" where fewer than two are."""
    found = [counts.list_groupings(name, axis) for name, _ in STEPS]
    names = dict.fromkeys(name for each in found for name in each)
    best = max(names, key=lambda name: sum(name in each for each in found), default="")
    return best if sum(best in each for each in found) > 1 else ""


def _format(groups: Sequence[Group], label: str) -> str:
    """“–” where the step is not divided like this."""
    return next((_format_count(each.shown) for each in groups if each.label == label), "–")


def _format_count(shown: int | None) -> str:
    return SUPPRESSED if shown is None else str(shown)


def _build_chart(label: str, groups: dict[str, list[Group]]) -> dict[str, Any]:
    """A funnel of one group: the count of each step that is divided, as shown."""
    shown = {each: {group.label: group.shown for group in found} for each, found in groups.items()}
    return {
        "label": label,
        "steps": [[words, shown[name][label]] for name, words in STEPS if label in shown[name]],
    }


# ---------------------------------------------------------------- what is not said by group
def _describe_not_divided(counts: PublishedCounts, axis: str, grouping: str) -> list[str]:
    """Sentences: which steps are not divided like the others, as far as they are published, and why not; [] where all
    are divided.
    """
    left = [(name, words) for name, words in STEPS if not counts.list_groups(name, axis, grouping)]
    coarser = [_describe_groups(counts, axis, *each) for each in left]
    silent = [words for (_, words), said in zip(left, coarser, strict=True) if not said]
    sentences = [each for each in coarser if each]
    if silent:
        sentences.append(
            f"By {AXIS_WORDS[axis]} the report does not show {_join_words(silent)}: too few babies got there in the "
            "year to be divided without showing small numbers."
        )
    return sentences


def _describe_groups(counts: PublishedCounts, axis: str, name: str, words: str) -> str:
    """A step that is divided into fewer groups than the others; "" where it is not divided at all."""
    groups = counts.list_finest_groups(name, axis)
    if not groups:
        return ""
    shown = _join_words([f"{each.label} {_format_count(each.shown)}" for each in groups])
    return f"“{words}” is divided into fewer groups: {shown}."


def _join_words(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def describe_better(period: dict[str, Any]) -> str:
    """Of the whole service, from the printed counts: limits that hold whichever numbers the rounded ones stand for.
    "" of a year that was published before these were counted.
    """
    counts = PublishedCounts(period) if "published" in period else None
    if counts and counts.withheld & {JUDGED, BETTER}:
        return "How many are better is withheld, whatever its size, so that small numbers stay safe."
    if counts is None or not counts.has(JUDGED):
        return ""
    judged, better = counts.get_whole(JUDGED), counts.get_whole(BETTER)
    if not judged or better is None:
        return "Of the whole service too few babies’ change can be judged to say how many are better."
    return (
        f"Of the whole service, about {better} of about {judged} babies whose change can be judged are better"
        f"{_describe_limits(judged, better)}. More can be judged once goals, or measures with a published reliable "
        "change, are rated at both ends of the work."
    )


def _describe_limits(judged: int, better: int) -> str:
    if judged < MIN_PERCENT_WHOLE:
        return ", too few for a percentage"
    (least, most), (fewest, all_of_them) = get_reader_bounds(better), get_reader_bounds(judged)
    low = statistics.wilson(least, all_of_them).low
    high = statistics.wilson(min(most, fewest), fewest).high
    return f": between {floor(100 * low)}% and {ceil(100 * high)}%"


# ---------------------------------------------------------------- where the gap opens
def _describe_gap(groups: dict[str, list[Group]]) -> dict[str, str]:
    """{gap: the sentence, gap_group: who falls behind, "" where no one does}."""
    gaps = list(_list_gaps(groups))
    if gaps:
        worst = min(gaps, key=lambda gap: gap.ratio.value)
        return {"gap": worst.text, "gap_group": worst.group}
    return {"gap": NO_GAP if _count_compared(groups) else TOO_FEW, "gap_group": ""}


def _list_gaps(groups: dict[str, list[Group]]) -> Iterator[Gap]:
    for (before, words), (after, next_words) in pairwise(STEPS):
        for label, ratio, least in _compare_step(groups[before], groups[after]):
            if least.high < 1:
                yield Gap(label, words, next_words, ratio)


def _count_compared(groups: dict[str, list[Group]]) -> int:
    return sum(
        len(list(_compare_step(groups[before], groups[after]))) for (before, _), (after, _) in pairwise(STEPS)
    )


def _compare_step(
    before: Sequence[Group], after: Sequence[Group]
) -> Iterator[tuple[str, Estimate, Estimate]]:
    """Each group's share that reached this step, over that of all others together, where they are shown: as printed,
    and with the least gap that the rounded counts could stand for.
    """
    later = {each.label: each.shown for each in after}
    known = [(each.label, each.shown, later.get(each.label)) for each in before]
    shown = [(label, first, then) for label, first, then in known if first and then]
    for label, first, then in shown:
        others = [(a, b) for other, a, b in shown if other != label]
        ratio = _compare(first, then, others, 0)
        least = _compare(first, then, others, 1)
        if ratio and least:
            yield label, ratio, least


def _compare(first: int, then: int, others: Sequence[tuple[int, int]], rounding: int) -> Estimate | None:
    """Of one group and all others; with ``rounding``, as near to each other as the rounded counts allow."""
    low, high = (partial(_get_end, at=at, rounding=rounding) for at in (0, 1))
    whole, rest = low(first), sum(high(a) for a, _ in others)
    part, others_part = min(high(then), whole), min(sum(low(b) for _, b in others), rest)
    if not whole or not rest:
        return None
    return statistics.risk_ratio(part, whole, others_part, rest, GAP_CONFIDENCE)


def _get_end(shown: int, at: int, rounding: int) -> int:
    """The least (0) or the most (1) that a printed count stands for; itself without ``rounding``."""
    return get_reader_bounds(shown)[at] if rounding else shown
