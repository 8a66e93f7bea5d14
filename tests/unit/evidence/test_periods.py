"""Fixed periods, quintiles and groups: a row of the rule a row here."""

from datetime import date

import pytest

from reporting.evidence import rules


@pytest.mark.parametrize(
    ("month", "quarter", "year"),
    [
        (date(2026, 10, 1), (date(2026, 7, 1), date(2026, 9, 30)), (date(2025, 4, 1), date(2026, 3, 31))),
        (date(2026, 9, 1), (date(2026, 7, 1), date(2026, 9, 30)), (date(2025, 4, 1), date(2026, 3, 31))),
        (date(2026, 3, 1), (date(2026, 1, 1), date(2026, 3, 31)), (date(2025, 4, 1), date(2026, 3, 31))),
        (date(2026, 2, 1), (date(2025, 10, 1), date(2025, 12, 31)), (date(2024, 4, 1), date(2025, 3, 31))),
        (date(2026, 1, 1), (date(2025, 10, 1), date(2025, 12, 31)), (date(2024, 4, 1), date(2025, 3, 31))),
    ],
)
def test_the_last_complete_quarter_and_year(month, quarter, year):
    _, of_quarter, of_year = rules.list_report_periods(month)
    assert (of_quarter.first, of_quarter.last) == quarter
    assert (of_year.first, of_year.last) == year


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2026, 11, 1), date(2026, 9, 1)),
        (date(2026, 11, 2), date(2026, 10, 1)),
        (date(2027, 1, 31), date(2026, 12, 1)),
        (date(2027, 1, 1), date(2026, 11, 1)),
    ],
)
def test_the_timetable_asks_from_the_second(on, due):
    assert rules.get_newest_month_due(on) == due


@pytest.mark.parametrize(
    ("month", "on", "said"),
    [
        (date(2026, 10, 1), date(2026, 10, 31), "not over"),
        (date(2026, 10, 1), date(2026, 11, 1), ""),
        (date(2023, 12, 1), date(2026, 11, 1), "not open"),
        (date(2024, 1, 1), date(2026, 11, 1), ""),
    ],
)
def test_which_months_can_be_asked_for(month, on, said):
    why = rules.find_report_error(month=month, opened=date(2024, 1, 1), on=on)
    assert (said in why) if said else why == ""


@pytest.mark.parametrize(
    ("decile", "quintile"),
    [(1, "1 (most deprived)"), (2, "1 (most deprived)"), (3, "2"), (4, "2"), (5, "3"), (6, "3"), (7, "4"),
     (8, "4"), (9, "5 (least deprived)"), (10, "5 (least deprived)"), (None, "Not known")],
)  # fmt: skip
def test_the_quintile_of_a_decile(decile, quintile):
    assert rules.get_quintile_name(decile) == quintile


@pytest.mark.parametrize(
    ("category", "group"),
    [("A", "White"), ("G", "Mixed or multiple"), ("R", "Asian or Asian British"), ("N", "Black or Black British"),
     ("S", "Other ethnic group"), ("Z", "Not stated"), ("99", "Not known")],
)  # fmt: skip
def test_the_group_of_a_category(category, group):
    assert rules.get_ethnicity_name(category) == group
