"""A measure over time: published cut-offs for whom they are published, which way, the pair, and what is missing."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from outcomes.measure_charts import (
    NO_RANGE,
    build_score_charts,
    describe_change,
    describe_missing_items,
    list_cut_offs,
)
from outcomes.measures import get_catalogue
from outcomes.pairing import CompletedMeasure, Pair, calculate_change

FIRST = date(2026, 6, 1)


def build_time(
    measure, scores, *, weeks=0, rater="sara", relationship="mother", born=date(2026, 1, 1), **more
):
    """An answered assessment as a row of the database has it."""
    dyad = SimpleNamespace(relationship=relationship, infant=SimpleNamespace(birth_date=born))
    row = {
        "pk": f"{rater}{weeks}", "measure": measure, "measure_version": "1", "form": "", "dyad": dyad,
        "rater_id": rater, "rater_role": "", "rated_by_staff_id": None, "declined": False, "responses": {},
        "typed": {}, "scores": scores, "completed_on": FIRST + timedelta(weeks=weeks),
    }  # fmt: skip
    return SimpleNamespace(**row | more)


def chart(measure, *rows, pair=None):
    return build_score_charts(get_catalogue()[measure], rows, pair)


def get_lines(measure, group, scale="total"):
    return [each.at for each in list_cut_offs(get_catalogue()[measure].scale(scale), group)]


@pytest.mark.parametrize(
    ("measure", "group", "lines"),
    [
        ("epds", "after birth", [10, 13]),
        ("epds", "pregnancy", [15]),
        ("epds", "father", [11]),
        ("adbb", "after birth", [5]),
        ("ors", "after birth", []),
        ("mors_sf", "after birth", []),
        ("srs", "after birth", [36]),
    ],
)
def test_a_line_is_drawn_only_where_one_is_published_for_them(measure, group, lines):
    scale = get_catalogue()[measure].scales[0].id
    assert get_lines(measure, group, scale) == pytest.approx(lines)


def test_every_line_of_the_catalogue_has_its_words_and_its_source():
    found = [
        line
        for measure in get_catalogue().values()
        for scale in measure.scales
        for group in {band.of for band in scale.bands}
        for line in list_cut_offs(scale, group)
    ]
    assert len(found) > 10
    assert all(line.words and line.source for line in found)


@pytest.mark.parametrize(
    ("measure", "start", "end", "words", "colour"),
    [
        ("gad7", 15, 9, "15 to 9: better", "green"),
        ("gad7", 15, 12, "15 to 12: a little better", "grey"),
        ("gad7", 9, 15, "9 to 15: higher", "yellow"),
        ("gad7", 9, 10, "9 to 10: a little higher", "yellow"),
        ("mors_sf", 28, 20, "28 to 20: lower", "yellow"),
        ("gad7", 9, 9, "No change (9 → 9)", "grey"),
        ("adbb", 6, 4, "6 to 4: better", "green"),
    ],
)
def test_which_way_a_score_went(measure, start, end, words, colour):
    scale = get_catalogue()[measure].scales[0]
    assert describe_change(calculate_change(scale, start, end)) == (words, colour)


def test_what_is_neither_better_nor_worse_is_only_higher_or_lower():
    scale = get_catalogue()["prfq"].scale("certainty_mental_states")
    assert describe_change(calculate_change(scale, 3, 5)) == ("3 to 5: higher", "grey")


def test_every_time_is_drawn_and_the_pair_is_marked():
    rows = [build_time("gad7", {"total": score}, weeks=at) for at, score in ((0, 15), (4, 14), (9, 9))]
    first, last = (
        CompletedMeasure(row.pk, "gad7", "1", "d", "sara", row.completed_on, True, row.scores)
        for row in (rows[0], rows[2])
    )
    [total] = chart("gad7", *rows, pair=Pair(first, last))
    assert [dot.text for dot in total.chart.dots] == ["15", "14", "9"]
    assert [dot.paired for dot in total.chart.dots] == [True, False, True]
    assert (total.change, total.direction) == ("15 to 9: better", "Lower is better")
    assert [line.at for line in total.cut_offs] == [5, 10, 15]


def test_two_raters_are_never_compared():
    mother, father = build_time("gad7", {"total": 15}), build_time("gad7", {"total": 2}, weeks=3, rater="tom")
    [total] = chart("gad7", mother, father)
    assert total.change == "Once: 2"
    assert total.explained == ""
    assert all(dot.joined_to is None for dot in total.chart.dots)


def test_a_father_has_his_own_line():
    [total] = chart("epds", build_time("epds", {"total": 12}, relationship="father"))
    assert [line.at for line in total.cut_offs] == [11]


def test_without_a_verified_range_the_chart_says_so():
    warmth, invasion = chart("mors_sf", build_time("mors_sf", {"warmth": 28.0, "invasion": 0.0}))
    assert (warmth.note, invasion.note) == (NO_RANGE, NO_RANGE)
    assert [level.text for level in warmth.chart.edges] == ["28", "0"]
    assert invasion.chart.dots[0].y == invasion.chart.edges[1].y


def test_a_score_that_was_never_made_is_not_drawn():
    assert chart("gad7", build_time("gad7", {"total": None})) == []


@pytest.mark.parametrize(
    ("measure", "left_out", "scores", "words"),
    [
        ("gad7", [3], {"total": None}, "Item 3 not answered: no score for Total."),
        ("gad7", [3, 7], {"total": None}, "Items 3 and 7 not answered: no score for Total."),
        ("gad7", [1, 3, 7], {"total": None}, "Items 1, 3 and 7 not answered: no score for Total."),
        ("gad7", [], {"total": 7}, ""),
        ("core10", [4], {"clinical_score": 12}, "Item 4 not answered; scored by its rule."),
    ],
)
def test_missing_items_are_named(measure, left_out, scores, words):
    sheet = get_catalogue()[measure]
    answers = {str(item): 1 for item in range(1, sheet.items + 1) if item not in left_out}
    names = {scale.name for scale in sheet.scales}
    row = build_time(measure, scores, responses=answers)
    told = describe_missing_items(sheet, row)
    assert told.replace(next(iter(names)), "Total") == words.replace(next(iter(names)), "Total")


@pytest.mark.parametrize("more", [{"typed": {"total": 12}}, {"declined": True}])
def test_nothing_is_missing_of_a_typed_total_or_a_no(more):
    sheet = get_catalogue()["gad7"]
    typed = {scale.id: 12 for scale in sheet.scales} if "typed" in more else {}
    assert describe_missing_items(sheet, build_time("gad7", {}, **more | {"typed": typed})) == ""
