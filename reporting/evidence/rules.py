"""The rules of reports: fixed calendar periods, which months may be asked for, how a baby is grouped."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from outcomes.experience.rules import get_month_start
from pairs.code_lists.reference import ETHNIC_GROUPS, get_ethnic_group
from pairs.geography.rules import get_quintile

# New definitions make new reports beside the old ones: raise this when the meaning of any figure changes.
DEFINITIONS_VERSION = 5
REPORT_FROM_DAY = 2  # of the following month: a day for the last notes to be written

ETHNICITY_NAMES = (*(name for _, name, _ in ETHNIC_GROUPS), "Not stated", "Not known")
PLACE_UNKNOWN_NAME = "Not known"
WHOLE_SERVICE = "Whole service"
QUINTILE_NAMES = ("1 (most deprived)", "2", "3", "4", "5 (least deprived)", "Not known")
_ETHNICITY_NAMES = {code: name for code, name, _ in ETHNIC_GROUPS} | {
    "not_stated": "Not stated",
    "not_known": "Not known",
}


@dataclass(frozen=True)
class Period:
    """A whole month, quarter or financial year; ``last`` is its last day. Arbitrary ranges do not exist."""

    kind: str
    name: str
    first: date
    last: date

    @property
    def key(self) -> str:
        return f"{self.kind} from {self.first:%Y-%m}"


def get_last_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def get_previous_month(day: date) -> date:
    """First day of the month before the one this day is in."""
    return get_month_start(get_month_start(day) - timedelta(days=1))


def build_month_period(day: date) -> Period:
    return Period("month", f"{day:%B %Y}", get_month_start(day), get_last_of_month(day))


def build_last_quarter(month: date) -> Period:
    """The last calendar quarter that was complete when this month ended."""
    end = get_last_of_month(month)
    while end.month % 3:
        end = get_month_start(end) - timedelta(days=1)
    first = date(end.year, end.month - 2, 1)
    return Period("quarter", f"{first:%B} to {end:%B %Y}", first, end)


def build_last_year(month: date) -> Period:
    """The last financial year, April to March, that was complete when this month ended."""
    year = month.year if month.month >= 3 else month.year - 1
    first, end = date(year - 1, 4, 1), date(year, 3, 31)
    return Period("year", f"April {year - 1} to March {year}", first, end)


def list_report_periods(month: date) -> tuple[Period, Period, Period]:
    return build_month_period(month), build_last_quarter(month), build_last_year(month)


def get_newest_month_due(on: date) -> date:
    """The newest month whose report the timetable asks for: last month, from the 2nd on."""
    last = get_previous_month(on)
    return last if on.day >= REPORT_FROM_DAY else get_previous_month(last)


def find_report_error(*, month: date, opened: date | None, on: date) -> str:
    """'' when a report of the month can be made, else why not."""
    if get_last_of_month(month) >= on:
        return f"{month:%B %Y} is not over yet. Choose a month that is."
    if opened is None or get_last_of_month(month) < opened:
        return f"The service was not open in {month:%B %Y}."
    return ""


def get_ethnicity_name(category: str) -> str:
    """The Census 2021 group's name for an NHS category; “Not stated” for Z, “Not known” for 99."""
    return _ETHNICITY_NAMES[get_ethnic_group(category)]


def get_quintile_name(decile: int | None) -> str:
    """The national quintile's name; “Not known” without a decile."""
    return QUINTILE_NAMES[-1 if decile is None else get_quintile(decile) - 1]
