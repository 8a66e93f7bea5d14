"""What a post and filling it may be; peaks of whole-time equivalents, financial years, caseload weights."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from interventions.posts.rules import (
    Filling,
    Stretch,
    find_filling_errors,
    find_post_errors,
    format_financial_year,
    get_caseload_weight,
    get_peak_wte,
    get_weekly_capacity,
    list_year_ends,
)

DAY = timedelta(days=1)
FIRST, LAST = date(2026, 4, 1), date(2027, 3, 31)
HALF, WHOLE = Decimal("0.5"), Decimal("1.0")
POST = {
    "wte": WHOLE, "funded_from": FIRST, "funded_until": LAST, "is_recruit_to_train": False, "course": "",
    "filled": [Stretch(FIRST, LAST, HALF), Stretch(FIRST + 30 * DAY, LAST, HALF)],
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"filled": [], "funded_from": None, "funded_until": None}, set()),
        ({"filled": [], "funded_from": None}, {"funded_from"}),
        ({"filled": [], "funded_until": FIRST - DAY}, {"funded_until"}),
        ({"filled": [], "funded_until": FIRST}, set()),
        ({"wte": Decimal("0.99")}, {"wte"}),
        ({"funded_from": FIRST + DAY}, {"funded_from"}),
        ({"funded_until": LAST - DAY}, {"funded_until"}),
        ({"is_recruit_to_train": True}, {"course"}),
        ({"is_recruit_to_train": True, "course": "Postgraduate certificate"}, set()),
        ({"wte": HALF, "is_recruit_to_train": True, "funded_from": None}, {"wte", "course", "funded_from"}),
    ],
)
def test_every_error_of_a_post_is_said_beside_its_field(changed, fields):
    assert set(find_post_errors(**POST | changed)) == fields


FILLING = Filling(
    stretch=Stretch(FIRST, None, HALF), post_wte=WHOLE, funded_from=FIRST, funded_until=None,
    others=[Stretch(FIRST, None, HALF)], own_here=[], own=[Stretch(FIRST, None, HALF)],
    is_recruit_to_train=True, qualifies_on=None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, set()),
        ({"stretch": Stretch(FIRST, None, Decimal("0.51"))}, {"wte"}),
        ({"others": [], "stretch": Stretch(FIRST, None, Decimal("0.51"))}, {"wte"}),
        ({"others": [], "own": [], "stretch": Stretch(FIRST, None, WHOLE)}, set()),
        ({"own": [Stretch(FIRST - 9 * DAY, FIRST - DAY, WHOLE)]}, set()),
        ({"own": [Stretch(FIRST - 9 * DAY, FIRST, WHOLE)]}, {"wte"}),
        ({"own_here": [Stretch(FIRST + DAY, None, HALF)]}, {"starts_on"}),
        ({"stretch": Stretch(FIRST - DAY, None, HALF)}, {"starts_on"}),
        ({"funded_from": None}, {"starts_on"}),
        ({"stretch": Stretch(FIRST, FIRST - DAY, HALF)}, {"ends_on"}),
        ({"funded_until": LAST}, {"ends_on"}),
        ({"funded_until": LAST, "stretch": Stretch(FIRST, LAST, HALF)}, set()),
        ({"qualifies_on": FIRST - DAY}, {"qualifies_on"}),
        ({"qualifies_on": LAST}, set()),
        ({"qualifies_on": LAST, "is_recruit_to_train": False}, {"qualifies_on"}),
        (
            {"stretch": Stretch(FIRST - DAY, FIRST - 2 * DAY, WHOLE), "qualifies_on": FIRST - 2 * DAY},
            {"starts_on", "ends_on", "qualifies_on"},
        ),
    ],
)
def test_every_error_of_filling_a_post_is_said_beside_its_field(changed, fields):
    assert set(find_filling_errors(replace(FILLING, **changed))) == fields


@pytest.mark.parametrize(
    ("stretches", "peak"),
    [
        ([], "0"),
        ([(0, 9, "0.5"), (10, 19, "0.6")], "0.6"),
        ([(0, 10, "0.5"), (10, 19, "0.6")], "1.1"),
        ([(0, None, "0.4"), (5, 7, "0.3"), (8, None, "0.2")], "0.7"),
        ([(-30, -1, "1.0"), (31, None, "1.0")], "0"),
        ([(-30, 0, "0.3"), (30, None, "0.4")], "0.4"),
    ],
)
def test_the_peak_is_of_the_fullest_day_between_the_two(stretches, peak):
    rows = [
        Stretch(FIRST + a * DAY, None if b is None else FIRST + b * DAY, Decimal(wte))
        for a, b, wte in stretches
    ]
    assert get_peak_wte(rows, FIRST, FIRST + 30 * DAY) == Decimal(peak)


def test_the_plan_is_counted_by_the_ends_of_financial_years():
    ends = list_year_ends(date(2026, 11, 30), 2030)
    assert [format_financial_year(end) for end in ends] == ["2026/27", "2027/28", "2028/29", "2029/30"]
    assert list_year_ends(date(2027, 3, 31), 2027) == [date(2027, 3, 31)]
    assert list_year_ends(date(2031, 4, 1), 2030) == [date(2032, 3, 31)]


def test_weights_and_capacity_are_the_services_own_figures():
    assert get_caseload_weight(["help", "more_help", ""], {}) == 3
    assert get_caseload_weight(["help", "more_help", ""], {"more_help": 1.5, "help": 0.5}) == 3.0
    assert get_weekly_capacity(HALF, None) is None
    assert get_weekly_capacity(HALF, 9) == 4.5
