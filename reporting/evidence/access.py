"""Access: children seen in a year per 1,000 aged 0 to 4, by group, and how unequal it is.

A function of what the year published and of public populations alone: rates are worked from rounded counts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.evidence import statistics
from reporting.evidence.disclosure import SUPPRESSED, Published, PublishedRate, publish_rate
from reporting.evidence.populations import AXES, Populations
from reporting.evidence.published_counts import PublishedCounts
from reporting.evidence.release import UNKNOWN_LABELS
from reporting.evidence.rules import WHOLE_SERVICE
from reporting.evidence.statistics import Estimate

SEEN = "seen"
AXIS_WORDS = {"quintile": "deprivation", "place": "place", "ethnicity": "ethnic group"}
# Under about 50 people a slope over fifths is noise: then there is the table, and the ratio.
MIN_SLOPE_COUNT = 50
NO_RATE = "–"
RATE_NOTE = (
    "Rates are worked from the rounded counts. The limits in brackets are 95% limits of a count: exact under 10, "
    "Byar’s from 10. A rate with wide limits could be far from what another year would show."
)


@dataclass(frozen=True)
class GroupRate:
    """One group: its count as shown, the children of that age who live there, and the rate; None: there is none."""

    label: str
    shown: int | None
    population: int | None
    rate: Estimate | None
    is_unknown: bool = False  # those of whom it is not known, who have no population

    @property
    def row(self) -> list[str]:
        count = SUPPRESSED if self.shown is None else str(self.shown)
        if self.population is None:
            return [self.label, count, NO_RATE, NO_RATE]
        return [self.label, count, f"{self.population:,}", PublishedRate(self.rate).text]


def build_access(period: dict[str, Any], populations: Populations) -> dict[str, Any]:
    """As the snapshot keeps it: {title, tables, charts, measures, sentence, sources, missing, note}."""
    counts = PublishedCounts(period)
    rates = {axis: list_rates(counts, axis, populations) for axis in AXES}
    whole = _rate_group(WHOLE_SERVICE, counts.get_whole(SEEN), populations.whole or None)
    tables = [
        _build_table(axis, groups, whole, period["name"])
        for axis, groups in rates.items()
        if any(each.population for each in groups)
    ]
    measures = list(_list_measures(rates, whole))
    return {
        "title": f"Access per 1,000 children aged 0 to 4, {period['name']}",
        "whole": _describe_rate(whole.rate),
        "rates": {axis: list(map(_keep_rate, groups)) for axis, groups in rates.items()},
        "tables": tables,
        "measures": [each for each in measures if each],
        "sources": list(populations.sources),
        "missing": list(populations.missing),
        "note": RATE_NOTE,
    }


def list_rates(counts: PublishedCounts, axis: str, populations: Populations) -> list[GroupRate]:
    """The groups by which those seen are divided, each with its rate where its population is known."""
    return [
        _rate_group(
            each.label,
            each.shown,
            populations.count(axis, each.members),
            is_unknown=set(each.members) <= UNKNOWN_LABELS,
        )
        for each in counts.list_finest_groups(SEEN, axis)
    ]


def _rate_group(
    label: str, shown: int | None, population: int | None, *, is_unknown: bool = False
) -> GroupRate:
    rate = publish_rate(Published(shown), population).estimate if population else None
    return GroupRate(label, shown, population, rate, is_unknown)


def _list_known(groups: Sequence[GroupRate]) -> list[GroupRate]:
    """The groups that are known, if all of them have a rate: [] where some are joined with those not known, or *."""
    known = [each for each in groups if not each.is_unknown]
    return known if len(known) > 1 and all(each.rate for each in known) else []


def _build_table(axis: str, groups: Sequence[GroupRate], whole: GroupRate, period: str) -> dict[str, Any]:
    return {
        "title": f"Children seen per 1,000 aged 0 to 4, by {AXIS_WORDS[axis]}, {period}",
        "headers": [AXIS_WORDS[axis].capitalize(), "Seen", "Children aged 0 to 4", "Per 1,000 (95% limits)"],
        "rows": [each.row for each in (*groups, whole)],
        "too_small": [],
    }


def _keep_rate(group: GroupRate) -> dict[str, Any]:
    """For a chart: {label, population, rate, low, high}; None where there is none."""
    rate = group.rate
    return {
        "label": group.label,
        "population": group.population,
        "rate": None if rate is None else round(rate.value, 1),
        "low": None if rate is None else round(rate.low, 1),
        "high": None if rate is None else round(rate.high, 1),
    }


def _describe_rate(rate: Estimate | None) -> dict[str, Any] | None:
    if rate is None:
        return None
    return {"rate": round(rate.value, 1), "low": round(rate.low, 1), "high": round(rate.high, 1)}


# ---------------------------------------------------------------- how unequal it is
def _list_measures(rates: dict[str, list[GroupRate]], whole: GroupRate) -> Iterator[dict[str, str] | None]:
    fifths = [each for each in rates["quintile"] if each.population]
    yield _compare_ends(fifths)
    yield from _describe_slope(fifths, whole)
    for axis in AXES:
        yield _describe_disparity(axis, rates[axis], whole)
    for axis in (
        "place",
        "ethnicity",
    ):  # more is wanted where deprivation is high, so there no level is "equal"
        yield _count_more_if_equal(axis, rates[axis], whole)


def _compare_ends(fifths: Sequence[GroupRate]) -> dict[str, str] | None:
    """The most deprived fifth over the least (or over the rest, where the others are joined)."""
    if len(fifths) < 2:
        return None
    most, least = fifths[0], fifths[-1]
    if not (most.shown and least.shown and most.population and least.population):
        return None
    ratio = statistics.rate_ratio(most.shown, most.population, least.shown, least.population)
    if ratio is None:
        return None
    other = "the least deprived fifth" if len(fifths) == 5 else least.label.lower()
    return _make_measure(
        "Rate ratio",
        _format(ratio, 2),
        f"The rate of the most deprived fifth over that of {other}. {_judge(ratio, 1)}",
    )


def _describe_slope(fifths: Sequence[GroupRate], whole: GroupRate) -> Iterator[dict[str, str]]:
    rates = [each.rate for each in fifths if each.rate]
    if len(fifths) != 5 or len(rates) != 5 or (whole.shown or 0) < MIN_SLOPE_COUNT:
        return
    slope = statistics.estimate_slope(rates, [each.population or 0 for each in fifths])
    if slope is None:
        return
    turned = Estimate(-slope.sii.value, -slope.sii.high, -slope.sii.low)
    yield _make_measure(
        "Slope index of inequality",
        f"{_format(turned)} per 1,000",
        "How many more in every 1,000 are seen at the most deprived end of the area than at the least deprived, on a "
        f"line through all five fifths. {_judge(turned, 0)}",
    )
    yield _make_measure(
        "Relative index of inequality",
        _format(slope.rii, 2),
        "The rate at the least deprived end over that at the most deprived: below 1, access is higher where "
        f"deprivation is. {_judge(slope.rii, 1)}",
    )


def _describe_disparity(axis: str, groups: Sequence[GroupRate], whole: GroupRate) -> dict[str, str] | None:
    rates = [each.rate.value for each in _list_known(groups) if each.rate]
    if not rates or whole.rate is None:
        return None
    found = statistics.index_of_disparity(rates, whole.rate.value)
    if found is None:
        return None
    return _make_measure(
        f"Index of disparity by {AXIS_WORDS[axis]}",
        f"{found:.0f}%",
        f"The mean distance of {len(rates)} groups from the rate of the whole service, which is the reference.",
    )


def _count_more_if_equal(axis: str, groups: Sequence[GroupRate], whole: GroupRate) -> dict[str, str] | None:
    """Of groups with a lower rate than the whole service: how many more with its rate, to the nearest 5."""
    known = _list_known(groups)
    if whole.rate is None or not known:
        return None
    missing = {
        each.label: (whole.rate.value - each.rate.value) * each.population / statistics.RATE_PER
        for each in known
        if each.rate and each.population and each.rate.value < whole.rate.value
    }
    return _make_measure(
        f"If access were equal by {AXIS_WORDS[axis]}",
        f"about {5 * round(sum(missing.values()) / 5)} more babies a year",
        "If each group with a lower rate were seen as often as the whole service: "
        f"{', '.join(missing) or 'none has one'}. Arithmetic, not a forecast.",
    )


def _make_measure(name: str, value: str, meaning: str) -> dict[str, str]:
    return {"name": name, "value": value, "meaning": meaning}


def _format(estimate: Estimate, decimals: int = 1) -> str:
    value, low, high = (f"{each:.{decimals}f}" for each in (estimate.value, estimate.low, estimate.high))
    return f"{value} ({low} to {high})"


def _judge(estimate: Estimate, nothing: float) -> str:
    """Whether the limits leave open that there is no difference."""
    if estimate.low <= nothing <= estimate.high:
        return "The limits leave open that there is no difference."
    return "More than chance alone would make."
