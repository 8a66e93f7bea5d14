"""Which measures are offered for one baby and carer on one day, in which order, and why others are not."""

from datetime import date, timedelta

import pytest

from outcomes.measures import get_catalogue, list_offered_measures
from outcomes.recommendations import DyadContext, describe_length, recommend_measures
from pairs.families.ages import Birth

ON = date(2026, 11, 20)


def list_offers(*, days, relationship="mother", **known):
    born = ON - timedelta(days=days) if days is not None else None
    return recommend_measures(
        list_offered_measures(),
        DyadContext(birth=Birth(born), relationship=relationship, core={"prfq"}, **known),
        ON,
    )


def list_measure_ids(made, *, now=True):
    return [each.measure.id for each in made if bool(each.why_not) is not now]


def test_the_unborn_are_asked_about_with_measures_of_pregnancy():
    found = list_measure_ids(list_offers(days=None))
    assert found[0] == "maas"
    assert not {"prfq", "piios", "mors_sf", "pbq", "mpas"} & set(found)


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (10, ["prfq", "mors_sf", "pbq"]),
        (150, ["prfq", "piios", "mors_sf", "pbq", "mpas"]),
        (300, ["prfq", "mors_sf", "pbq", "mpas", "pir_gas"]),
    ],
)
def test_the_core_comes_first_and_then_what_ends_soonest(days, first):
    assert list_measure_ids(list_offers(days=days))[: len(first)] == first


@pytest.mark.parametrize("days", [41, 245])
def test_measures_unsuited_to_the_age_come_last_with_the_reason(days):
    made = {each.measure.id: each.why_not for each in list_offers(days=days)}
    assert "PIIOS is for babies" in made["piios"]


def test_what_was_used_before_comes_before_the_core():
    made = list_offers(days=150, used={"pbq": ON - timedelta(days=60)})
    assert list_measure_ids(made)[:2] == ["pbq", "prfq"]
    assert made[0].why == "Used before: repeating it with the same person makes a pair"


def test_what_goes_with_the_work_comes_after_the_core():
    made = list_offers(days=150, fitting={"kips"})
    assert list_measure_ids(made)[:2] == ["prfq", "kips"]
    assert made[1].why == "Fits the current intervention"


@pytest.mark.parametrize(
    ("review", "again"),
    [(None, False), (ON + timedelta(days=1), False), (ON, True), (date(2026, 9, 1), False)],
)
def test_a_refusal_holds_until_the_next_review(review, again):
    made = list_offers(days=150, declined={"prfq": date(2026, 10, 1)}, review_on=review)
    assert ("prfq" in list_measure_ids(made)) is again


@pytest.mark.parametrize(
    ("relationship", "suits", "does_not"), [("mother", "mpas", "ppas"), ("father", "ppas", "mpas")]
)
def test_a_measure_written_for_another_carer_is_not_offered(relationship, suits, does_not):
    made = {each.measure.id: each.why_not for each in list_offers(days=150, relationship=relationship)}
    assert (made[suits], bool(made[does_not])) == ("", True)


def get_reason_against(measure, **known):
    return next(each.why_not for each in list_offers(**known) if each.measure.id == measure)


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
    assert (get_reason_against(measure, days=age) == "") is suits


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
    assert (get_reason_against(measure, days=124, relationship=who) == "") is suits


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("prfq", "18 answers, about 3 minutes"),
        ("piios", "1 number to type, about 5 minutes"),
        ("mors_sf", "2 numbers to type"),
        ("leao", "Recorded as done"),
    ],
)
def test_how_long_it_takes(measure, words):
    assert describe_length(get_catalogue()[measure]) == words
