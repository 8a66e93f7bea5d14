"""The table of pairs, one condition a row; the words of change; goals."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from outcomes.measures import get_catalogue
from outcomes.pairing import (
    CompletedMeasure,
    Pair,
    calculate_change,
    calculate_changes,
    calculate_goal_change,
    explain_missing_pair,
    find_pair,
    find_pairs,
)

PRFQ = get_catalogue()["prfq"]
DAY = date(2026, 3, 2)
SARA, TOM = UUID(int=1), UUID(int=2)
MAYA_SARA, MAYA_TOM = UUID(int=11), UUID(int=12)
SCORES = {"pre_mentalising": 3.0, "certainty_mental_states": 4.0, "interest_curiosity": 5.0}
CONTACTS = [DAY, DAY + timedelta(days=7), DAY + timedelta(days=14)]


def make_completed(day, **changes):
    plain = CompletedMeasure(
        UUID(int=100 + day), "prfq", "1", MAYA_SARA, SARA, DAY + timedelta(days=day), True, SCORES
    )
    return replace(plain, **changes)


FIRST_COMPLETED, LAST_COMPLETED = make_completed(0), make_completed(60)
BLANK_SCORES = dict.fromkeys(SCORES)


def test_a_pair():
    assert find_pair([LAST_COMPLETED, FIRST_COMPLETED], CONTACTS) == Pair(FIRST_COMPLETED, LAST_COMPLETED)
    assert explain_missing_pair([LAST_COMPLETED, FIRST_COMPLETED], CONTACTS) == ""


@pytest.mark.parametrize(
    ("first", "last", "contacts", "why"),
    [
        (FIRST_COMPLETED, None, CONTACTS, "1 of 2 completed"),
        (
            FIRST_COMPLETED,
            replace(LAST_COMPLETED, version="2"),
            CONTACTS,
            "Not completed twice by the same person with the same version",
        ),
        (
            FIRST_COMPLETED,
            replace(LAST_COMPLETED, measure="other"),
            CONTACTS,
            "Not completed twice by the same person with the same version",
        ),
        (
            FIRST_COMPLETED,
            replace(LAST_COMPLETED, form="toddler"),
            CONTACTS,
            "Not completed twice by the same person with the same version",
        ),
        (
            replace(FIRST_COMPLETED, rater="practitioner"),
            replace(LAST_COMPLETED, rater="coder"),
            CONTACTS,
            "Not completed twice by the same person",
        ),
        (
            replace(FIRST_COMPLETED, measure="maas"),
            replace(LAST_COMPLETED, measure="mpas"),
            CONTACTS,
            "Not completed twice by the same person",
        ),
        (
            FIRST_COMPLETED,
            replace(LAST_COMPLETED, rater=TOM),
            CONTACTS,
            "Not completed twice by the same person with the same version",
        ),
        (
            FIRST_COMPLETED,
            replace(LAST_COMPLETED, dyad=MAYA_TOM),
            CONTACTS,
            "Not completed twice by the same person with the same version",
        ),
        (make_completed(-1), LAST_COMPLETED, CONTACTS, "before the first contact"),
        (FIRST_COMPLETED, make_completed(6), CONTACTS, "before the second contact"),
        (
            make_completed(7),
            replace(make_completed(7), id=UUID(int=9)),
            CONTACTS,
            "Both were completed on the same day.",
        ),
        (FIRST_COMPLETED, LAST_COMPLETED, CONTACTS[:1], "second attended contact"),
        (FIRST_COMPLETED, LAST_COMPLETED, [], "second attended contact"),
        (FIRST_COMPLETED, replace(LAST_COMPLETED, declined=True, scores={}), CONTACTS, "1 of 2 completed"),
        (
            replace(FIRST_COMPLETED, declined=True),
            replace(LAST_COMPLETED, declined=True),
            CONTACTS,
            "The family declined",
        ),
        (FIRST_COMPLETED, replace(LAST_COMPLETED, in_window=False), CONTACTS, "1 of 2 completed"),
        (replace(FIRST_COMPLETED, in_window=False), None, CONTACTS, "outside the measure's age window"),
        (replace(FIRST_COMPLETED, scores=BLANK_SCORES), None, CONTACTS, "Too many items are missing"),
        (
            replace(FIRST_COMPLETED, scores=BLANK_SCORES | {"pre_mentalising": 2.0}),
            replace(LAST_COMPLETED, scores=BLANK_SCORES | {"interest_curiosity": 2.0}),
            CONTACTS,
            "no part has a score both times",
        ),
        (None, None, CONTACTS, "Not asked yet"),
    ],
)
def test_no_pair_and_why(first, last, contacts, why):
    known = [each for each in (first, last) if each]
    assert find_pair(known, contacts) is None
    assert why in explain_missing_pair(known, contacts)


@pytest.mark.parametrize("day", [7, 8])
def test_the_last_counts_from_the_day_of_the_second_contact(day):
    assert find_pair([FIRST_COMPLETED, make_completed(day)], CONTACTS)


def test_two_codings_of_a_film_pair_by_the_coders_role():
    coded = [replace(each, rater="coder", measure="piios") for each in (FIRST_COMPLETED, LAST_COMPLETED)]
    assert find_pair(coded, CONTACTS)


def test_two_contacts_on_one_day_are_two():
    assert find_pair([FIRST_COMPLETED, make_completed(1)], [DAY, DAY])


def test_the_first_and_the_last_are_taken_and_what_is_between_left():
    assert find_pair(
        [make_completed(-3), FIRST_COMPLETED, make_completed(30), LAST_COMPLETED], CONTACTS
    ) == Pair(FIRST_COMPLETED, LAST_COMPLETED)


def test_each_dyad_has_its_own_pair():
    other = [replace(each, dyad=MAYA_TOM, rater=TOM) for each in (FIRST_COMPLETED, LAST_COMPLETED)]
    assert [pair.first.dyad for pair in find_pairs([FIRST_COMPLETED, LAST_COMPLETED, *other], CONTACTS)] == [
        MAYA_SARA,
        MAYA_TOM,
    ]


@pytest.mark.parametrize(
    ("scale", "start", "end", "verdict", "words"),
    [
        ("pre_mentalising", 3.0, 2.0, "improved", "Lower than at the start, as hoped"),
        (
            "pre_mentalising",
            3.0,
            3.5,
            "worse",
            "Higher than at the start; discuss together",
        ),
        ("interest_curiosity", 3.0, 3.5, "improved", "Higher than at the start, as hoped"),
        ("interest_curiosity", 3.0, 3.0, "same", "No change"),
        (
            "certainty_mental_states",
            3.0,
            6.0,
            "neither",
            "Higher than at the start; neither better nor worse",
        ),
        (
            "certainty_mental_states",
            6.0,
            3.0,
            "neither",
            "Lower than at the start; neither better nor worse",
        ),
    ],
)
def test_the_words_of_a_change(scale, start, end, verdict, words):
    change = calculate_change(PRFQ.scale(scale), start, end)
    assert (change.verdict, change.reliable, change.words) == (verdict, None, words)


@pytest.mark.parametrize(
    ("measure", "start", "end", "verdict", "reliable", "words"),
    [
        ("phq9", 15, 9, "improved", True, "a reliable change (6 points or more)"),
        ("phq9", 15, 10, "improved", False, "by less than the 6 points of a reliable change"),
        ("phq9", 9, 15, "worse", True, "a reliable change (6 points or more)"),
        ("phq9", 9, 9, "same", False, "No change"),
        ("gad7", 12, 8, "improved", True, "a reliable change (4 points or more)"),
        ("gad7", 12, 9, "improved", False, "by less than the 4 points"),
        ("core10", 20, 15, "improved", True, "a reliable change (5 points or more)"),
        ("core10", 20, 15.5, "improved", False, "by less than the 5 points"),
        ("ors", 20.0, 26.6, "improved", True, "a reliable change (6.6 points or more)"),
        ("ors", 20.0, 26.5, "improved", False, "by less than the 6.6 points"),
        ("score15", 40, 30, "neither", True, "a reliable change (10 points or more)"),
        ("kips", 2.0, 4.0, "improved", None, "as hoped"),
        ("kpcs", 30, 40, "improved", None, "as hoped"),
    ],
)
def test_a_change_is_reliable_only_by_a_published_threshold(measure, start, end, verdict, reliable, words):
    change = calculate_change(get_catalogue()[measure].scales[0], start, end)
    assert (change.verdict, change.reliable) == (verdict, reliable)
    assert words in change.words


def test_only_what_is_scored_twice_has_a_change():
    backwards = dict(reversed(SCORES.items()))
    last = replace(LAST_COMPLETED, scores=backwards | {"pre_mentalising": None})
    assert [
        change.scale
        for change in calculate_changes(PRFQ, Pair(replace(FIRST_COMPLETED, scores=backwards), last))
    ] == [
        "certainty_mental_states",
        "interest_curiosity",
    ]


def test_no_word_claims_more_than_is_published():
    said = " ".join(calculate_change(each, 3.0, 5.0).words for each in PRFQ.scales)
    assert "reliabl" not in said
    assert "clinical" not in said


@pytest.mark.parametrize(
    ("ratings", "reached", "words"),
    [
        ([2, 5], True, "3 points nearer: 3 or more"),
        ([2, 4], False, "2 points nearer"),
        ([2, 9, 3], False, "1 point nearer"),
        ([4, 4], False, "No change"),
        ([4, 1], False, "3 points further away"),
    ],
)
def test_a_goals_change(ratings, reached, words):
    change = calculate_goal_change(ratings)
    assert change.reached is reached
    assert change.words.startswith(words)


@pytest.mark.parametrize("ratings", [[], [3]])
def test_no_change_before_the_second_rating(ratings):
    assert calculate_goal_change(ratings) is None
