"""The rules of one contact, a row of the table each."""

from datetime import UTC, datetime, timedelta

import pytest

from interventions.episodes.contact_rules import (
    BABY,
    COUNTERSIGNING,
    FAMILY_MECHANISMS,
    LEVELS,
    MESSAGE_MECHANISMS,
    BabyFacts,
    after_amending,
    after_signing,
    baby_facts,
    is_late,
    kind_of,
    usual_baby,
    why_not_baby,
    why_not_countersigned,
    why_not_kind,
)
from interventions.episodes.rules import (
    ATTENDANCES,
    CAREGIVER_ATTENDANCES,
    INFANT_ATTENDANCES,
    MECHANISMS,
    NATIONAL_ATTENDANCE,
    PRESENT,
    RATE_BASE,
    SEEN,
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
    assert (value in PRESENT, value in SEEN, value in RATE_BASE) == (there, seen, counts)


def test_the_table_has_every_attendance():
    assert {value for value, *_ in ATTENDANCE_TABLE} == {value for value, _ in ATTENDANCES}
    assert len(ATTENDANCE_TABLE) == len(ATTENDANCES) == len(NATIONAL_ATTENDANCE)


NOT_THERE, THERE = BabyFacts(False, False, False), BabyFacts(True, False, False)
SEEN_HERE, WATCHED = BabyFacts(True, True, False), BabyFacts(True, True, True)


@pytest.mark.parametrize(
    ("attendance", "mechanism", "born", "said", "facts"),
    [
        ("attended", "01", True, "", SEEN_HERE),
        ("attended", "01", True, "seen", SEEN_HERE),
        ("attended", "01", True, "observed", WATCHED),
        ("attended", "01", True, "present", THERE),
        ("attended", "11", True, "observed", WATCHED),
        ("late_seen", "01", True, "", SEEN_HERE),
        ("late_not_seen", "01", True, "seen", THERE),
        ("not_brought", "01", True, "", NOT_THERE),
        ("cancelled_family", "01", True, "seen", NOT_THERE),
        ("cancelled_service", "01", True, "", NOT_THERE),
        ("attended", "02", True, "seen", THERE),  # by telephone nobody is seen
        ("attended", "04", True, "", THERE),
        ("attended", "01", False, "", THERE),  # unborn: there with whoever carries them
        ("attended", "01", False, "seen", THERE),
        ("attended", "09", True, "", NOT_THERE),  # a message is no place to be
    ],
)
def test_how_a_baby_was_there(attendance, mechanism, born, said, facts):
    assert baby_facts(attendance=attendance, mechanism=mechanism, born=born, said=said) == facts


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
    says = why_not_baby(attendance=attendance, mechanism=mechanism, born=born, said=said)
    assert (says == "") is fine


def test_each_level_says_the_ones_before_it_too():
    assert LEVELS == [level for level, _ in BABY] == ["present", "seen", "observed"]
    assert (usual_baby(born=True), usual_baby(born=False)) == ("seen", "present")


@pytest.mark.parametrize(
    ("mechanism", "kind"),
    [("01", "family"), ("02", "family"), ("11", "family"), ("09", "message"), ("05", "message")],
)
def test_what_is_written_is_a_message(mechanism, kind):
    assert kind_of(mechanism) == kind


def test_every_way_is_offered_for_one_of_the_two():
    assert sorted(FAMILY_MECHANISMS + MESSAGE_MECHANISMS) == sorted(MECHANISMS)


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
    said = why_not_kind(kind=kind, mechanism=mechanism, people=people, colleagues=colleagues)
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
    assert after_signing(trainee=trainee) == state


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
    assert after_amending(state, trainee=trainee) == after


SUPERVISOR = {"wrote_it": False, "trainee": False, "supervises": True, "leads": False}


@pytest.mark.parametrize(
    ("state", "who", "begins"),
    [
        ("waiting", {}, ""),
        ("waiting", {"supervises": False, "leads": True}, ""),
        ("waiting", {"supervises": False}, "A supervisor"),
        ("waiting", {"supervises": False, "leads": True, "trainee": True}, "A supervisor"),
        ("waiting", {"wrote_it": True}, "Somebody else"),
        ("waiting", {"wrote_it": True, "leads": True}, "Somebody else"),
        ("returned", {}, "This note does not wait"),
        ("done", {}, "This note does not wait"),
        ("", {}, "This note does not wait"),
    ],
)
def test_who_countersigns(state, who, begins):
    says = why_not_countersigned(state=state, **SUPERVISOR | who)
    assert says.startswith(begins)
    assert bool(says) is bool(begins)


def test_every_state_has_words():
    assert {state for state, _ in COUNTERSIGNING} == {"waiting", "returned", "done"}
