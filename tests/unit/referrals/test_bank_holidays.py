"""England's bank holidays, loaded without other countries, are those the package gives when asked for them."""

import holidays
import pytest

from referrals.bank_holidays import ENGLAND, load_country


@pytest.mark.parametrize("year", [2020, 2022, 2023, 2026, 2027, 2028, 2040])
def test_a_year_is_the_packages_own(year):
    theirs = holidays.country_holidays("GB", subdiv="ENG", years=year)
    ours = load_country("united_kingdom").UnitedKingdom(subdiv="ENG", years=year)
    assert len(theirs) >= 8
    assert dict(ours) == dict(theirs)


def test_substitute_days_and_ordinary_days():
    assert "2026-12-28" in ENGLAND  # Boxing Day is a Saturday
    assert "2026-12-29" not in ENGLAND


def test_a_country_that_is_not_there():
    with pytest.raises(FileNotFoundError):
        load_country("atlantis")
