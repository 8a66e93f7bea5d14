"""The mean of a few changes and its 95 % limits, by Student's t. Standard library alone."""

import math
from collections.abc import Callable, Sequence
from statistics import fmean, stdev

from reporting.evidence.statistics import Estimate

STEPS = 2000  # of Simpson's rule: the quantile is right to seven places from one degree of freedom on


def estimate_mean(values: Sequence[float], confidence: float = 0.95) -> Estimate | None:
    """The mean with its limits, in the values' own units; None of fewer than two."""
    if len(values) < 2:
        return None
    mean = fmean(values)
    half = get_t_quantile((1 + confidence) / 2, len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return Estimate(mean, mean - half, mean + half)


def get_t_quantile(share: float, degrees: int) -> float:
    """The value below which this share (over a half) of Student's t with these degrees of freedom lies."""
    if not 0.5 < share < 1 or degrees < 1:
        raise ValueError("a share between a half and one, and one degree of freedom or more")
    low, high = 0.0, math.pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _integrate(middle, degrees) < share - 0.5 else (low, middle)
    return math.sqrt(degrees) * math.tan((low + high) / 2)


def _integrate(angle: float, degrees: int) -> float:
    """The share between 0 and sqrt(degrees) tan(angle): with t = sqrt(n) tan(a) the density is that of cos(a)^(n-1)."""
    scale = math.exp(math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2)) / math.sqrt(math.pi)
    return scale * _apply_simpson(lambda a: math.cos(a) ** (degrees - 1), angle)


def _apply_simpson(function: Callable[[float], float], end: float) -> float:
    width = end / STEPS
    inner = sum((4 if n % 2 else 2) * function(n * width) for n in range(1, STEPS))
    return width / 3 * (function(0.0) + inner + function(end))
