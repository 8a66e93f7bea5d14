"""Consultations: which steps are legal, and what a request, an arrangement and a record need."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from referrals.models import Consultation
from referrals.rules.choices import ConsultationStatus
from referrals.rules.consultations import (
    CONSULTATION_TRANSITIONS,
    find_arrangement_errors,
    find_record_errors,
    find_request_errors,
    find_step_error,
)

HELD_DATA = {"minutes": 50, "thoughts": "To wait for the baby.", "outcome": "advice"}

CODES = ConsultationStatus.values
LEGAL_STEPS = {
    ("asked", "arranged"), ("asked", "held"), ("asked", "withdrawn"),
    ("arranged", "arranged"), ("arranged", "held"), ("arranged", "withdrawn"),
}  # fmt: skip


@pytest.mark.parametrize("status", CODES)
@pytest.mark.parametrize("to", CODES)
def test_which_steps_are_legal(status, to):
    assert (find_step_error(status=status, to=to) == "") == ((status, to) in LEGAL_STEPS)
    assert set(CONSULTATION_TRANSITIONS) == set(CODES)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, set()),
        ({"about": "  "}, {"about"}),
        ({"who": "Ada"}, {"who"}),
        ({"named": True}, {"permission", "who"}),
        ({"named": True, "who": "Ada", "permission": "parent_agrees"}, set()),
        ({"named": True, "who": "Ada", "permission": "lawful_basis"}, {"permission_reason"}),
        ({"named": True, "who": "Ada", "permission": "lawful_basis", "permission_reason": "Court"}, set()),
    ],
)
def test_what_a_request_needs(said, refused):
    given = {"about": "Words", "named": False, "permission": "", "permission_reason": "", "who": ""} | said
    assert set(find_request_errors(**given)) == refused


LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("at", "sound"),
    [
        (datetime(2026, 11, 20, 12, 0, tzinfo=LONDON), False),
        (datetime(2026, 11, 20, 12, 1, tzinfo=LONDON), True),
        (datetime(2027, 11, 21, 12, 0, tzinfo=LONDON), True),
        (datetime(2027, 11, 21, 12, 1, tzinfo=LONDON), False),
        (datetime(1, 1, 1, 0, 0, tzinfo=LONDON), False),
        (datetime(9999, 12, 31, 23, 59, tzinfo=LONDON), False),
    ],
)
def test_a_time_is_to_come_and_within_a_year(at, sound):
    assert (find_arrangement_errors(at=at, now=NOW) == {}) == sound


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({}, set()),
        ({"held_on": date(2026, 11, 21)}, {"held_on"}),
        ({"held_on": date(2026, 11, 9)}, {"held_on"}),
        ({"minutes": 0}, {"minutes"}),
        ({"minutes": 241}, {"minutes"}),
        ({"thoughts": " "}, {"thoughts"}),
        ({"outcome": ""}, {"outcome"}),
    ],
)
def test_what_a_record_of_it_needs(said, refused):
    given = {"held_on": date(2026, 11, 20), "asked_on": date(2026, 11, 10), "on": date(2026, 11, 20)}
    assert set(find_record_errors(**given | HELD_DATA | said)) == refused


@pytest.mark.parametrize(
    ("status", "days", "shown"),
    [
        ("asked", None, "asked"),
        ("arranged", 1, "arranged"),
        ("arranged", -1, "to_record"),
        ("held", -1, "held"),
    ],
)
def test_a_booking_whose_time_has_come_is_to_be_recorded(status, days, shown):
    at = None if days is None else timezone.now() + timedelta(days=days)
    assert Consultation(status=status, arranged_for=at).status_shown == shown
