"""The sample families' diary: a room, a planned, a cancelled and a moved visit, a calendar feed."""

from datetime import timedelta

from django.utils import timezone

from interventions.diary.actions import Visit, book_appointment, cancel_appointment, move_appointment
from interventions.diary.models import CalendarToken, Room
from pairs.access.models import digest_token

FEED_TOKEN = "a-calendar-that-works"


def create_diary(home):
    """By the names of the address parameters, and of what the expected access asks for besides."""
    made = home.objects
    made["room_id"] = Room.objects.create(site=home.site, name=f"Room {home.name}")
    made["appointment_id"] = _book_visit(home, days=3)
    made["cancelled_visit"] = cancel_appointment(
        appointment=_book_visit(home, days=5),
        whose="cancelled_family",
        why=f"Ill {home.name}",
        by=home.worker,
    )
    moved = _book_visit(home, days=6)
    move_appointment(
        appointment=moved, starts_at=moved.starts_at + timedelta(minutes=90), minutes=50, by=home.worker
    )


def _book_visit(home, days):
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
    starts_at = timezone.localtime().replace(hour=9 + 3 * _get_family_number(home)) + timedelta(days=days)
    return book_appointment(work=made["episode_id"], starts_at=starts_at, visit=visit, by=home.worker)


def _get_family_number(home):
    return ("blackburn", "hyndburn", "restricted", "moving").index(home.name)


def create_calendar_token(user):
    """A calendar whose address is known to the tests."""
    return CalendarToken.objects.create(user=user, hashed=digest_token(FEED_TOKEN))
