"""Who is asked when, which months are open, and when a quarter closes: one row for each line of the rules."""

from datetime import date, timedelta

import pytest

from outcomes.experience.rules import (
    QUESTIONS,
    Agreement,
    add_calendar_months,
    find_asking_errors,
    find_episode_error,
    get_quarter_publication_date,
    get_quarter_start,
    has_any_answer,
    list_open_months,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("ended_on", "may"),
    [(None, True), (TODAY, True), (date(2026, 9, 22), True), (date(2026, 9, 21), False)],
)
def test_an_episode_is_open_or_just_ended(ended_on, may):
    assert (not find_episode_error(ended_on=ended_on, on=TODAY, within=timedelta(days=60))) is may


@pytest.mark.parametrize(
    ("last_day", "lost", "thought", "refused"),
    [
        (None, False, False, set()),
        (date(2026, 11, 20), False, False, set()),  # the link before is over
        (TODAY, False, False, {"caregiver"}),  # its last day
        (date(2026, 12, 1), False, True, {"caregiver"}),
        (None, True, False, {"thought_about"}),
        (None, True, True, set()),
    ],
)
def test_who_is_asked(last_day, lost, thought, refused):
    assert set(find_asking_errors(last_day=last_day, lost=lost, thought_about=thought, on=TODAY)) == refused


@pytest.mark.parametrize(
    ("answers", "words", "said"),
    [([None] * 4, "", False), ([None] * 4, " \n", False), ([None, 0], "", True), ([None], "Ta", True)],
)
def test_an_empty_answer_is_refused(answers, words, said):
    assert has_any_answer(answers=answers, words=words) is said


@pytest.mark.parametrize(
    ("month", "number", "later"),
    [
        (date(2026, 1, 1), 1, date(2026, 2, 1)),
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_months_later(month, number, later):
    assert add_calendar_months(month, number) == later


@pytest.mark.parametrize(
    ("day", "quarter", "closes"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 5, 1)),
        (date(2026, 3, 31), date(2026, 1, 1), date(2026, 5, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 2, 1)),
    ],
)
def test_a_quarter_closes_a_month_after_its_end(day, quarter, closes):
    assert get_quarter_start(day) == quarter
    assert get_quarter_publication_date(quarter) == closes


@pytest.mark.parametrize(
    ("on", "months"),
    [
        (date(2026, 4, 30), [4, 3, 2, 1]),  # the first quarter is open a month longer
        (date(2026, 5, 1), [5, 4]),
        (date(2026, 1, 31), [1, 12, 11, 10]),
        (date(2026, 2, 1), [2, 1]),
    ],
)
def test_no_month_that_is_shown_takes_an_answer(on, months):
    assert [month.month for month in list_open_months(on)] == months


def test_the_questions_are_four_and_the_answers_five_and_cannot_say():
    assert len(QUESTIONS) == 4
    assert Agreement.values == [1, 2, 3, 4, 5, 0]
