"""The rules of groups, a table each."""

from datetime import UTC, date, datetime

import pytest

from interventions.groups import rules
from interventions.groups.rules import Guest

ON = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BEFORE, LATER = datetime(2026, 11, 20, 10, tzinfo=UTC), datetime(2026, 11, 20, 14, tzinfo=UTC)
BABY, CARER = Guest(is_infant=True), Guest(is_infant=False)
LOST, DIED, UNBORN = (
    Guest(is_infant=True, lost=True),
    Guest(is_infant=False, died=True),
    Guest(is_infant=True, born=False),
)


@pytest.mark.parametrize(
    ("starts_at", "cancelled", "registered", "state"),
    [
        (LATER, False, False, "planned"),
        (BEFORE, False, False, "to_register"),
        (NOW, False, False, "to_register"),
        (BEFORE, False, True, "registered"),
        (BEFORE, True, False, "cancelled"),
        (LATER, True, False, "cancelled"),
    ],
)
def test_the_state_of_a_session(starts_at, cancelled, registered, state):
    found = rules.get_session_state(starts_at=starts_at, now=NOW, cancelled=cancelled, registered=registered)
    assert found == state


@pytest.mark.parametrize(
    ("guest", "of_place", "said"),
    [
        (BABY, [BABY, CARER], "attended"),
        (CARER, [BABY, CARER], "attended"),
        (CARER, [CARER], "attended"),  # a carer's own place
        (LOST, [LOST, BABY, CARER], None),
        (BABY, [LOST, BABY, CARER], "attended"),  # the surviving twin
        (CARER, [LOST, BABY, CARER], "attended"),
        (CARER, [LOST, CARER], ""),  # every baby has died: nobody is assumed to come
        (DIED, [BABY, DIED], None),
        (UNBORN, [UNBORN, CARER], ""),
        (CARER, [UNBORN, CARER], "attended"),
    ],
)
def test_whom_the_register_expects(guest, of_place, said):
    assert rules.get_expected_attendance(guest, of_place) == said


@pytest.mark.parametrize(
    ("attendances", "minutes"),
    [
        (["attended", "not_brought"], 90),
        (["late_not_seen"], 90),
        (["not_brought", "did_not_attend"], 0),
        (["cancelled_service"], 0),
    ],
)
def test_a_session_took_no_time_for_whoever_was_not_there(attendances, minutes):
    assert rules.compute_family_minutes(attendances, 90) == minutes


def test_weekly_sessions_stay_at_the_same_local_time():
    days = rules.list_weekly_session_starts(datetime(2026, 10, 19, 10), 2)  # the clocks change between them
    assert days == [datetime(2026, 10, 19, 10), datetime(2026, 10, 26, 10)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A warm group; Mary's question opened it.", ["Mary"]),
        ("Mary’s and rose.", ["Mary", "Rose"]),
        ("Summary of the day", []),
        ("They rose, (mary)", ["Mary", "Rose"]),
        ("J laughed", []),
    ],
)
def test_names_are_found_as_words(text, found):
    assert rules.find_given_names(text, ["Mary", "Rose", "J", ""]) == found


@pytest.mark.parametrize(
    ("rule", "facts", "refused"),
    [
        (
            rules.find_joining_date_error,
            {"day": date(2026, 1, 1), "opened": date(2026, 1, 2), "ended": None, "on": ON},
            "before",
        ),
        (
            rules.find_joining_date_error,
            {"day": date(2026, 1, 2), "opened": date(2026, 1, 2), "ended": None, "on": ON},
            "",
        ),
        (
            rules.find_joining_date_error,
            {"day": date(2026, 3, 2), "opened": date(2026, 1, 2), "ended": date(2026, 3, 1), "on": ON},
            "after",
        ),
        (
            rules.find_leaving_date_error,
            {"day": date(2026, 1, 1), "joined": date(2026, 1, 2), "on": date(2026, 2, 1)},
            "before",
        ),
        (
            rules.find_leaving_date_error,
            {"day": date(2026, 2, 2), "joined": date(2026, 1, 2), "on": date(2026, 2, 1)},
            "This date is in the future.",
        ),
        (
            rules.find_joining_date_error,
            {"day": date(9999, 12, 31), "opened": date(2026, 1, 2), "ended": None, "on": ON},
            "Check the year",
        ),
        (rules.find_planning_date_error, {"day": date(2028, 11, 20), "on": ON}, ""),
        (rules.find_planning_date_error, {"day": date(1, 1, 1), "on": ON}, "Check the year"),
        (rules.find_planning_date_error, {"day": date(9999, 12, 31), "on": ON}, "Check the year"),
        (rules.find_closing_date_error, {"day": ON, "first": date(2026, 11, 1), "on": ON}, ""),
        (rules.find_closing_date_error, {"day": ON, "first": date(2026, 12, 1), "on": ON}, ""),
        (
            rules.find_closing_date_error,
            {"day": date(2026, 10, 1), "first": date(2026, 11, 1), "on": ON},
            "before",
        ),
        (
            rules.find_closing_date_error,
            {"day": date(2026, 11, 21), "first": None, "on": ON},
            "This date is in the future.",
        ),
        (rules.find_capacity_error, {"taken": 5, "more": 1, "capacity": 6}, ""),
        (rules.find_capacity_error, {"taken": 6, "more": 1, "capacity": 6}, "6 are taken"),
        (
            rules.find_register_error,
            {"starts_at": LATER, "now": NOW, "cancelled": False},
            "This session is in the future.",
        ),
        (rules.find_register_error, {"starts_at": BEFORE, "now": NOW, "cancelled": True}, "cancelled"),
        (rules.find_register_error, {"starts_at": NOW, "now": NOW, "cancelled": False}, ""),
    ],
)
def test_what_is_refused_and_why(rule, facts, refused):
    said = rule(**facts)
    assert refused in said
    assert bool(said) is bool(refused)
