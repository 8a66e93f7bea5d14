"""A chart over time: days as far apart as they are, one scale, cut-offs in their place, and the same in words."""

from datetime import date

import pytest

from pairs.web.time_chart import BOTTOM, LEFT, RIGHT, TOP, TimePoint, build_time_chart, format_value

JUNE, JULY, NOVEMBER = date(2026, 6, 1), date(2026, 7, 1), date(2026, 11, 1)


def test_days_stand_as_far_apart_as_they_are_and_the_scale_is_the_whole_one():
    chart = build_time_chart([TimePoint(JUNE, 0), TimePoint(JULY, 5), TimePoint(NOVEMBER, 10)], 0, 10)
    assert [dot.y for dot in chart.dots] == [BOTTOM, (TOP + BOTTOM) / 2, TOP]
    assert [dot.x for dot in chart.dots] == [
        LEFT,
        pytest.approx(LEFT + (RIGHT - LEFT) * 30 / 153, abs=0.01),
        RIGHT,
    ]
    assert chart.days == (JUNE, NOVEMBER)


@pytest.mark.parametrize("points", [[TimePoint(JUNE, 4)], [TimePoint(JUNE, 4), TimePoint(JUNE, 6)]])
def test_one_day_is_one_date_and_no_division(points):
    chart = build_time_chart(points, 0, 10)
    assert {dot.x for dot in chart.dots} == {LEFT}
    assert chart.days == (JUNE,)


def test_one_value_is_a_dot_without_a_line_or_a_baseline():
    chart = build_time_chart([TimePoint(JUNE, 4)], 0, 10)
    assert (chart.dots[0].joined_to, chart.baseline) == (None, None)


def test_only_what_may_be_compared_is_joined():
    mine, hers = TimePoint(JUNE, 4, "mother"), TimePoint(JULY, 6, "father")
    chart = build_time_chart([mine, hers, TimePoint(NOVEMBER, 5, "mother")], 0, 10)
    first, second, third = chart.dots
    assert (first.joined_to, second.joined_to, third.joined_to) == (None, None, (first.x, first.y))
    assert (first.second, second.second) == (False, True)
    assert build_time_chart([mine, hers], 0, 10).baseline is None


def test_a_cut_off_has_its_place_and_a_label_only_where_there_is_room():
    lines = build_time_chart([TimePoint(JUNE, 4)], 0, 30, [13, 10, 29]).cut_offs
    assert [line.text for line in lines] == ["10", "", ""]
    assert lines[0].y > lines[1].y > lines[2].y > TOP


def test_the_words_hold_every_figure():
    chart = build_time_chart([TimePoint(JUNE, 3, paired=True), TimePoint(NOVEMBER, 6.5)], 0, 10)
    assert chart.words == "From 0 to 10. 1 Jun 2026: 3 (of the pair); 1 Nov 2026: 6.5."


@pytest.mark.parametrize(("value", "text"), [(4.0, "4"), (11 / 3, "3.67"), (480, "480"), (36.1, "36.1")])
def test_a_value_as_one_writes_it(value, text):
    assert format_value(value) == text


@pytest.mark.parametrize("value", [-1, 11])
def test_a_value_beyond_the_scale_stays_in_the_picture(value):
    assert TOP <= build_time_chart([TimePoint(JUNE, value)], 0, 10).dots[0].y <= BOTTOM
