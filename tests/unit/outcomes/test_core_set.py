"""The core by age band: what fits a baby, which bands a measure may be chosen for, and whose pair could be made."""

from datetime import date

import pytest

from outcomes.core_set import could_make_pair, find_band_error, get_age_band, list_fitting_core
from outcomes.measures import get_catalogue

BORN = date(2023, 3, 2)
CORE = {"prfq": ["under_3"], "maas": ["pregnancy"]}


@pytest.mark.parametrize(
    ("on", "band", "fitting"),
    [
        (date(2023, 3, 1), "pregnancy", ["maas"]),
        (date(2023, 3, 2), "under_3", ["prfq"]),
        (date(2026, 3, 1), "under_3", ["prfq"]),
        (date(2026, 3, 2), "from_3", []),
    ],
)
def test_what_of_the_core_fits_on_a_day(on, band, fitting):
    assert get_age_band(BORN, on) == band
    assert [each.id for each in list_fitting_core(CORE, get_catalogue(), born=BORN, on=on)] == fitting


@pytest.mark.parametrize(
    ("measure", "bands", "refused"),
    [
        ("maas", ["pregnancy"], False),
        ("maas", ["pregnancy", "under_3"], True),
        ("prfq", ["under_3", "from_3"], False),
        ("prfq", ["pregnancy"], True),
        ("piios", ["under_3"], False),
        ("piios", ["from_3"], True),
    ],
)
def test_a_measure_is_of_the_core_at_ages_it_is_made_for(measure, bands, refused):
    assert bool(find_band_error(get_catalogue()[measure], bands)) == refused


# Born, lost; the days of the attended contacts and the ending.
D = date
PAIR_CASES = [
    ("a baby under three", BORN, None, [D(2023, 6, 1), D(2023, 6, 8)], D(2023, 9, 1), True),
    ("seen once", BORN, None, [D(2023, 6, 1)], D(2023, 9, 1), False),
    ("three and over", BORN, None, [D(2026, 3, 2), D(2026, 4, 1)], D(2026, 9, 1), False),
    ("turned three between the contacts", BORN, None, [D(2026, 2, 20), D(2026, 3, 9)], D(2026, 9, 1), False),
    ("turned three after both", BORN, None, [D(2026, 2, 10), D(2026, 2, 20)], D(2026, 9, 1), True),
    (
        "unborn all along: the core of pregnancy",
        None,
        None,
        [D(2023, 1, 1), D(2023, 2, 1)],
        D(2023, 3, 1),
        True,
    ),
    ("born on the way", BORN, None, [D(2023, 1, 1), D(2023, 3, 20)], D(2023, 6, 1), True),
    (
        "died before the second contact",
        BORN,
        D(2023, 6, 5),
        [D(2023, 6, 1), D(2023, 6, 8)],
        D(2023, 9, 1),
        False,
    ),
    ("died later", BORN, D(2023, 8, 1), [D(2023, 6, 1), D(2023, 6, 8)], D(2023, 9, 1), True),
]


@pytest.mark.parametrize(
    ("born", "lost", "days", "ended", "could"),
    [row[1:] for row in PAIR_CASES],
    ids=[row[0] for row in PAIR_CASES],
)
def test_whose_pair_could_have_been_made(born, lost, days, ended, could):
    what = {"born": born, "lost": lost, "contact_days": days, "ended": ended}
    assert could_make_pair(CORE, get_catalogue(), **what) is could


def test_without_a_core_of_pregnancy_nothing_fits_an_unborn_baby():
    core, days = {"prfq": ["under_3", "from_3"]}, [date(2023, 1, 1), date(2023, 2, 1)]
    what = {"born": None, "lost": None, "contact_days": days, "ended": date(2023, 3, 1)}
    assert could_make_pair(core, get_catalogue(), **what) is False
    assert could_make_pair(CORE, get_catalogue(), **what) is True
