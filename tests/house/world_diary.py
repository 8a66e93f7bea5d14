"""The small world's diary: a room, a visit that is planned, one that was cancelled, one that was moved, a calendar."""

from datetime import timedelta

from django.utils import timezone

from interventions.diary.actions import Visit, book_appointment, cancel_appointment, move_appointment
from interventions.diary.models import CalendarToken, Room
from pairs.access.models import digest

FEED = "a-calendar-that-works"


def diary(home):
    """Names of the address parameters, and what the oracle asks for besides."""
    made = home.objects
    made["room_id"] = Room.objects.create(site=home.site, name=f"Room {home.name}")
    made["appointment_id"] = _booked(home, days=3)
    made["cancelled_visit"] = cancel_appointment(
        appointment=_booked(home, days=5), whose="cancelled_family", why=f"Ill {home.name}", by=home.worker
    )
    moved = _booked(home, days=6)
    move_appointment(
        appointment=moved, starts_at=moved.starts_at + timedelta(minutes=90), minutes=50, by=home.worker
    )


def _booked(home, days):
    made = home.objects
    visit = Visit(
        minutes=50,
        mechanism="01",
        location="K01",
        room=made["room_id"],
        practitioner=home.worker,
        expected=[made["caregiver_id"], made["subject_id"]],
        note=f"Bring {home.name}",
    )
    # Somebody who works for two homes is nowhere twice at a time.
    starts_at = timezone.localtime().replace(hour=9 + 3 * _number(home)) + timedelta(days=days)
    return book_appointment(work=made["episode_id"], starts_at=starts_at, visit=visit, by=home.worker)


def _number(home):
    return ("blackburn", "hyndburn", "restricted", "moving").index(home.name)


def calendar(user):
    """A calendar whose address is known to the tests."""
    return CalendarToken.objects.create(user=user, hashed=digest(FEED))
