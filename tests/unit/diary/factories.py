"""Visits to test with, booked through the app's own action."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from interventions.diary.actions import Visit, book_appointment
from interventions.diary.models import Appointment


def get_time(days=3, hour=10, minute=0):
    """So many days from today, at that time of the clock on the wall."""
    day = timezone.localdate() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def list_family_members(family):
    return [*family.infants.live(), *family.caregivers.live()]


def build_visit(by, expected, **other):
    facts = {"minutes": 60, "mechanism": "01", "location": "A01", "practitioner": by}
    return Visit(expected=expected, **facts | other)


def make_visit(episode, by, *, days=3, hour=10, minute=0, times=1, expected=None, **other):
    """A visit booked; one of days gone by is put there afterwards, as time would."""
    people = list_family_members(episode.family) if expected is None else expected
    row = book_appointment(
        work=episode,
        starts_at=get_time(max(days, 1), hour, minute),
        visit=build_visit(by, people, **other),
        times=times,
        by=by,
    )
    if days < 1:
        Appointment.objects.filter(pk=row.pk).update(starts_at=get_time(days, hour, minute))
        row.refresh_from_db()
    return row
