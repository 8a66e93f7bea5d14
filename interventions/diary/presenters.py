"""Presents visits for the diary's pages, the printed day sheet and lists of other apps. Runs no queries."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from interventions.diary.rules import (
    CANCELLED_STATUSES,
    AppointmentStatus,
    Slot,
    describe_clashes,
    determine_stop_reason,
)
from interventions.episodes.forms import get_display_name
from interventions.episodes.rules import Mechanism
from pairs.families.banner import get_family_name, list_contact_needs
from pairs.families.family_lines import describe_family
from pairs.families.last_day import has_died, list_living
from pairs.families.models import Family
from pairs.web.url_cache import reverse_cached

STOP_TEXTS = {
    "loss": "A loss is recorded. Read the record first.",
    "ended": "The episode has ended, so this visit cannot go ahead.",
}


def get_stop_reason(appointment: Any) -> str:
    """'' while the visit stands, else "loss" or "ended" (rows come from ``with_all()``)."""
    if appointment.status_now != AppointmentStatus.PLANNED:
        return ""
    expected = [(row.infant_id is not None, has_died(row.person)) for row in _get_expected_rows(appointment)]
    ended = bool(appointment.work and appointment.work.ended_on)
    return determine_stop_reason(expected=expected, ended=ended)


def _get_expected_rows(appointment: Any) -> QuerySet[Any]:
    return appointment.expected.all()


def list_expected_names(appointment: Any) -> list[str]:
    """Names of the expected people; whoever has died is left out."""
    people = [row.person for row in _get_expected_rows(appointment)]
    return [get_display_name(person) for person in list_living(people)]


def list_expected_carers(appointment: Any) -> list[str]:
    """Names of the expected carers who live."""
    people = [row.person for row in _get_expected_rows(appointment) if row.caregiver_id]
    return [get_display_name(person) for person in list_living(people)]


def list_place_lines(appointment: Any) -> list[str]:
    """The kind of place, the room, and the place as typed."""
    room = f"{appointment.room}, {appointment.room.site}" if appointment.room else ""
    return [line for line in (appointment.place_words, room, appointment.place) if line]


def list_going_names(appointment: Any) -> list[str]:
    return [str(each) for each in (appointment.practitioner, *appointment.colleagues.all())]


def list_preparation_lines(appointment: Any, family: Family) -> list[str]:
    """What staff need to know before they set off: travel, interpreter, room access, the carers' needs."""
    travel = f"{appointment.travel_minutes} minutes’ travel" if appointment.travel_minutes else ""
    interpreter = "Interpreter booked" if appointment.interpreter else ""
    access = f"Room: {appointment.room.access}" if appointment.room and appointment.room.access else ""
    people = {row.caregiver_id: row.caregiver for row in _get_expected_rows(appointment) if row.caregiver_id}
    needs = list_contact_needs(list_living(people.values()))
    return [each for each in (travel, interpreter, access, *needs) if each]


def build_visit_row(
    appointment: Any, family: Family, found: Sequence[tuple[str, Slot]] = (), *, may_write: bool = False
) -> dict[str, Any]:
    """One visit for a diary. ``family`` has its people; ``found``: its clashes.

    What was to be brought or asked is left out once a loss has stopped the visit: it was written for a child who lived.
    """
    return build_short_visit_row(appointment, family, found, may_write=may_write) | {
        "name": get_family_name(family),
        "carers": list_expected_carers(appointment),
        "expected": list_expected_names(appointment),
        "going": list_going_names(appointment),
        "to_know": list_preparation_lines(appointment, family),
        "note": "" if get_stop_reason(appointment) == "loss" else appointment.note,
        "change_href": reverse_cached("change-appointment", appointment.pk) if may_write else None,
    }


def build_short_visit_row(
    appointment: Any, family: Family, found: Sequence[tuple[str, Slot]] = (), *, may_write: bool = False
) -> dict[str, Any]:
    """The same without who is expected, who goes and what to know before: for a list of today's visits."""
    stops = get_stop_reason(appointment)
    starts = timezone.localtime(appointment.starts_at)
    planned = appointment.status_now == AppointmentStatus.PLANNED
    to_come = appointment.starts_at > timezone.now()  # once it has begun it is too late to move it
    return {
        "id": appointment.pk,
        "at": starts,
        "until": starts + timedelta(minutes=appointment.minutes),
        "line": describe_family(family),
        "family_href": reverse_cached("family", family.pk),
        "href": reverse_cached("appointment", appointment.pk),
        "how": appointment.get_mechanism_display(),
        "in_person": appointment.mechanism == Mechanism.FACE_TO_FACE,
        "where": list_place_lines(appointment),
        "travel": appointment.travel_minutes or 0,
        "leave_at": starts - timedelta(minutes=appointment.travel_minutes or 0),
        "interpreter": appointment.interpreter,
        "cautions": sorted({caution.kind for caution in family.cautions.all()}),
        "status": appointment.status_now,
        "stopped": STOP_TEXTS.get(stops, ""),
        "clashes": describe_clashes(found) if planned and to_come and not stops else [],
        "first": appointment.work is None,
        "rebook_href": _get_rebook_path(appointment) if may_write else None,
        "knock_href": reverse_cached("visit-before-you-knock", appointment.pk)
        if planned and not stops
        else None,
        "write_href": _get_write_up_path(appointment) if may_write else None,
    }


def _get_rebook_path(appointment: Any) -> str | None:
    """Where to book another in place of a visit that was cancelled; None while it stands or the work has ended."""
    if appointment.status_now not in CANCELLED_STATUSES:
        return None
    if appointment.work is None:
        return reverse_cached("new-first-visit", appointment.referral_id)
    if appointment.work.ended_on:
        return None
    return reverse_cached("new-appointment", appointment.work.pk)


def _get_write_up_path(appointment: Any) -> str | None:
    """The path for writing the visit up; None before it has begun and when there is nothing to write up."""
    if (
        appointment.is_written_up
        or appointment.status == AppointmentStatus.MOVED
        or get_stop_reason(appointment)
    ):
        return None
    if appointment.starts_at > timezone.now():
        return None
    return reverse_cached("write-up", appointment.pk)
