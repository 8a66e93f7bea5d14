"""The statistics against published figures, and what must hold for any numbers."""

import dataclasses
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.evidence import statistics
from reporting.evidence.statistics import Estimate
from tests.unit.evidence.reference_figures import FIGURES


def to_numbers(result):
    if isinstance(result, statistics.Slope):
        return result.sii, result.rii
    if isinstance(result, Estimate):
        return dataclasses.astuple(result)
    return result if isinstance(result, tuple) else (result,)


@pytest.mark.parametrize(("function", "arguments", "expected", "source"), FIGURES)
def test_published_figures(function, arguments, expected, source):
    result = to_numbers(getattr(statistics, function)(*arguments))
    assert result == pytest.approx(expected, rel=1e-9, abs=1e-9), source


def test_z_score():
    assert statistics.z_score() == pytest.approx(1.959963984540054, abs=1e-14)
    assert statistics.z_score(0.998) == pytest.approx(3.090232306167813, abs=1e-12)


# ---------------------------------------------------------------- counts
@pytest.mark.parametrize(("count", "limits"), [(0, (0, 3.688879454)), (5, (1.623486390, 11.668332079))])
def test_exact_limits(count, limits):
    assert statistics.exact_poisson(count) == pytest.approx(limits, rel=1e-9)


def test_of_no_one_byar_begins_at_nought():
    assert statistics.byar(0) == pytest.approx((0, 3.668), abs=1e-3)


@given(st.integers(10, 1000))
def test_byar_is_within_a_fifth_of_a_percent_of_exact_from_ten(count):
    assert statistics.byar(count) == pytest.approx(statistics.exact_poisson(count), rel=0.002)


@given(st.integers(0, 400), st.sampled_from([0.8, 0.95, 0.998]))
def test_exact_limits_leave_the_tail_they_promise(count, confidence):
    low, high = statistics.exact_poisson(count, confidence)
    tail = (1 - confidence) / 2
    assert statistics._calculate_poisson_cdf(count, high) == pytest.approx(tail, rel=1e-6)
    if count:
        assert 1 - statistics._calculate_poisson_cdf(count - 1, low) == pytest.approx(tail, rel=1e-6)


def test_below_ten_exact_from_ten_byar():
    assert statistics.count_interval(9) == statistics.exact_poisson(9)
    assert statistics.count_interval(10) == statistics.byar(10)


@given(st.integers(0, 5000), st.integers(1, 10**6))
def test_a_rate_lies_within_its_limits_and_scales(count, population):
    rate = statistics.crude_rate(count, population)
    assert 0 <= rate.low <= rate.value <= rate.high
    assert statistics.crude_rate(count, population, 100_000).value == pytest.approx(100 * rate.value)


@given(st.data())
def test_a_proportion_lies_within_its_limits_and_mirrors(data):
    whole = data.draw(st.integers(1, 10**5))
    part = data.draw(st.integers(0, whole))
    some, rest = statistics.wilson(part, whole), statistics.wilson(whole - part, whole)
    assert 0 <= some.low <= some.value + 1e-12
    assert some.value - 1e-12 <= some.high <= 1
    assert (1 - some.high, 1 - some.low) == pytest.approx((rest.low, rest.high), abs=1e-9)


# ---------------------------------------------------------------- comparing
@pytest.mark.parametrize("compare", [statistics.rate_ratio, statistics.risk_ratio])
@pytest.mark.parametrize(("a", "b"), [(0, 5), (5, 0), (0, 0)])
def test_a_ratio_with_no_one_in_it_is_not_calculable(compare, a, b):
    assert compare(a, 100, b, 100) is None


@given(st.integers(1, 500), st.integers(1, 500), st.integers(500, 9999), st.integers(500, 9999))
def test_turning_a_ratio_round_turns_its_limits_round(a, b, of_a, of_b):
    for compare in (statistics.rate_ratio, statistics.risk_ratio):
        one, other = compare(a, of_a, b, of_b), compare(b, of_b, a, of_a)
        assert one.low <= one.value <= one.high
        assert (1 / other.value, 1 / other.high, 1 / other.low) == pytest.approx(
            (one.value, one.low, one.high)
        )


def test_everybody_against_everybody_is_one_for_certain():
    assert statistics.risk_ratio(7, 7, 3, 3) == Estimate(1, 1, 1)


def test_a_difference_takes_its_limits_from_both_by_mover():
    # 5 (3 to 8) less 2 (1 to 6): 3 - sqrt(2² + 4²) to 3 + sqrt(3² + 1²).
    difference = statistics.rate_difference(Estimate(5, 3, 8), Estimate(2, 1, 6))
    assert dataclasses.astuple(difference) == pytest.approx((3, 3 - math.sqrt(20), 3 + math.sqrt(10)))


def test_mover_on_wilson_limits_gives_newcombes_published_interval():
    # Newcombe 1998, method 10, example (a): 56/70 - 48/80 is 0.2000 (0.0524 to 0.3339).
    difference = statistics.rate_difference(statistics.wilson(56, 70), statistics.wilson(48, 80))
    assert dataclasses.astuple(difference) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


# ---------------------------------------------------------------- inequality
@given(st.lists(st.tuples(st.floats(0.1, 100), st.integers(1, 10**5)), min_size=5, max_size=10))
def test_turning_the_groups_round_turns_the_slope_round(groups):
    values, populations = zip(*groups, strict=True)
    for scale in ("linear", "ln"):
        one = statistics.slope_index(values, populations, scale)
        other = statistics.slope_index(values[::-1], populations[::-1], scale)
        assert (one.most, one.least) == pytest.approx((other.least, other.most), rel=1e-6, abs=1e-6)


@given(st.floats(0.01, 0.99), st.lists(st.integers(1, 10**5), min_size=5, max_size=20))
def test_where_all_are_alike_there_is_no_slope(value, populations):
    for scale in ("linear", "ln", "logit"):
        slope = statistics.slope_index([value] * len(populations), populations, scale)
        assert (slope.sii, slope.rii) == pytest.approx((0, 1), abs=1e-9)


@pytest.mark.parametrize(("values", "scale"), [([0, 1, 1, 1, 1], "ln"), ([0.5, 1, 0.5, 0.5, 0.5], "logit")])
def test_a_value_with_no_place_on_the_scale_gives_no_slope(values, scale):
    assert statistics.slope_index(values, [1] * 5, scale) is None


def test_a_line_that_falls_below_nought_has_no_ratio():
    slope = statistics.slope_index([0, 0, 0, 1, 9], [1] * 5)
    assert slope.most < 0
    assert slope.rii is None


@pytest.mark.parametrize(
    ("values", "populations"), [([1] * 4, [1] * 4), ([1] * 5, [1] * 4), ([1] * 5, [1, 1, 0, 1, 1])]
)
def test_a_slope_refuses_what_it_cannot_fit(values, populations):
    with pytest.raises(ValueError, match=r"group|population"):
        statistics.slope_index(values, populations)


def test_no_disparity_from_nothing():
    assert statistics.index_of_disparity([1, 2], 0) is None
    assert statistics.index_of_disparity([2, 2], 2) == 0


# ---------------------------------------------------------------- middles
@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([7], 0.9, 7), ([4, 1, 3], 0.5, 3), ([1, 2, 3, 4], 0.5, 2.5), ([0, 10], 0.25, 2.5)],
)
def test_percentiles(values, share, expected):
    assert statistics.percentile(values, share) == expected


@given(st.lists(st.integers(0, 1000), min_size=1))
def test_half_lie_on_either_side_of_the_median(values):
    middle = statistics.median(values)
    assert 2 * sum(value < middle for value in values) <= len(values)
    assert 2 * sum(value > middle for value in values) <= len(values)


@pytest.mark.parametrize(
    "call",
    [
        lambda: statistics.byar(-1),
        lambda: statistics.exact_poisson(-1),
        lambda: statistics.crude_rate(1, 0),
        lambda: statistics.wilson(2, 1),
        lambda: statistics.wilson(0, 0),
        lambda: statistics.rate_ratio(1, 0, 1, 1),
        lambda: statistics.risk_ratio(2, 1, 1, 1),
        lambda: statistics.z_score(1),
        lambda: statistics.percentile([1], 1.1),
        lambda: statistics.index_of_disparity([], 1),
    ],
)
def test_nonsense_is_refused(call):
    with pytest.raises(ValueError, match=r"\w"):
        call()
