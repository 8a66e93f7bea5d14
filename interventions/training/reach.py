"""How far training has reached: people who attended a session, each once, by place and group, beside headcounts."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from interventions.training.models import (
    TrainingAttendance,
    TrainingAttendee,
    TrainingAttendeeQuerySet,
    TrainingSession,
    TrainingSessionQuerySet,
    WorkforceFigure,
)
from interventions.training.rules import Reach
from pairs.access.records import RecordQuerySet, live_q
from pairs.web.local_days import get_start_of_day


@dataclass(frozen=True)
class TrainedPerson:
    """Somebody who attended, as of their newest session: where they work (None: not known), their group, profession."""

    place: UUID | None
    workforce_group: str
    group: str


def load_trained_people(first: date, last: date) -> list[TrainedPerson]:
    """Everybody who attended a session between these days, each once.

    Somebody is known by their e-mail address, else by name and organisation.
    """
    people: dict[str, TrainedPerson] = {}
    names = ("name", "organisation", "email", "place_id", "workforce_group", "group")
    rows = _query_attendances(first, last).values_list(*(f"attendee__{name}" for name in names))
    for name, organisation, email, place, workforce_group, group in rows.order_by("session__starts_at", "pk"):
        person = email.casefold() or f"{name.casefold()}|{organisation.casefold()}"
        people[person] = TrainedPerson(place, workforce_group, group)
    return list(people.values())


def query_attended_places(first: date, last: date) -> TrainingAttendeeQuerySet:
    """Places on a programme of those who attended one of its sessions between these days."""
    came = _query_attendances(first, last)
    return TrainingAttendee.objects.live().filter(pk__in=came.values("attendee"))


def _query_attendances(first: date, last: date) -> RecordQuerySet:
    sessions = query_held_sessions(first, last)
    return TrainingAttendance.objects.live().filter(live_q("attendee__"), session__in=sessions)


def query_held_sessions(first: date, last: date) -> TrainingSessionQuerySet:
    """Sessions that stand and began between these days, and not after now."""
    start, stop = get_start_of_day(first), get_start_of_day(last + timedelta(days=1))
    return TrainingSession.objects.standing().filter(
        starts_at__gte=start, starts_at__lt=min(stop, timezone.now())
    )


def load_reach(first: date, last: date) -> dict[tuple[UUID | None, str], Reach]:
    """{(place, workforce group): people trained between these days, and the newest headcount of then}."""
    trained = Counter((each.place, each.workforce_group) for each in load_trained_people(first, last))
    figures = {(each.place_id, each.workforce_group): each for each in WorkforceFigure.objects.newest(last)}
    return {
        cell: Reach(
            trained=trained[cell],
            headcount=figures[cell].headcount if cell in figures else None,
            as_of=figures[cell].as_of if cell in figures else None,
            source=figures[cell].source if cell in figures else "",
        )
        for cell in trained.keys() | figures.keys()
    }
