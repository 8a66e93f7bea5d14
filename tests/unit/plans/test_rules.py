"""Review and due rules of plans: one test a row of each table."""

from datetime import date, timedelta

import pytest

from interventions.plans.rules import (
    find_day_error,
    find_helping_errors,
    find_review_errors,
    get_helping_due_date,
    get_plan_due_date,
    get_waiting_contact_due_date,
)

ON = date(2026, 11, 21)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.mark.parametrize(
    ("day", "ended", "why"),
    [
        (ON, None, ""),
        (ON + DAY, None, "This date is in the future."),
        (ON - 11 * DAY, None, "This is before the episode began."),
        (ON - 10 * DAY, None, ""),
        (ON - 2 * DAY, ON - 3 * DAY, "This is after the episode ended."),
        (ON - 3 * DAY, ON - 3 * DAY, ""),
    ],
)
def test_a_day_of_the_episode(day, ended, why):
    assert find_day_error(day=day, opened=ON - 10 * DAY, ended=ended, on=ON) == why


@pytest.mark.parametrize(
    ("decision", "next_on", "field"),
    [
        ("keep", ON + DAY, None),
        ("change", ON + DAY, None),
        ("end", None, None),
        ("keep", None, "next_on"),
        ("change", None, "next_on"),
        ("end", ON + DAY, "next_on"),
        ("keep", ON, "next_on"),
        ("keep", ON - DAY, "next_on"),
    ],
)
def test_what_continues_has_a_next_review_and_what_ends_has_none(decision, next_on, field):
    assert next(iter(find_review_errors(decision=decision, next_on=next_on, held_on=ON)), None) == field


@pytest.mark.parametrize(
    ("family", "we", "step", "changes", "again", "field"),
    [
        ("yes", "yes", "go_on", "", 7, None),
        ("partly", "partly", "go_on", "", 7, None),
        ("partly", "yes", "change", "Shorter sessions", 7, None),
        ("not_now", "yes", "go_on", "", 7, "what_next"),
        ("yes", "not_now", "go_on", "", 7, "what_next"),
        ("not_now", "not_now", "change", "Another way", 7, None),
        ("not_now", "not_now", "change", " ", 7, "what_changes"),
        ("not_now", "partly", "end", "", None, None),
        ("ended", "yes", "end", "", None, None),
        ("ended", "yes", "change", "Something", 7, "what_next"),
        ("ended", "yes", "go_on", "", 7, "what_next"),
        ("yes", "yes", "go_on", "", None, "ask_again_on"),
        ("yes", "yes", "go_on", "", 0, "ask_again_on"),
        ("yes", "yes", "end", "", 7, "ask_again_on"),
    ],
)
def test_help_that_is_not_helping_is_changed_or_ended(family, we, step, changes, again, field):
    found = find_helping_errors(
        family_says=family,
        we_say=we,
        what_next=step,
        what_changes=changes,
        ask_again_on=None if again is None else ON + again * DAY,
        on=ON,
    )
    assert next(iter(found), None) == field


@pytest.mark.parametrize(
    ("again", "due"), [(None, ON + 12 * WEEK), (ON + WEEK, ON + WEEK), (ON + 30 * WEEK, ON + 30 * WEEK)]
)
def test_when_open_ended_work_is_asked_about(again, due):
    assert get_helping_due_date(started=ON, ask_again_on=again, first_after=12 * WEEK) == due


@pytest.mark.parametrize(
    ("last", "every", "due"),
    [
        (None, 4 * WEEK, ON + 4 * WEEK),
        (ON + WEEK, 4 * WEEK, ON + 5 * WEEK),
        (ON - WEEK, 4 * WEEK, ON + 4 * WEEK),
        (None, 0 * WEEK, None),
    ],
)
def test_when_a_waiting_family_is_to_be_contacted(last, every, due):
    assert get_waiting_contact_due_date(since=ON, last_contact=last, every=every) == due


@pytest.mark.parametrize(
    ("has_plan", "declined", "within", "due"),
    [
        (False, False, 6 * WEEK, ON + 6 * WEEK),
        (True, False, 6 * WEEK, None),
        (False, True, 6 * WEEK, None),
        (False, False, 0 * WEEK, None),
    ],
)
def test_when_a_plan_is_to_be_there(has_plan, declined, within, due):
    assert get_plan_due_date(opened=ON, has_plan=has_plan, declined=declined, within=within) == due
