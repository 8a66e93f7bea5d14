"""What else those concerned are booked for at the time of a group's session: times and ids, whoever may see them."""

from datetime import datetime

from django.utils import timezone

from interventions.diary.booking_warnings import list_staff_warnings
from interventions.groups.models import Facilitator, GroupPlace, GroupSession, Programme


def list_session_warnings(group: Programme, time: tuple[datetime, int]) -> list[str]:
    """What else those who hold the group, and its families, are booked for at this (start, minutes)."""
    held_by = Facilitator.objects.live().current().filter(programme=group).exclude(user=None)
    places = GroupPlace.objects.live().held().filter(programme=group)
    return list_staff_warnings(
        held_by.values_list("user", flat=True),
        [time],
        families=places.values_list("episode__family", flat=True),
        besides=set(group.sessions.values_list("pk", flat=True)),
    )


def list_coming_times(group: Programme) -> list[tuple[datetime, int]]:
    """(start, minutes) of each session that is still to come."""
    coming = GroupSession.objects.live().filter(
        programme=group, cancelled_at=None, starts_at__gte=timezone.now()
    )
    return list(coming.values_list("starts_at", "minutes"))
