"""A visit in words: rows for the diary's pages, the day on paper and the lists of other rooms; no queries here."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from interventions.diary.rules import PLANNED, clash_words, why_it_stops
from interventions.episodes.forms import called
from pairs.families.banner import family_name, needs_of

STOPPED = {
    "loss": "There has been a loss. Read the record before you do anything about this visit.",
    "ended": "The episode has ended, so this visit has stopped.",
}


def stopped(appointment) -> str:
    """'' while it goes on, else "loss" or "ended" (rows come from ``with_all()``)."""
    if appointment.status_now != PLANNED:
        return ""
    expected = [
        (row.infant_id is not None, bool(row.infant and row.infant.lost_on)) for row in _rows(appointment)
    ]
    ended = bool(appointment.work and appointment.work.ended_on)
    return why_it_stops(expected=expected, ended=ended)


def _rows(appointment):
    return appointment.expected.all()


def expected_names(appointment):
    """Who is expected; of a lost baby nothing is said."""
    people = [row.person for row in _rows(appointment)]
    return [called(person) for person in people if not getattr(person, "lost_on", None)]


def where(appointment) -> list[str]:
    """The kind of place, the room, the place in words."""
    room = f"{appointment.room}, {appointment.room.site}" if appointment.room else ""
    return [line for line in (appointment.get_location_display(), room, appointment.place) if line]


def going(appointment) -> list[str]:
    return [str(each) for each in (appointment.practitioner, *appointment.colleagues.all())]


def to_know(appointment, family) -> list[str]:
    """Travel, interpreter, room, and what the carers need: what one must see before one sets off."""
    travel = f"{appointment.travel_minutes} minutes to get there" if appointment.travel_minutes else ""
    interpreter = "An interpreter is to be there" if appointment.interpreter else ""
    access = f"Room: {appointment.room.access}" if appointment.room and appointment.room.access else ""
    people = {row.caregiver_id: row.caregiver for row in _rows(appointment) if row.caregiver_id}
    return [each for each in (travel, interpreter, access, *needs_of(people.values())) if each]


def visit_row(appointment, family, found=(), *, may_write=False):
    """One visit for a list. ``family`` has its people; ``found``: its clashes."""
    stops = stopped(appointment)
    starts = timezone.localtime(appointment.starts_at)
    planned = appointment.status_now == PLANNED
    return {
        "id": appointment.pk,
        "at": starts,
        "until": starts + timedelta(minutes=appointment.minutes),
        "name": family_name(family),
        "family_href": reverse("family", args=[family.pk]),
        "href": reverse("appointment", args=[appointment.pk]),
        "how": appointment.get_mechanism_display(),
        "where": where(appointment),
        "expected": expected_names(appointment),
        "going": going(appointment),
        "to_know": to_know(appointment, family),
        "cautions": sorted({caution.kind for caution in family.cautions.all()}),
        "status": appointment.status_now,
        "stopped": STOPPED.get(stops, ""),
        "clashes": clash_words(found) if planned and not stops else [],
        "note": appointment.note,
        "first": appointment.work is None,
        "knock_href": reverse("visit-before-you-knock", args=[appointment.pk])
        if planned and not stops
        else None,
        "write_href": _write_href(appointment) if may_write else None,
    }


def _write_href(appointment):
    """Written up once it has begun; before there is an episode, that is opened first."""
    if appointment.is_written_up or appointment.status == "moved" or stopped(appointment):
        return None
    if appointment.starts_at > timezone.now():
        return None
    return reverse("write-up", args=[appointment.pk])
