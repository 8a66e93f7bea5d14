"""When a record is reviewed: each period, and the longest of several."""

from datetime import date

import pytest

from pairs.families.ages import add_years
from reporting.retention.rules import Rule, compute_review, find_hold_date_error


@pytest.mark.parametrize(
    ("born", "last", "antenatal", "kept", "expected"),
    [
        # A baby seen to its first birthday: the 25th birthday is later than 20 years after that.
        (date(2026, 6, 1), date(2027, 6, 1), False, None, (date(2051, 6, 1), Rule.CHILD)),
        # A child seen at nine: 20 years on is the 29th birthday.
        (date(2010, 3, 1), date(2019, 3, 1), False, None, (date(2039, 3, 1), Rule.MENTAL_HEALTH)),
        # Nobody was born: the pregnancy's 25 years.
        (None, date(2026, 2, 10), True, None, (date(2051, 2, 10), Rule.MATERNITY)),
        # A carer alone.
        (None, date(2026, 2, 10), False, None, (date(2046, 2, 10), Rule.MENTAL_HEALTH)),
        # Born, and a later pregnancy that ended in a loss.
        (date(2020, 1, 1), date(2026, 2, 10), True, None, (date(2051, 2, 10), Rule.MATERNITY)),
        # Kept longer by a decision; and never shorter.
        (date(2026, 6, 1), date(2027, 6, 1), False, date(2060, 1, 1), (date(2060, 1, 1), Rule.DECIDED)),
        (date(2026, 6, 1), date(2027, 6, 1), False, date(2040, 1, 1), (date(2051, 6, 1), Rule.CHILD)),
        (date(2024, 2, 29), date(2025, 2, 1), False, None, (date(2049, 3, 1), Rule.CHILD)),
    ],
)
def test_the_longest_period_decides(born, last, antenatal, kept, expected):
    found = compute_review(youngest_born=born, last_contact=last, has_antenatal=antenatal, kept_until=kept)
    assert (found.day, found.rule) == expected


@pytest.mark.parametrize(
    ("last", "age"),
    [(date(2017, 12, 31), 25), (date(2018, 1, 1), 26), (date(2018, 12, 31), 26), (date(2019, 1, 1), 25)],
)
def test_a_child_of_seventeen_at_the_last_contact_is_kept_a_year_longer(last, age):
    """Twenty years after the last contact are later still: so the mental health period decides, whichever it is."""
    from reporting.retention.rules import _get_childs_day

    assert _get_childs_day(date(2001, 1, 1), last) == date(2001 + age, 1, 1)
    found = compute_review(youngest_born=date(2001, 1, 1), last_contact=last, has_antenatal=False)
    assert found.rule == Rule.MENTAL_HEALTH


def test_a_day_that_a_year_lacks_is_the_first_of_march():
    assert add_years(date(2024, 2, 29), 25) == date(2049, 3, 1)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@pytest.mark.parametrize(("days", "said"), [(0, "after today"), (1, ""), (366, ""), (367, "within a year")])
def test_a_hold_is_checked_within_a_year(days, said):
    today = date(2026, 11, 30)
    error = find_hold_date_error(date.fromordinal(today.toordinal() + days), today)
    assert (said in error) if said else error == ""
