"""The rules of one contact, a row of the table each."""

from datetime import UTC, datetime, timedelta

import pytest

from interventions.episodes.contact_rules import (
    FAMILY_MECHANISMS,
    MESSAGE_MECHANISMS,
    CountersigningState,
    InfantPresence,
    PresenceLevel,
    compute_infant_presence,
    find_contact_kind_errors,
    find_countersigning_error,
    find_presence_error,
    get_contact_kind,
    get_state_after_amending,
    get_state_after_signing,
    get_usual_presence,
    is_late,
)
from interventions.episodes.rules import (
    CAREGIVER_ATTENDANCES,
    INFANT_ATTENDANCES,
    NATIONAL_ATTENDANCE,
    NOT_BROUGHT_RATE_BASE,
    PRESENT_ATTENDANCES,
    SEEN_ATTENDANCES,
    Attendance,
    Mechanism,
    describe_place,
)

# (attendance, of whom it can be said, national code, was there, was seen, counts in the not-brought rate).
# NHS Data Dictionary ATTENDED OR DID NOT ATTEND: 2 cancelled by the patient, 3 did not attend, 4 cancelled by us,
# 5 attended, 6 late and seen, 7 late and not seen. "Not brought" has no code of its own: it goes as 3.
ATTENDANCE_TABLE = [
    ("attended", "both", "5", True, True, True),
    ("late_seen", "both", "6", True, True, True),
    ("late_not_seen", "both", "7", True, False, True),
    ("not_brought", "infant", "3", False, False, True),
    ("did_not_attend", "carer", "3", False, False, False),
    ("cancelled_family", "both", "2", False, False, False),
    ("cancelled_service", "both", "4", False, False, False),
]


@pytest.mark.parametrize(("value", "whose", "code", "there", "seen", "counts"), ATTENDANCE_TABLE)
def test_every_attendance_and_what_follows_from_it(value, whose, code, there, seen, counts):
    assert NATIONAL_ATTENDANCE[value] == code
    assert (value in INFANT_ATTENDANCES, value in CAREGIVER_ATTENDANCES) == (
        whose != "carer",
        whose != "infant",
    )
    assert (value in PRESENT_ATTENDANCES, value in SEEN_ATTENDANCES, value in NOT_BROUGHT_RATE_BASE) == (
        there,
        seen,
        counts,
    )


def test_the_table_has_every_attendance():
    assert {value for value, *_ in ATTENDANCE_TABLE} == set(Attendance.values)
    assert len(ATTENDANCE_TABLE) == len(Attendance) == len(NATIONAL_ATTENDANCE)


BABY_NOT_PRESENT, BABY_PRESENT = InfantPresence(False, False, False), InfantPresence(True, False, False)
BABY_SEEN, BABY_OBSERVED = InfantPresence(True, True, False), InfantPresence(True, True, True)


@pytest.mark.parametrize(
    ("attendance", "mechanism", "born", "said", "facts"),
    [
        ("attended", "01", True, "", BABY_SEEN),
        ("attended", "01", True, "seen", BABY_SEEN),
        ("attended", "01", True, "observed", BABY_OBSERVED),
        ("attended", "01", True, "present", BABY_PRESENT),
        ("attended", "11", True, "observed", BABY_OBSERVED),
        ("late_seen", "01", True, "", BABY_SEEN),
        ("late_not_seen", "01", True, "seen", BABY_PRESENT),
        ("not_brought", "01", True, "", BABY_NOT_PRESENT),
        ("cancelled_family", "01", True, "seen", BABY_NOT_PRESENT),
        ("cancelled_service", "01", True, "", BABY_NOT_PRESENT),
        ("attended", "02", True, "seen", BABY_PRESENT),  # by telephone nobody is seen
        ("attended", "04", True, "", BABY_PRESENT),
        ("attended", "01", False, "", BABY_PRESENT),  # unborn: there with whoever carries them
        ("attended", "01", False, "seen", BABY_PRESENT),
        ("attended", "09", True, "", BABY_NOT_PRESENT),  # a message is no place to be
    ],
)
def test_how_a_baby_was_present(attendance, mechanism, born, said, facts):
    assert compute_infant_presence(attendance=attendance, mechanism=mechanism, born=born, said=said) == facts


@pytest.mark.parametrize(
    ("attendance", "mechanism", "born", "said", "fine"),
    [
        ("attended", "01", True, "observed", True),
        ("not_brought", "01", True, "observed", False),
        ("attended", "02", True, "observed", False),
        ("attended", "01", False, "observed", False),
        ("late_not_seen", "01", True, "observed", False),
        ("attended", "02", True, "seen", True),  # what is filled in is put right, not refused
        ("not_brought", "01", True, "", True),
    ],
)
def test_a_baby_is_watched_only_where_that_can_be(attendance, mechanism, born, said, fine):
    says = find_presence_error(attendance=attendance, mechanism=mechanism, born=born, said=said)
    assert (says == "") is fine


def test_each_level_implies_the_ones_before_it():
    assert PresenceLevel.values == ["present", "seen", "observed"]
    assert (get_usual_presence(born=True), get_usual_presence(born=False)) == ("seen", "present")


@pytest.mark.parametrize(
    ("mechanism", "kind"),
    [("01", "family"), ("02", "family"), ("11", "family"), ("09", "message"), ("05", "message")],
)
def test_what_is_written_is_a_message(mechanism, kind):
    assert get_contact_kind(mechanism) == kind


def test_every_way_is_offered_for_one_of_the_two():
    assert sorted(FAMILY_MECHANISMS + MESSAGE_MECHANISMS) == sorted(Mechanism.choices)


@pytest.mark.parametrize(
    ("kind", "mechanism", "people", "colleagues", "wrong"),
    [
        ("family", "01", 2, 0, None),
        ("family", "01", 2, 1, None),  # a joint contact
        ("family", "01", 0, 1, "participants"),
        ("family", "09", 1, 0, "mechanism"),
        ("message", "09", 1, 0, None),
        ("message", "01", 1, 0, "mechanism"),
        ("message", "05", 0, 0, "participants"),
        ("liaison", "02", 0, 1, None),
        ("liaison", "05", 0, 2, None),
        ("liaison", "02", 0, 0, "others"),
        ("liaison", "02", 1, 1, "participants"),
    ],
)
def test_who_is_named_for_which_kind(kind, mechanism, people, colleagues, wrong):
    said = find_contact_kind_errors(kind=kind, mechanism=mechanism, people=people, colleagues=colleagues)
    assert list(said) == ([wrong] if wrong else [])


END = datetime(2026, 10, 24, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "after", "late"),
    [
        (24, timedelta(hours=24), False),
        (24, timedelta(hours=24, seconds=1), True),
        (24, timedelta(0), False),
        (24, timedelta(minutes=-30), False),  # written while it lasted
        (72, timedelta(hours=25), False),
        (0, timedelta(minutes=1), True),
    ],
)
def test_a_late_entry(hours, after, late):
    assert is_late(ended_at=END, written_at=END + after, hours=hours) is late


def test_the_clocks_going_back_give_nobody_an_hour():
    """24 hours are 24 hours, whatever the clock on the wall says on the last Sunday of October."""
    from zoneinfo import ZoneInfo

    london = ZoneInfo("Europe/London")
    ended = datetime(2026, 10, 24, 15, 0, tzinfo=london).astimezone(UTC)
    written = datetime(2026, 10, 25, 14, 30, tzinfo=london).astimezone(UTC)
    assert is_late(ended_at=ended, written_at=written, hours=24)


@pytest.mark.parametrize(("trainee", "state"), [(True, "waiting"), (False, "")])
def test_a_trainees_signed_note_waits(trainee, state):
    assert get_state_after_signing(trainee=trainee) == state


@pytest.mark.parametrize(
    ("state", "trainee", "after"),
    [
        ("", False, ""),
        ("", True, "waiting"),
        ("waiting", False, "waiting"),
        ("waiting", True, "waiting"),
        ("returned", False, "waiting"),
        ("returned", True, "waiting"),
        ("done", False, "done"),
        ("done", True, "waiting"),
    ],
)
def test_how_a_note_stands_once_it_is_amended(state, trainee, after):
    assert get_state_after_amending(state, trainee=trainee) == after


SUPERVISOR = {"wrote_it": False, "trainee": False, "supervises": True, "leads": False}


@pytest.mark.parametrize(
    ("state", "who", "begins"),
    [
        ("waiting", {}, ""),
        ("waiting", {"supervises": False, "leads": True}, ""),
        ("waiting", {"supervises": False}, "A supervisor"),
        ("waiting", {"supervises": False, "leads": True, "trainee": True}, "A supervisor"),
        ("waiting", {"wrote_it": True}, "Someone else"),
        ("waiting", {"wrote_it": True, "leads": True}, "Someone else"),
        ("returned", {}, "This note is not waiting"),
        ("done", {}, "This note is not waiting"),
        ("", {}, "This note is not waiting"),
    ],
)
def test_who_countersigns(state, who, begins):
    says = find_countersigning_error(state=state, **SUPERVISOR | who)
    assert says.startswith(begins)
    assert bool(says) is bool(begins)


def test_every_state_has_words():
    assert set(CountersigningState.values) == {"waiting", "returned", "done", "left"}


@pytest.mark.parametrize(
    ("mechanism", "location", "words"),
    [
        ("01", "A01", "Family's home"),
        ("02", "B01", "Health centre"),
        ("01", "X01", "Somewhere else"),
        ("02", "X01", ""),  # the national code of a phone call says where it was not
        ("11", "X01", ""),
    ],
)
def test_where_a_contact_was_in_words(mechanism, location, words):
    assert describe_place(mechanism, location) == words
