"""Warnings before a visit is booked: people to be kept apart, and clashes. They never forbid a booking.

A clash with a booking outside the user's scope is reported without saying with whom.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F, Q, Value
from django.utils import timezone

from interventions.diary.engagements import load_engagements
from interventions.diary.models import Appointment, AppointmentQuerySet, ExpectedPerson
from interventions.diary.rules import (
    ARRIVAL_MARGIN,
    Slot,
    could_meet,
    describe_clashes,
    find_clash_kinds,
)
from interventions.episodes.forms.people import FamilyPeople
from interventions.episodes.rules import Location
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.scope import NOBODY, TemplateScope
from pairs.families.banner import describe_caution
from pairs.families.choices import CautionKind
from pairs.families.keeping_apart import find_residents, list_homes
from pairs.families.models import Caution, Dyad, Family

# Longest visit plus longest travel: a visit can only clash with one that starts within this time.
LOOKAROUND = timedelta(hours=18)


HOMES = (Location.FAMILY_HOME, Location.OTHER_CARER_HOME)


def build_slot(row: Appointment) -> Slot:
    """Rows come from ``with_staff()``."""
    return Slot(
        id=row.pk,
        starts_at=row.starts_at,
        minutes=row.minutes,
        family=row.family_id,
        staff=frozenset([row.practitioner_id, *row.going]),
        room=row.room_id,
        travel=row.travel_minutes or 0,
    )


def load_nearby_slots(
    start: datetime, end: datetime, *, staff: Iterable[UUID], rooms: Iterable[UUID], families: Iterable[UUID]
) -> list[Slot]:
    """All standing bookings between the two times for any of these people, rooms or families, in one query.

    Deliberately ignores the user's scope, to find every clash; it returns times and ids, never a record.
    """
    theirs = {"staff": list(staff), "rooms": list(rooms), "families": list(families)}
    near = _PREPARED_NEARBY.rows(NOBODY, start=start - LOOKAROUND, end=end + LOOKAROUND, **theirs)
    return [build_slot(row) for row in near]


def load_engaged_slots(
    start: datetime, end: datetime, *, staff: Iterable[UUID], families: Iterable[UUID]
) -> list[Slot]:
    """Groups, consultations and supervision at those times, whoever may see them: times and ids alone."""
    found = load_engagements(NOBODY, start - LOOKAROUND, end + LOOKAROUND, staff=staff, families=families)
    return [each.slot for each in found]


def _query_nearby(
    scope: TemplateScope, start: Value, end: Value, staff: UUID, rooms: UUID, families: UUID
) -> AppointmentQuerySet:
    along = Appointment.colleagues.through.objects.filter(user__in=[staff]).values("appointment")
    theirs = Q(practitioner__in=[staff]) | Q(pk__in=along) | Q(room__in=[rooms]) | Q(family__in=[families])
    near = Appointment.objects.going_on().between(start, end).filter(theirs)
    return near.only("starts_at", "minutes", "family", "practitioner", "room", "travel_minutes").with_staff()


_PREPARED_NEARBY = PreparedQuery(_query_nearby)


def list_booking_warnings(
    family: Family, site_id: UUID, visit: Any, moments: list[datetime], *, besides: UUID | None = None
) -> list[str]:
    """Every warning before the family (from ``with_people()``) is booked for these times."""
    wanted = [_build_wanted_slot(family, visit, moment, besides) for moment in moments]
    told = _list_kept_apart_warnings(family, visit)
    told += _list_hub_warnings(family, site_id, visit, wanted)
    return told + _list_clash_warnings(wanted, {besides} if besides else ())


def list_staff_warnings(
    staff: Iterable[UUID],
    times: Iterable[tuple[datetime, int]],
    *,
    families: Iterable[UUID] = (),
    besides: Collection[UUID] = (),
) -> list[str]:
    """Warnings before people are booked for what is no visit: sessions of a group, a consultation, supervision.

    ``times``: (start, minutes) of each. ``families``: those who come to it. ``besides``: bookings with which it does
    not clash, such as itself when it is moved.
    """
    who, come, nobody = frozenset(staff), frozenset(families), uuid4()
    wanted = [
        Slot(None, timezone.localtime(at), minutes, nobody, who, families=come)
        for at, minutes in sorted(times)
    ]
    return _list_clash_warnings(wanted, besides) if wanted else []


def _build_wanted_slot(family: Family, visit: Any, moment: datetime, besides: UUID | None) -> Slot:
    going = frozenset(user.pk for user in (visit.practitioner, *visit.colleagues))
    room = visit.room.pk if visit.room else None
    return Slot(besides, moment, visit.minutes, family.pk, going, room, visit.travel_minutes or 0)


def _list_kept_apart_warnings(family: Family, visit: Any) -> list[str]:
    """Warnings that expected people are to be kept apart, from each other or from somebody who lives there."""
    expected = {person.pk for person in visit.expected}
    found = FamilyPeople(family).list_meeting_cautions(expected, visit.location)
    at_home = " One of them may be at home." if visit.location in HOMES else ""
    return [f"{describe_caution(each)}{at_home}" for each in found]


def _list_hub_warnings(family: Family, site_id: UUID, visit: Any, wanted: list[Slot]) -> list[str]:
    """Warnings that people of another booking at the hub are to be kept apart from one of the expected."""
    if visit.location != Location.FAMILY_HUB:
        return []
    theirs = _add_those_who_bring(_load_expected_at_hub(family, site_id, wanted))
    mine = {person.pk: str(person) for person in visit.expected}
    for pk in find_residents(list_homes(family.dyads.all()), mine):
        mine.setdefault(pk, "someone who may bring them")
    apart = Caution.objects.live().current().filter(kind=CautionKind.KEEP_APART, kept_from__isnull=False)
    ours = Q(kept_from__in=mine) & (Q(caregiver__in=theirs) | Q(infant__in=theirs))
    others = Q(kept_from__in=theirs) & (Q(caregiver__in=mine) | Q(infant__in=mine))
    return [_build_hub_warning(row, mine) for row in apart.filter(ours | others)]


def _add_those_who_bring(people: set[UUID]) -> set[UUID]:
    """With those who live with one of them: whoever brings a baby to the hub, and the baby they bring."""
    here = Dyad.objects.live().current().filter(Q(infant__in=people) | Q(caregiver__in=people))
    return people | find_residents(list_homes(here.select_related("infant", "caregiver")))


def _build_hub_warning(caution: Caution, mine: dict[UUID, str]) -> str:
    """Names the person of this record, not the other one: they may be outside the user's scope."""
    pair = (caution.infant_id, caution.caregiver_id, caution.kept_from_id)
    who = next(mine[pk] for pk in pair if pk in mine)
    return f"Keep apart: someone who must be kept apart from {who} is expected at the hub at that time."


def _load_expected_at_hub(family: Family, site_id: UUID, wanted: Sequence[Slot]) -> set[UUID]:
    """Ids of everybody expected at the site's hub by another booking, close enough in time to meet."""
    start = min(slot.starts_at for slot in wanted) - LOOKAROUND
    end = max(slot.ends_at for slot in wanted) + ARRIVAL_MARGIN
    there = (
        Appointment.objects.going_on().between(start, end).filter(site=site_id, location=Location.FAMILY_HUB)
    )
    rows = ExpectedPerson.objects.live().filter(appointment__in=there.exclude(pk=wanted[0].id))
    rows = rows.annotate(starts_at=F("appointment__starts_at"), minutes=F("appointment__minutes"))
    return {
        row.infant_id or row.caregiver_id
        for row in rows
        if any(could_meet(slot, Slot(None, row.starts_at, row.minutes, family.pk)) for slot in wanted)
    }


def _list_clash_warnings(wanted: Sequence[Slot], besides: Collection[UUID]) -> list[str]:
    """Clash warnings, at most one for each wanted time; none with the bookings ``besides``."""
    first, last = wanted[0], wanted[-1]
    rooms = [first.room] if first.room else []
    who: dict[str, Any] = {"staff": first.staff, "families": list(first.all_families)}
    near = load_nearby_slots(first.starts_at, last.ends_at, rooms=rooms, **who)
    near += load_engaged_slots(first.starts_at, last.ends_at, **who)
    others = [slot for slot in near if slot.id not in besides]
    return [told for slot in wanted if (told := _build_clash_warning(slot, others))]


def _build_clash_warning(slot: Slot, others: list[Slot]) -> str:
    found = [(way, other) for other in others for way in find_clash_kinds(replace(slot, id=None), other)]
    if not found:
        return ""
    return f"{slot.starts_at:%-d %B, %H:%M}: {'. '.join(describe_clashes(found))}."
