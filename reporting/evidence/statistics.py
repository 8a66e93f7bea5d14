"""Rates, intervals and inequality: pure functions of exact numbers, to be disclosed by others.

Methods: OHID Fingertips technical guidance (Byar, Wilson, SII); Garwood 1936 (exact Poisson); Zou and Donner
2008 (MOVER); Pearcy and Keppel 2002 (index of disparity).
A statistic that does not exist for its numbers is None ("not calculable"), never a patched figure.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

SMALL_COUNT = 10  # below it a count's interval is exact; from it on, Byar is within 0.2 % (Fingertips)
RATE_PER = 1_000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its confidence limits, in the value's own units."""

    value: float
    low: float
    high: float


def z_score(confidence: float = 0.95) -> float:
    """The two-sided normal quantile: 1.96 for 0.95."""
    _check(0 < confidence < 1, "confidence lies between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


# ---------------------------------------------------------------- counts, proportions, rates
def byar(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Byar's limits of a Poisson count (count >= 0); from 0 the lower limit is 0."""
    _check(count >= 0, "a count is not negative")
    z = z_score(confidence)
    return (_calculate_byar_limit(count, -z) if count else 0.0, _calculate_byar_limit(count + 1, z))


def _calculate_byar_limit(count: int, z: float) -> float:
    return float(count * (1 - 1 / (9 * count) + z / (3 * math.sqrt(count))) ** 3)


def exact_poisson(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Garwood's exact limits of a Poisson count (count >= 0); from 0 the lower limit is 0."""
    _check(count >= 0, "a count is not negative")
    tail = (1 - confidence) / 2
    rough_low, rough_high = byar(count, confidence)
    low = (
        _find_root(lambda mean: _calculate_poisson_cdf(count - 1, mean) - (1 - tail), 0.0, max(count, 1))
        if count
        else 0.0
    )
    return low, _find_root(
        lambda mean: _calculate_poisson_cdf(count, mean) - tail, max(rough_low, count), 2 * rough_high + 10
    )


def _calculate_poisson_cdf(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    log_mean = math.log(mean)
    return math.fsum(math.exp(k * log_mean - mean - math.lgamma(k + 1)) for k in range(count + 1))


def _find_root(falling: Callable[[float], float], low: float, high: float) -> float:
    """Where a falling function crosses zero, by bisection to the last bit."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


def count_interval(count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Limits of a count as Fingertips draws them: exact below 10, Byar from 10."""
    return exact_poisson(count, confidence) if count < SMALL_COUNT else byar(count, confidence)


def crude_rate(count: int, population: float, per: float = RATE_PER, confidence: float = 0.95) -> Estimate:
    """`count` people (each once) in a population, per 1,000 unless told otherwise."""
    _check(population > 0, "a population is positive")
    low, high = count_interval(count, confidence)
    return Estimate(count / population * per, low / population * per, high / population * per)


def wilson(part: float, whole: float, confidence: float = 0.95) -> Estimate:
    """A proportion (0 to 1) and Wilson's score limits; 0 <= part <= whole, whole > 0."""
    _check(whole > 0 and 0 <= part <= whole, "a part lies between 0 and its whole")
    z = z_score(confidence)
    share = part / whole
    middle = 2 * part + z * z
    spread = z * math.sqrt(z * z + 4 * part * (1 - share))
    low, high = (middle - spread) / (2 * (whole + z * z)), (middle + spread) / (2 * (whole + z * z))
    return Estimate(share, max(low, 0.0), min(high, 1.0))


# ---------------------------------------------------------------- comparing two groups
def rate_ratio(
    a: int, population_a: float, b: int, population_b: float, confidence: float = 0.95
) -> Estimate | None:
    """Rate of a over rate of b, log-normal limits for Poisson counts; None when either count is 0."""
    _check(population_a > 0 and population_b > 0, "a population is positive")
    _check(a >= 0 and b >= 0, "a count is not negative")
    if not a or not b:
        return None
    return _build_ratio((a / population_a) / (b / population_b), math.sqrt(1 / a + 1 / b), confidence)


def risk_ratio(a: int, whole_a: int, b: int, whole_b: int, confidence: float = 0.95) -> Estimate | None:
    """Proportion a of its whole over proportion b of its; log-normal limits; None when either part is 0."""
    _check(
        0 <= a <= whole_a and 0 <= b <= whole_b and whole_a > 0 and whole_b > 0,
        "a part lies within its whole",
    )
    if not a or not b:
        return None
    error = math.sqrt(max(1 / a - 1 / whole_a + 1 / b - 1 / whole_b, 0.0))
    return _build_ratio((a / whole_a) / (b / whole_b), error, confidence)


def _build_ratio(value: float, log_error: float, confidence: float) -> Estimate:
    factor = math.exp(z_score(confidence) * log_error)
    return Estimate(value, value / factor, value * factor)


def rate_difference(a: Estimate, b: Estimate) -> Estimate:
    """a - b in their own units, with limits from the limits of each (MOVER)."""
    difference = a.value - b.value
    return Estimate(
        difference,
        difference - math.hypot(a.value - a.low, b.high - b.value),
        difference + math.hypot(a.high - a.value, b.value - b.low),
    )


# ---------------------------------------------------------------- inequality across deprivation
Scale = Literal["linear", "ln", "logit"]


@dataclass(frozen=True, slots=True)
class Slope:
    """The fitted line's two ends: `most` and `least` deprived, in the values' units.

    `sii` = least - most (negative: more in the most deprived). `rii` = least / most, None unless most > 0.
    """

    most: float
    least: float

    @property
    def sii(self) -> float:
        return self.least - self.most

    @property
    def rii(self) -> float | None:
        return self.least / self.most if self.most > 0 else None


def slope_index(
    values: Sequence[float], populations: Sequence[float], scale: Scale = "linear"
) -> Slope | None:
    """Slope index of inequality over 5 to 100 groups, most deprived first, weighted by population.

    Rates are best fitted on "ln", proportions (0 to 1) on "logit". None when a value has no place on the
    scale (a rate of 0; a proportion of 0 or 1).
    """
    _check(len(values) == len(populations), "each group has a value and a population")
    _check(5 <= len(values) <= 100, "a slope needs 5 to 100 groups")
    _check(all(population > 0 for population in populations), "a population is positive")
    if not all(_is_on_scale(value, scale) for value in values):
        return None
    start, end = _fit_ends([_transform(value, scale) for value in values], populations)
    return Slope(_transform_back(start, scale), _transform_back(end, scale))


def _fit_ends(values: Sequence[float], populations: Sequence[float]) -> tuple[float, float]:
    """Weighted least squares on cumulative population share (group midpoints): the line at 0 and at 1."""
    total = math.fsum(populations)
    weights = [population / total for population in populations]
    ranks = [math.fsum(weights[:at]) + weight / 2 for at, weight in enumerate(weights)]
    middle = _sum_products(weights, ranks)
    level = _sum_products(weights, values)
    across = math.fsum(w * (r - middle) ** 2 for w, r in zip(weights, ranks, strict=True))
    along = math.fsum(w * (r - middle) * (v - level) for w, r, v in zip(weights, ranks, values, strict=True))
    slope = along / across
    return level - slope * middle, level + slope * (1 - middle)


def _sum_products(a: Sequence[float], b: Sequence[float]) -> float:
    return math.fsum(x * y for x, y in zip(a, b, strict=True))


def _is_on_scale(value: float, scale: Scale) -> bool:
    return scale == "linear" or (value > 0 and (scale == "ln" or value < 1))


def _transform(value: float, scale: Scale) -> float:
    if scale == "linear":
        return value
    return math.log(value) if scale == "ln" else math.log(value / (1 - value))


def _transform_back(value: float, scale: Scale) -> float:
    if scale == "linear":
        return value
    return math.exp(value) if scale == "ln" else 1 / (1 + math.exp(-value))


SLOPE_DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class SlopeEstimate:
    """The slope index and its relative, each with 95 % limits."""

    sii: Estimate
    rii: Estimate


def estimate_slope(rates: Sequence[Estimate], populations: Sequence[float]) -> SlopeEstimate | None:
    """SII and RII of rates, most deprived first, fitted on the log scale; None where a rate or its lower limit is 0.

    Limits as in the Fingertips method: each rate drawn from a normal around its logarithm, with the standard error
    that its limits imply. The draws are seeded, so that the same rates always give the same limits.
    """
    values = [rate.value for rate in rates]
    fitted = slope_index(values, populations, "ln") if all(rate.low > 0 for rate in rates) else None
    if fitted is None or fitted.rii is None:
        return None
    errors = [(math.log(rate.high) - math.log(rate.low)) / (2 * z_score()) for rate in rates]
    drawn = _draw_slopes([math.log(value) for value in values], errors, populations)
    siis, riis = zip(*((least - most, least / most) for most, least in drawn), strict=True)
    return SlopeEstimate(_build_drawn(fitted.sii, siis), _build_drawn(fitted.rii, riis))


def _draw_slopes(
    logs: Sequence[float], errors: Sequence[float], populations: Sequence[float]
) -> list[tuple[float, float]]:
    chance = random.Random(1)
    draws = (
        [chance.gauss(middle, error) for middle, error in zip(logs, errors, strict=True)]
        for _ in range(SLOPE_DRAWS)
    )
    ends = (_fit_ends(values, populations) for values in draws)
    return [(math.exp(most), math.exp(least)) for most, least in ends]


def _build_drawn(value: float, drawn: Sequence[float]) -> Estimate:
    low, high = (percentile(drawn, share) or 0.0 for share in (0.025, 0.975))
    return Estimate(value, low, high)


def index_of_disparity(rates: Sequence[float], reference: float) -> float | None:
    """Mean absolute distance of the groups' rates from the reference (the total population's rate), as % of it.

    Divides by the number of groups. None when the reference is 0.
    """
    _check(len(rates) > 0, "there is at least one group")
    if not reference:
        return None
    return 100 * math.fsum(abs(rate - reference) for rate in rates) / len(rates) / reference


# ---------------------------------------------------------------- the middle of many values
def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` (0 to 1) lies, interpolated as PostgreSQL's percentile_cont; None of none."""
    _check(0 <= share <= 1, "a share lies between 0 and 1")
    if not values:
        return None
    ordered = sorted(values)
    at = share * (len(ordered) - 1)
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def median(values: Sequence[float]) -> float | None:
    """The middle value, or half-way between the middle two; None of none."""
    return percentile(values, 0.5)


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
