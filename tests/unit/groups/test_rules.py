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
def test_where_a_session_stands(starts_at, cancelled, registered, state):
    found = rules.session_state(starts_at=starts_at, now=NOW, cancelled=cancelled, registered=registered)
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
    assert rules.expected(guest, of_place) == said


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
    assert rules.minutes_of(attendances, 90) == minutes


def test_weeks_go_by_the_clock_on_the_wall():
    days = rules.weekly(datetime(2026, 10, 19, 10), 2)  # the clocks change between them
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
    assert rules.names_in(text, ["Mary", "Rose", "J", ""]) == found


@pytest.mark.parametrize(
    ("rule", "facts", "refused"),
    [
        (
            rules.why_not_joined_on,
            {"day": date(2026, 1, 1), "opened": date(2026, 1, 2), "ended": None, "on": ON},
            "before",
        ),
        (
            rules.why_not_joined_on,
            {"day": date(2026, 1, 2), "opened": date(2026, 1, 2), "ended": None, "on": ON},
            "",
        ),
        (
            rules.why_not_joined_on,
            {"day": date(2026, 3, 2), "opened": date(2026, 1, 2), "ended": date(2026, 3, 1), "on": ON},
            "after",
        ),
        (
            rules.why_not_left_on,
            {"day": date(2026, 1, 1), "joined": date(2026, 1, 2), "on": date(2026, 2, 1)},
            "before",
        ),
        (
            rules.why_not_left_on,
            {"day": date(2026, 2, 2), "joined": date(2026, 1, 2), "on": date(2026, 2, 1)},
            "to come",
        ),
        (
            rules.why_not_joined_on,
            {"day": date(9999, 12, 31), "opened": date(2026, 1, 2), "ended": None, "on": ON},
            "Check the year",
        ),
        (rules.why_not_planned_on, {"day": date(2028, 11, 20), "on": ON}, ""),
        (rules.why_not_planned_on, {"day": date(1, 1, 1), "on": ON}, "Check the year"),
        (rules.why_not_planned_on, {"day": date(9999, 12, 31), "on": ON}, "Check the year"),
        (rules.why_not_closed_on, {"day": ON, "first": date(2026, 11, 1), "on": ON}, ""),
        (rules.why_not_closed_on, {"day": ON, "first": date(2026, 12, 1), "on": ON}, ""),
        (rules.why_not_closed_on, {"day": date(2026, 10, 1), "first": date(2026, 11, 1), "on": ON}, "before"),
        (rules.why_not_closed_on, {"day": date(2026, 11, 21), "first": None, "on": ON}, "to come"),
        (rules.why_full, {"taken": 5, "more": 1, "capacity": 6}, ""),
        (rules.why_full, {"taken": 6, "more": 1, "capacity": 6}, "6 are taken"),
        (rules.why_not_registered, {"starts_at": LATER, "now": NOW, "cancelled": False}, "to come"),
        (rules.why_not_registered, {"starts_at": BEFORE, "now": NOW, "cancelled": True}, "cancelled"),
        (rules.why_not_registered, {"starts_at": NOW, "now": NOW, "cancelled": False}, ""),
    ],
)
def test_what_is_refused_and_why(rule, facts, refused):
    said = rule(**facts)
    assert refused in said
    assert bool(said) is bool(refused)
