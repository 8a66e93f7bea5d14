"""What is offered to a dyad today, in which order, and why not."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from outcomes.choosing import Known, length_of, offers
from outcomes.measures import catalogue, offered_measures

ON = date(2026, 11, 20)
MONTHS = timedelta(days=31)
BORN = Known(born=ON - 4 * MONTHS, relationship="mother", core=("prfq",))


def offered(known):
    return [each.measure.id for each in offers(offered_measures(), known, ON) if not each.why_not]


def why_not(measure, known):
    return next(each.why_not for each in offers([catalogue()[measure]], known, ON))


def test_the_core_comes_first_and_the_relationship_before_the_rest():
    found = offered(BORN)
    assert found[0] == "prfq"
    kinds = [catalogue()[each].may_be_core for each in found]
    assert kinds == sorted(kinds, reverse=True)


def test_what_was_used_before_comes_before_the_core():
    assert offered(replace(BORN, used={"mors_sf": ON - MONTHS}))[:2] == ["mors_sf", "prfq"]


def test_what_goes_with_the_work_comes_after_the_core():
    assert offered(replace(BORN, fitting={"piios"}))[:2] == ["prfq", "piios"]


@pytest.mark.parametrize(
    ("measure", "age", "suits"),
    [
        ("maas", None, True),
        ("maas", 0, False),
        ("prfq", None, False),
        ("piios", 41, False),
        ("piios", 42, True),
        ("piios", 250, False),
        ("kips", 40, False),
        ("kips", 70, True),
        ("pbq", 400, False),
        ("epds", None, True),
        ("epds", 1000, True),
        ("sdq_2_4", 500, False),
        ("sdq_2_4", 900, True),
    ],
)
def test_the_babys_age_in_days_decides(measure, age, suits):
    born = None if age is None else ON - timedelta(days=age)
    assert (why_not(measure, replace(BORN, born=born)) == "") is suits


@pytest.mark.parametrize(
    ("measure", "who", "suits"),
    [
        ("mpas", "mother", True),
        ("mpas", "father", False),
        ("ppas", "father", True),
        ("ppas", "mother", False),
        ("prfq", "foster_carer", True),
    ],
)
def test_for_whom_it_is_written(measure, who, suits):
    assert (why_not(measure, replace(BORN, relationship=who)) == "") is suits


@pytest.mark.parametrize(
    ("review_on", "suits"),
    [
        (None, False),
        (ON + timedelta(days=1), False),
        (ON, True),
        (ON - timedelta(days=9), True),
        (ON - timedelta(days=10), False),
    ],
)
def test_a_no_holds_until_the_next_review(review_on, suits):
    known = replace(BORN, declined={"prfq": ON - timedelta(days=10)}, review_on=review_on)
    assert (why_not("prfq", known) == "") is suits


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("prfq", "18 answers, about 3 minutes"),
        ("pir_gas", "1 answer, about 1 minute"),
        ("mors_sf", "2 numbers to type"),
        ("kips", "12 answers, about 15 minutes"),
        ("leao", "Recorded as done"),
    ],
)
def test_how_long_it_takes(measure, words):
    assert length_of(catalogue()[measure]).startswith(words)
