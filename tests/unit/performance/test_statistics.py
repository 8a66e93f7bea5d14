"""Means with their limits, and control limits: figures from tables, and by hand."""

from datetime import date, timedelta

import pytest

from pairs.web.local_days import get_monday
from reporting.performance.control_charts import build_control_chart, calculate_limits, describe_signal
from reporting.performance.intervals import estimate_mean, get_t_quantile


# Student's t, two-sided 95 %: any printed table.
@pytest.mark.parametrize(
    ("degrees", "value"), [(1, 12.7062), (2, 4.3027), (4, 2.7764), (9, 2.2622), (29, 2.0452), (100, 1.9840)]
)
def test_quantiles_of_students_t_are_those_of_the_tables(degrees, value):
    assert get_t_quantile(0.975, degrees) == pytest.approx(value, abs=5e-5)


def test_a_mean_has_its_limits_and_one_value_has_none():
    # 1, 2, 3, 4, 5: mean 3, standard deviation 1.5811, t(4) 2.7764: 3 ± 1.9632
    found = estimate_mean([1, 2, 3, 4, 5])
    assert (found.value, found.low, found.high) == pytest.approx((3, 1.0368, 4.9632), abs=1e-4)
    assert estimate_mean([3]) is None
    with pytest.raises(ValueError, match="a share between"):
        get_t_quantile(0.4, 3)


def test_control_limits_are_the_mean_and_the_moving_ranges():
    # Ten, twelve, ten …: mean 11, every moving range 2: 11 ± 5.32
    limits = calculate_limits([10, 12] * 6)
    assert (limits.mean, limits.low, limits.high) == pytest.approx((11, 5.68, 16.32))
    assert calculate_limits([10, 12] * 5) is None
    assert calculate_limits([0, 4] * 6).low == 0


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([10, 12] * 6, "vary as these weeks usually do"),
        ([10, 12] * 6 + [30], "outside what these weeks usually bring"),
        ([10, 11, 10, 11, 10, 11, 10] + [12] * 7, "all above the mean"),
        ([12, 11, 12, 11, 12, 11, 12] + [10] * 7, "all below the mean"),
        ([10] * 3, "Limits are drawn from 12 weeks on"),
    ],
)
def test_what_the_newest_weeks_say(values, says):
    assert says in describe_signal(values, calculate_limits(values))


def test_a_chart_has_its_weeks_and_lines():
    monday = get_monday(date(2026, 11, 30))
    weeks = [(monday - timedelta(weeks=20 - number), 5 + number % 3) for number in range(20)]
    made = build_control_chart("Contacts", weeks)
    assert len(made.chart.dots) == 20
    assert len(made.chart.cut_offs) == 3
    assert build_control_chart("Contacts", weeks[:4]).limits is None
