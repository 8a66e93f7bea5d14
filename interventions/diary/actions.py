"""What is done in the diary: visits booked, changed, moved, cancelled, taken up again, kept; rooms; calendars."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from interventions.diary.models import Appointment, CalendarToken, Expected, Room
from interventions.diary.rules import (
    CANCELLED,
    KEPT,
    MOVED,
    PLANNED,
    outcome_of,
    weekly,
    why_not_booked,
    why_not_on_the_clock,
)
from interventions.episodes.actions.contacts import MERGED_MEANWHILE
from interventions.episodes.models import CareContact, Episode
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import Site, User
from pairs.service.refusals import Refused
from referrals.models import Referral

Person = Infant | Caregiver
Work = Episode | Referral
WRITTEN_UP = "Written up in the contact."
FACTS = (
    "minutes", "mechanism", "location", "practitioner", "room", "place", "interpreter", "travel_minutes", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """How, where and with whom: all of a booking but its time."""

    minutes: int
    mechanism: str
    location: str
    practitioner: User
    expected: Sequence[Person]
    colleagues: Sequence[User] = field(default_factory=tuple)
    room: Room | None = None
    place: str = ""
    interpreter: bool = False
    travel_minutes: int | None = None
    note: str = ""

    def facts(self) -> dict[str, Any]:
        """The fields that stand in the booking's own row."""
        return {name: getattr(self, name) for name in FACTS}


@transaction.atomic
def book_appointment(
    *, work: Work, starts_at: datetime, visit: Visit, by: User, times: int = 1
) -> Appointment:
    """Book a visit, and the same of the weeks after it: each is a row of its own. Returns the first."""
    work, family = _locked(work)
    _check_first_visit(work)
    _check_time(work, starts_at)
    _check_visit(family.pk, visit)
    series = uuid.uuid4() if times > 1 else None
    of: dict[str, Any] = {"work": work, "family": family, "series": series, "by": by}
    rows = [_booked(starts_at=moment, visit=visit, **of) for moment in _moments(starts_at, times)]
    return rows[0]


def _moments(starts_at: datetime, times: int) -> list[datetime]:
    moments = weekly(timezone.localtime(starts_at), times)
    for moment in moments:
        if problem := why_not_on_the_clock(moment):
            raise Refused({"starts_on": problem})
    return moments


def _booked(
    *,
    work: Work,
    family: Family,
    starts_at: datetime,
    visit: Visit,
    series: uuid.UUID | None,
    by: User,
) -> Appointment:
    of: dict[str, Any] = {"episode": work} if isinstance(work, Episode) else {"referral": work}
    site = work.site if isinstance(work, Episode) else family.site
    row = Appointment.objects.create(
        family=family, site=site, starts_at=starts_at, series=series, booked_by=by, **of, **visit.facts()
    )
    row.colleagues.set(visit.colleagues)
    _expect(row, visit.expected)
    return row


def _expect(appointment: Appointment, people: Iterable[Person]) -> None:
    for person in people:
        who = {"infant" if isinstance(person, Infant) else "caregiver": person}
        Expected.objects.create(appointment=appointment, **who)


def _locked(work: Work) -> tuple[Work, Family]:
    """The family first, as a merge does: what is written while it moves the rows would stay behind."""
    if work.family_id is None:
        raise Refused("This referral has no family yet.")
    family = Family.objects.select_for_update(no_key=True).get(pk=work.family_id)
    locked = type(work).objects.select_for_update(of=("self",)).get(pk=work.pk)
    if locked.family_id != family.pk:
        raise Refused(MERGED_MEANWHILE)
    if isinstance(locked, Referral) and locked.status != "accepted":
        raise Refused("Only an accepted referral can have a first visit.")
    return locked, family


def _check_first_visit(work: Work) -> None:
    if isinstance(work, Referral) and Episode.objects.filter(referral=work).exists():
        raise Refused("The episode is open already. Book the visit there.")


def _check_time(work: Work, starts_at: datetime) -> None:
    ended = work.ended_on if isinstance(work, Episode) else None
    now, starts_at = timezone.localtime(), timezone.localtime(starts_at)
    problem = why_not_booked(starts_at=starts_at, now=now, ended=ended)
    if problem:
        raise Refused({"starts_on": problem})


def _check_visit(family_id: uuid.UUID, visit: Visit) -> None:
    if not visit.expected:
        raise Refused({"expected": "Say who is expected."})
    if visit.room and visit.room.retired_on:
        raise Refused({"room": "This room is no longer booked."})
    infants = [each.pk for each in visit.expected if isinstance(each, Infant)]
    carers = [each.pk for each in visit.expected if isinstance(each, Caregiver)]
    held = Infant.objects.live().of_family(family_id).filter(pk__in=infants).count()
    held += Caregiver.objects.live().filter(pk__in=carers).count()
    if held < len(visit.expected):
        raise Refused(MERGED_MEANWHILE)


@transaction.atomic
def change_appointment(*, appointment: Appointment, visit: Visit, by: User) -> Appointment:
    """How, where, with whom: all but the time. Leaving the baby out keeps a visit for the parents after a loss."""
    appointment = _planned(appointment)
    _check_visit(appointment.family_id, visit)
    appointment.change(**visit.facts())
    appointment.colleagues.set(visit.colleagues)
    wanted = {person.pk for person in visit.expected}
    known = {row.infant_id or row.caregiver_id: row for row in appointment.expected.live()}
    for pk, row in known.items():
        if pk not in wanted:
            row.delete()  # the history keeps who was expected before
    _expect(appointment, [person for person in visit.expected if person.pk not in known])
    return appointment


@transaction.atomic
def move_appointment(*, appointment: Appointment, starts_at: datetime, minutes: int, by: User) -> Appointment:
    """The visit at another time: a new booking with everything of the old, which says where it went."""
    work, family = _locked(_work_of(appointment))  # before the visit itself, in the order of a merge
    old = _planned(appointment)
    _check_time(work, starts_at)
    (moment,) = _moments(starts_at, 1)
    visit = visit_of(old, minutes=minutes)
    new = _booked(work=work, family=family, starts_at=moment, visit=visit, series=old.series, by=by)
    old.change(status=MOVED, moved_to=new)
    return new


def _work_of(row: Appointment) -> Work:
    return row.episode or cast(Referral, row.referral)  # one of the two: a constraint of the table


def visit_of(row: Appointment, *, minutes: int) -> Visit:
    """A booking's own facts, to be booked again at another time."""
    return Visit(
        expected=[each.person for each in row.expected.live().with_person()],
        colleagues=list(row.colleagues.all()),
        **({name: getattr(row, name) for name in FACTS} | {"minutes": minutes}),
    )


@transaction.atomic
def cancel_appointment(
    *, appointment: Appointment, whose: str, why: str, by: User, following: bool = False
) -> Appointment:
    """By the family or by us, and why; with ``following`` every later one of the same series too."""
    appointment = _planned(appointment)
    if whose not in CANCELLED:
        raise Refused({"whose": "Say who cancels."})
    if not why.strip():
        raise Refused({"why": "Say why, or that it is not known."})
    rows = [appointment]
    if following and appointment.series:
        later = Appointment.objects.live().planned().filter(series=appointment.series)
        rows += list(later.filter(starts_at__gt=appointment.starts_at).select_for_update(of=("self",)))
    for row in rows:
        row.change(status=whose, why=why)
    return appointment


@transaction.atomic
def restore_appointment(*, appointment: Appointment, by: User) -> Appointment:
    """It was not cancelled after all: the visit stands again as it was."""
    appointment = _of_now(appointment)
    if not appointment.is_cancelled:
        raise Refused("This visit is not cancelled.")
    if appointment.care_contact_id:
        raise Refused("This visit has been written up. What is written there stands.")
    return appointment.change(status=PLANNED, why="")


@transaction.atomic
def keep_appointment(*, appointment: Appointment, contact: CareContact, by: User) -> Appointment:
    """What was booked has been written up: the contact says what became of it."""
    appointment = _of_now(appointment)
    if appointment.is_written_up or appointment.status == MOVED:
        raise Refused("Somebody has written this visit up, or moved it, since.")
    if contact.episode.family_id != appointment.family_id:
        raise Refused("This contact is of another family.")
    status = outcome_of(contact.participants.live().values_list("attendance", flat=True))
    why = "" if status == KEPT else appointment.why or WRITTEN_UP
    return appointment.change(care_contact=contact, status=status, why=why)


def _planned(appointment: Appointment) -> Appointment:
    appointment = _of_now(appointment)
    if appointment.status != PLANNED:
        raise Refused(f"This visit is no longer planned: {appointment.get_status_display().lower()}.")
    return appointment


def _of_now(appointment: Appointment) -> Appointment:
    """The row of now, under a lock; its contact, if that was entered in error, says nothing of it any more."""
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if row.care_contact_id and not row.is_written_up:
        row.change(status=row.status_now, care_contact=None)
    return row


@transaction.atomic
def add_room(*, site: Site, name: str, access: str, by: User) -> Room:
    """A room that can be booked."""
    _check_name(site, name)
    return Room.objects.create(site=site, name=name, access=access)


@transaction.atomic
def change_room(*, room: Room, name: str, access: str, in_use: bool, by: User) -> Room:
    """Another name, other words about access; out of use, or in use again. Old bookings keep naming it."""
    room = Room.objects.select_for_update().get(pk=room.pk)
    if in_use:
        _check_name(room.site, name, besides=room)
    retired_on = None if in_use else room.retired_on or timezone.localdate()
    room.name, room.access, room.retired_on = name, access, retired_on
    room.save(update_fields=["name", "access", "retired_on"])
    return room


def _check_name(site: Site, name: str, besides: Room | None = None) -> None:
    same = Room.objects.in_use().filter(site=site, name__iexact=name)
    if same.exclude(pk=besides.pk if besides else None).exists():
        raise Refused({"name": "There is a room of this name at the site already."})


@transaction.atomic
def issue_calendar(*, user: User) -> str:
    """A new address for one's own calendar, whose text is shown once; the one before works no more."""
    revoke_calendar(user=user)
    _, token = CalendarToken.issue(user=user)
    return token


@transaction.atomic
def revoke_calendar(*, user: User) -> bool:
    """No calendar reads this person's visits any more, from now on. Was there one?"""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    live = CalendarToken.objects.filter(user=user, revoked_at=None)
    return bool(live.update(revoked_at=timezone.now()))
