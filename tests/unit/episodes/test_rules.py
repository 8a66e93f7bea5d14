"""The rules of the work, a row of the table each."""

from datetime import UTC, date, datetime

import pytest

from interventions.episodes.due import assess_missed_contacts
from interventions.episodes.rules import (
    CAREGIVER_ATTENDANCES,
    INFANT_ATTENDANCES,
    NATIONAL_ATTENDANCE,
    Attendance,
    PastContact,
    find_attendance_error,
    find_contact_date_error,
    find_ending_date_error,
    find_opening_date_error,
    get_default_subject,
    get_missed_contacts_reason,
    guess_contact_start,
    list_past_contacts,
)

DAY = date(2026, 11, 20)
SEEN, NOT_BROUGHT, CANCELLED = (
    PastContact(DAY, True, False),
    PastContact(DAY, False, True),
    PastContact(DAY, False, False),
)


@pytest.mark.parametrize(
    ("newest_first", "says"),
    [
        ([], ""),
        ([SEEN], ""),
        ([NOT_BROUGHT], ""),
        ([NOT_BROUGHT, NOT_BROUGHT], "Not brought 2 times since last seen"),
        ([NOT_BROUGHT, CANCELLED, NOT_BROUGHT, SEEN], "Not brought 2 times since last seen"),
        ([NOT_BROUGHT, SEEN, NOT_BROUGHT], ""),
        ([SEEN, NOT_BROUGHT, NOT_BROUGHT], ""),
        ([CANCELLED, CANCELLED], ""),
        ([CANCELLED, CANCELLED, CANCELLED], "Not seen at 3 of the last 3 contacts"),
        ([CANCELLED, SEEN, NOT_BROUGHT, SEEN, CANCELLED], "Not seen at 3 of the last 5 contacts"),
        ([SEEN, CANCELLED, SEEN, CANCELLED, SEEN, CANCELLED], ""),
    ],
)
def test_when_missed_contacts_need_thought(newest_first, says):
    assert get_missed_contacts_reason(newest_first) == says


def test_what_the_service_cancelled_is_not_the_familys():
    told = list_past_contacts(
        [(DAY, "cancelled_service"), (DAY, "not_brought"), (DAY, "late_seen"), (DAY, "late_not_seen")]
    )
    assert [(each.seen, each.not_brought) for each in told] == [(False, True), (True, False), (False, False)]


@pytest.mark.parametrize(
    ("newest_first", "says"),
    [
        ("not_brought not_brought", "Not brought 2 times since last seen"),
        ("not_brought cancelled_service not_brought", "Not brought 2 times since last seen"),
        ("not_brought cancelled_family not_brought", "Not brought 2 times since last seen"),
        ("not_brought late_not_seen not_brought", "Not brought 2 times since last seen"),
        ("not_brought attended not_brought", ""),
        ("not_brought late_seen not_brought", ""),
        ("cancelled_family cancelled_family cancelled_family", "Not seen at 3 of the last 3 contacts"),
        ("cancelled_service cancelled_service cancelled_service", ""),
        (
            "late_not_seen attended late_not_seen attended late_not_seen",
            "Not seen at 3 of the last 5 contacts",
        ),
        ("late_not_seen attended late_seen attended late_not_seen", ""),
        (
            "cancelled_family attended not_brought attended late_not_seen",
            "Not seen at 3 of the last 5 contacts",
        ),
        # What we cancelled ourselves takes none of the five places.
        (
            "cancelled_family cancelled_service attended cancelled_family cancelled_service attended not_brought",
            "Not seen at 3 of the last 5 contacts",
        ),
        # The sixth and older are left alone.
        ("attended cancelled_family attended cancelled_family attended not_brought not_brought", ""),
    ],
)
def test_when_a_babys_attendances_need_thought(newest_first, says):
    assert (
        get_missed_contacts_reason(
            list_past_contacts([(DAY, attendance) for attendance in newest_first.split()])
        )
        == says
    )


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        ("attended attended", "attended attended", ""),
        ("attended attended", "not_brought not_brought", "Not brought 2 times since last seen"),
        ("not_brought attended", "attended not_brought", ""),  # each brought in turn: seen each time for one
        ("cancelled_family attended", "cancelled_family cancelled_family", ""),
    ],
)
def test_of_twins_each_has_their_own_count(one, other, says):
    rows = [
        {"infant": twin, "at": f"2026-11-{20 - number}T10:00:00+00:00", "attendance": attendance}
        for twin, told in (("one", one), ("other", other))
        for number, attendance in enumerate(told.split())
    ]
    assert assess_missed_contacts(rows)[0] == says


@pytest.mark.parametrize(
    ("value", "national"),
    [
        ("attended", "5"),
        ("late_seen", "6"),
        ("late_not_seen", "7"),
        ("not_brought", "3"),
        ("did_not_attend", "3"),
        ("cancelled_family", "2"),
        ("cancelled_service", "4"),
    ],
)
def test_the_national_code_of_an_attendance(value, national):
    assert NATIONAL_ATTENDANCE[value] == national


def test_every_attendance_can_be_said_of_somebody_and_has_a_national_code():
    values = set(Attendance.values)
    assert values == set(NATIONAL_ATTENDANCE) == INFANT_ATTENDANCES | CAREGIVER_ATTENDANCES


@pytest.mark.parametrize(
    ("is_infant", "value", "allowed"),
    [
        (True, "not_brought", True),
        (True, "did_not_attend", False),
        (False, "did_not_attend", True),
        (False, "not_brought", False),
        (True, "attended", True),
        (False, "cancelled_family", True),
    ],
)
def test_infants_are_brought_and_adults_attend(is_infant, value, allowed):
    assert (find_attendance_error(is_infant=is_infant, attendance=value) == "") is allowed


@pytest.mark.parametrize(
    ("day", "ended", "begins"),
    [
        (date(2026, 11, 21), None, "This date is in the future"),
        (date(2026, 10, 31), None, "This is before"),
        (date(2026, 11, 1), None, ""),
        (DAY, None, ""),
        (date(2026, 11, 10), date(2026, 11, 10), ""),
        (date(2026, 11, 11), date(2026, 11, 10), "This is after"),
    ],
)
def test_the_days_a_contact_can_be_on(day, ended, begins):
    says = find_contact_date_error(day=day, opened=date(2026, 11, 1), ended=ended, on=DAY)
    assert says.startswith(begins)
    assert bool(says) is bool(begins)


@pytest.mark.parametrize(
    ("part", "infants", "dyads", "about"),
    [
        ("baby_told", 1, 1, "infant"),
        ("baby_told", 1, 2, "infant"),
        ("baby_told", 2, 2, "family"),
        ("baby_told", 2, 1, "dyad"),
        ("happened", 1, 1, "dyad"),
        ("next", 1, 2, "family"),
    ],
)
def test_whom_a_part_is_about_unless_said(part, infants, dyads, about):
    assert get_default_subject(part, infants=infants, dyads=dyads) == about


@pytest.mark.parametrize(
    ("hour", "minute", "start"), [(14, 7, (13, 0)), (14, 15, (13, 15)), (14, 59, (13, 45)), (0, 20, (23, 15))]
)
def test_a_contact_probably_began_an_hour_ago(hour, minute, start):
    began = guess_contact_start(datetime(2026, 11, 20, hour, minute, 12, tzinfo=UTC))
    assert (began.hour, began.minute, began.second) == (*start, 0)


@pytest.mark.parametrize(
    ("day", "fine"), [(date(2026, 11, 21), False), (date(2026, 9, 30), False), (date(2026, 10, 1), True)]
)
def test_the_days_an_episode_can_begin(day, fine):
    assert (find_opening_date_error(day=day, received=date(2026, 10, 1), on=DAY) == "") is fine


@pytest.mark.parametrize(
    ("day", "last", "fine"),
    [
        (date(2026, 11, 21), None, False),
        (date(2026, 10, 31), None, False),
        (DAY, None, True),
        (date(2026, 11, 9), date(2026, 11, 10), False),
        (date(2026, 11, 10), date(2026, 11, 10), True),
    ],
)
def test_the_days_an_episode_can_end(day, last, fine):
    says = find_ending_date_error(day=day, opened=date(2026, 11, 1), last_contact=last, on=DAY)
    assert (says == "") is fine
