"""Visits to test with, booked through the room's own action."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from interventions.diary.actions import Visit, book_appointment
from interventions.diary.models import Appointment


def at(days=3, hour=10, minute=0):
    """So many days from today, at that time of the clock on the wall."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def everybody(family):
    return [*family.infants.live(), *family.caregivers.live()]


def visit_with(by, expected, **other):
    facts = {"minutes": 60, "mechanism": "01", "location": "A01", "practitioner": by}
    return Visit(expected=expected, **facts | other)


def book(episode, by, *, days=3, hour=10, minute=0, times=1, expected=None, **other):
    """A visit booked; one of days gone by is put there afterwards, as time would."""
    people = everybody(episode.family) if expected is None else expected
    row = book_appointment(
        work=episode,
        starts_at=at(max(days, 1), hour, minute),
        visit=visit_with(by, people, **other),
        times=times,
        by=by,
    )
    if days < 1:
        Appointment.objects.filter(pk=row.pk).update(starts_at=at(days, hour, minute))
        row.refresh_from_db()
    return row
