#!/bin/sh
# Working days in England, by three lists of bank holidays.
#
# 8 May 2023, the bank holiday for the coronation, is in the government's list, and in holidays. workalendar does not have it:
# a clock of working days that runs over it is a day short. The other years from 2012 to 2028 are the same in all three.
# What PaIRS does: it counts working days by holidays (referrals/bank_holidays.py).
#
# Run by hand, outside CI: it installs into a temporary folder, and fails when the behaviour has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check workalendar==17.0.0 holidays==0.109 govuk-bank-holidays==0.19
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from importlib.metadata import version

import holidays
from govuk_bank_holidays.bank_holidays import BankHolidays
from workalendar.europe import UnitedKingdom

YEARS = range(2012, 2029)


def keep_weekdays(days):
    return {day for day in days if day.year in YEARS and day.weekday() < 5}


official = keep_weekdays(
    each["date"] for each in BankHolidays(use_cached_holidays=True).get_holidays(division=BankHolidays.ENGLAND_AND_WALES)
)
by_holidays = keep_weekdays(holidays.country_holidays("GB", subdiv="ENG", years=YEARS))
by_workalendar = keep_weekdays(day for year in YEARS for day, _ in UnitedKingdom().holidays(year))
names = ("workalendar", "holidays", "govuk-bank-holidays")
print(f"Python {sys.version.split()[0]}, " + ", ".join(f"{name} {version(name)}" for name in names))
print(f"bank holidays on weekdays, {YEARS[0]} to {YEARS[-1]}, in the government's list: {len(official)}")
print("not as holidays has it:   ", sorted(map(str, official ^ by_holidays)) or "none")
print("not as workalendar has it:", sorted(map(str, official ^ by_workalendar)) or "none")
assert official == by_holidays, "holidays has changed: see what the clocks of working days count"
assert sorted(map(str, official ^ by_workalendar)) == ["2023-05-08"], "the behaviour has changed"
PYTHON
