"""The core by age band: which measure of the core fits a baby, and whether a pair could have been made. Pure rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from outcomes.measure_definitions import Measure
from outcomes.rules import BAND_MONTHS, AgeBand
from pairs.families.ages import add_months

DAY = timedelta(days=1)
Days = tuple[date, date]  # the first and the last
# {measure: the age bands in which the service has it in its core}.
CoreSet = Mapping[str, Sequence[str]]


def get_age_band(born: date | None, on: date) -> AgeBand:
    """The band of a baby on that day; not yet born: pregnancy."""
    if born is None or on < born:
        return AgeBand.PREGNANCY
    return AgeBand.UNDER_3 if on < add_months(born, BAND_MONTHS) else AgeBand.FROM_3


def list_fitting_core(
    core: CoreSet, measures: Mapping[str, Measure], *, born: date | None, on: date
) -> list[Measure]:
    """The measures of the core for the baby's age band whose own window the baby is in as well."""
    band = get_age_band(born, on)
    chosen = (measures[each] for each, bands in core.items() if band in bands)
    return [measure for measure in chosen if not measure.why_not(born=born, on=on)]


def find_band_error(measure: Measure, bands: Iterable[str]) -> str:
    """'' when the measure's own window allows each of the bands, else why not."""
    wrong = [AgeBand(band).label.lower() for band in bands if not _allows_band(measure, band)]
    return f"{measure.short_name} is not made for: {', '.join(wrong)}." if wrong else ""


def _allows_band(measure: Measure, band: str) -> bool:
    born = date(2020, 1, 1)  # any day: only the ages count
    return _get_window_days(measure, born, band) is not None


def could_make_pair(
    core: CoreSet,
    measures: Mapping[str, Measure],
    *,
    born: date | None,
    lost: date | None,
    contact_days: Sequence[date],
    ended: date,
) -> bool:
    """Whether a measure of the core fitted the baby's age on two days of the work, as a pair needs them.

    The first on or after contact 1, the last on or after contact 2 (see `outcomes.pairing`); not after a loss.
    """
    if len(contact_days) < 2:
        return False
    last = min(ended, lost - DAY) if lost else ended
    return any(
        _has_two_days(_list_core_days(measures[each], bands, born), contact_days, last)
        for each, bands in core.items()
    )


def _has_two_days(windows: Iterable[Days], contact_days: Sequence[date], last: date) -> bool:
    inside = [
        (max(begins, contact_days[0]), min(ends, last))
        for begins, ends in windows
        if begins <= last and ends >= contact_days[0]
    ]
    if not inside:
        return False
    first_day, last_day = min(begins for begins, _ in inside), max(ends for _, ends in inside)
    return last_day > first_day and last_day >= contact_days[1]


def _list_core_days(measure: Measure, bands: Sequence[str], born: date | None) -> Iterator[Days]:
    for band in bands:
        if days := _get_window_days(measure, born, band):
            yield days


def _get_window_days(measure: Measure, born: date | None, band: str) -> Days | None:
    """The days on which a baby is in the band and in the measure's window."""
    if born is None:
        return (date.min, date.max) if band == AgeBand.PREGNANCY and measure.window.when != "born" else None
    begins, ends = _get_band_days(born, band)
    window = measure.window
    if window.when == "pregnancy":
        ends = min(ends, born - DAY)
    elif window.when == "born":
        begins = max(begins, add_months(born, window.from_months) + timedelta(weeks=window.from_weeks))
        ends = min(ends, add_months(born, window.until_months) - DAY) if window.until_months else ends
    return (begins, ends) if begins <= ends else None


def _get_band_days(born: date, band: str) -> Days:
    third_birthday = add_months(born, BAND_MONTHS)
    return {
        AgeBand.PREGNANCY: (date.min, born - DAY),
        AgeBand.UNDER_3: (born, third_birthday - DAY),
        AgeBand.FROM_3: (third_birthday, date.max),
    }[AgeBand(band)]
