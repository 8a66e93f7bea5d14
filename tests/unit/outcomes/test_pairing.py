"""The table of pairs, one condition a row; the words of change; goals."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from outcomes.measures import catalogue
from outcomes.pairing import Completed, Pair, change_of, changes, goal_change, pair_of, pairs_of, why_no_pair

PRFQ = catalogue()["prfq"]
DAY = date(2026, 3, 2)
SARA, TOM = UUID(int=1), UUID(int=2)
MAYA_SARA, MAYA_TOM = UUID(int=11), UUID(int=12)
SCORES = {"pre_mentalising": 3.0, "certainty_mental_states": 4.0, "interest_curiosity": 5.0}
CONTACTS = [DAY, DAY + timedelta(days=7), DAY + timedelta(days=14)]


def done(day, **changes):
    plain = Completed(
        UUID(int=100 + day), "prfq", "1", MAYA_SARA, SARA, DAY + timedelta(days=day), True, SCORES
    )
    return replace(plain, **changes)


FIRST, LAST = done(0), done(60)
BLANK = dict.fromkeys(SCORES)


def test_a_pair():
    assert pair_of([LAST, FIRST], CONTACTS) == Pair(FIRST, LAST)
    assert why_no_pair([LAST, FIRST], CONTACTS) == ""


@pytest.mark.parametrize(
    ("first", "last", "contacts", "why"),
    [
        (FIRST, None, CONTACTS, "Completed once"),
        (FIRST, replace(LAST, version="2"), CONTACTS, "Not twice by one person in one version"),
        (FIRST, replace(LAST, measure="other"), CONTACTS, "Not twice by one person in one version"),
        (FIRST, replace(LAST, form="toddler"), CONTACTS, "Not twice by one person in one version"),
        (
            replace(FIRST, rater="practitioner"),
            replace(LAST, rater="coder"),
            CONTACTS,
            "Not twice by one person",
        ),
        (replace(FIRST, measure="maas"), replace(LAST, measure="mpas"), CONTACTS, "Not twice by one person"),
        (FIRST, replace(LAST, rater=TOM), CONTACTS, "Not twice by one person in one version"),
        (FIRST, replace(LAST, dyad=MAYA_TOM), CONTACTS, "Not twice by one person in one version"),
        (done(-1), LAST, CONTACTS, "before the first contact"),
        (FIRST, done(6), CONTACTS, "before the second contact"),
        (done(7), replace(done(7), id=UUID(int=9)), CONTACTS, "on one day"),
        (FIRST, LAST, CONTACTS[:1], "second contact that the family came to"),
        (FIRST, LAST, [], "second contact that the family came to"),
        (FIRST, replace(LAST, declined=True, scores={}), CONTACTS, "Completed once"),
        (replace(FIRST, declined=True), replace(LAST, declined=True), CONTACTS, "The family declined"),
        (FIRST, replace(LAST, in_window=False), CONTACTS, "Completed once"),
        (replace(FIRST, in_window=False), None, CONTACTS, "outside the measure's age window"),
        (replace(FIRST, scores=BLANK), None, CONTACTS, "Too many items are missing"),
        (
            replace(FIRST, scores=BLANK | {"pre_mentalising": 2.0}),
            replace(LAST, scores=BLANK | {"interest_curiosity": 2.0}),
            CONTACTS,
            "no part has a score at both times",
        ),
        (None, None, CONTACTS, "Not asked yet"),
    ],
)
def test_no_pair_and_why(first, last, contacts, why):
    known = [each for each in (first, last) if each]
    assert pair_of(known, contacts) is None
    assert why in why_no_pair(known, contacts)


@pytest.mark.parametrize("day", [7, 8])
def test_the_last_counts_from_the_day_of_the_second_contact(day):
    assert pair_of([FIRST, done(day)], CONTACTS)


def test_two_codings_of_a_film_pair_by_the_coders_role():
    coded = [replace(each, rater="coder", measure="piios") for each in (FIRST, LAST)]
    assert pair_of(coded, CONTACTS)


def test_two_contacts_on_one_day_are_two():
    assert pair_of([FIRST, done(1)], [DAY, DAY])


def test_the_first_and_the_last_are_taken_and_what_is_between_left():
    assert pair_of([done(-3), FIRST, done(30), LAST], CONTACTS) == Pair(FIRST, LAST)


def test_each_dyad_has_its_own_pair():
    other = [replace(each, dyad=MAYA_TOM, rater=TOM) for each in (FIRST, LAST)]
    assert [pair.first.dyad for pair in pairs_of([FIRST, LAST, *other], CONTACTS)] == [MAYA_SARA, MAYA_TOM]


@pytest.mark.parametrize(
    ("scale", "start", "end", "verdict", "words"),
    [
        ("pre_mentalising", 3.0, 2.0, "improved", "Lower than at the start, the direction hoped for"),
        (
            "pre_mentalising",
            3.0,
            3.5,
            "worse",
            "Higher than at the start; worth thinking about together",
        ),
        ("interest_curiosity", 3.0, 3.5, "improved", "Higher than at the start, the direction hoped for"),
        ("interest_curiosity", 3.0, 3.0, "same", "The same as at the start"),
        (
            "certainty_mental_states",
            3.0,
            6.0,
            "neither",
            "Higher than at the start; neither better nor worse in itself",
        ),
        (
            "certainty_mental_states",
            6.0,
            3.0,
            "neither",
            "Lower than at the start; neither better nor worse in itself",
        ),
    ],
)
def test_the_words_of_a_change(scale, start, end, verdict, words):
    change = change_of(PRFQ.scale(scale), start, end)
    assert (change.verdict, change.reliable, change.words) == (verdict, None, words)


@pytest.mark.parametrize(
    ("measure", "start", "end", "verdict", "reliable", "words"),
    [
        ("phq9", 15, 9, "improved", True, "a reliable change (6 points or more)"),
        ("phq9", 15, 10, "improved", False, "by less than the 6 points of a reliable change"),
        ("phq9", 9, 15, "worse", True, "a reliable change (6 points or more)"),
        ("phq9", 9, 9, "same", False, "The same as at the start"),
        ("gad7", 12, 8, "improved", True, "a reliable change (4 points or more)"),
        ("gad7", 12, 9, "improved", False, "by less than the 4 points"),
        ("core10", 20, 15, "improved", True, "a reliable change (5 points or more)"),
        ("core10", 20, 15.5, "improved", False, "by less than the 5 points"),
        ("ors", 20.0, 26.6, "improved", True, "a reliable change (6.6 points or more)"),
        ("ors", 20.0, 26.5, "improved", False, "by less than the 6.6 points"),
        ("score15", 40, 30, "neither", True, "a reliable change (10 points or more)"),
        ("kips", 2.0, 4.0, "improved", None, "the direction hoped for"),
        ("kpcs", 30, 40, "improved", None, "the direction hoped for"),
    ],
)
def test_a_change_is_reliable_only_by_a_published_threshold(measure, start, end, verdict, reliable, words):
    change = change_of(catalogue()[measure].scales[0], start, end)
    assert (change.verdict, change.reliable) == (verdict, reliable)
    assert words in change.words


def test_only_what_is_scored_twice_has_a_change():
    backwards = dict(reversed(SCORES.items()))
    last = replace(LAST, scores=backwards | {"pre_mentalising": None})
    assert [change.scale for change in changes(PRFQ, Pair(replace(FIRST, scores=backwards), last))] == [
        "certainty_mental_states",
        "interest_curiosity",
    ]


def test_no_word_claims_more_than_is_published():
    said = " ".join(change_of(each, 3.0, 5.0).words for each in PRFQ.scales)
    assert "reliabl" not in said
    assert "clinical" not in said


@pytest.mark.parametrize(
    ("ratings", "reached", "words"),
    [
        ([2, 5], True, "3 points nearer: 3 or more"),
        ([2, 4], False, "2 points nearer"),
        ([2, 9, 3], False, "1 point nearer"),
        ([4, 4], False, "The same"),
        ([4, 1], False, "3 points further away"),
    ],
)
def test_a_goals_change(ratings, reached, words):
    change = goal_change(ratings)
    assert change.reached is reached
    assert change.words.startswith(words)


@pytest.mark.parametrize("ratings", [[], [3]])
def test_no_change_before_the_second_rating(ratings):
    assert goal_change(ratings) is None
