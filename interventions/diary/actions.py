"""Actions of the diary: book, change, move, cancel, restore and write up visits; rooms; calendar tokens."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from interventions.diary.models import Appointment, CalendarToken, ExpectedPerson, Room
from interventions.diary.rules import (
    CANCELLED_STATUSES,
    AppointmentStatus,
    determine_outcome,
    find_booking_time_error,
    list_weekly_starts,
)
from interventions.episodes.actions.contacts import MERGED_MEANWHILE
from interventions.episodes.models import CareContact, Episode
from pairs.families.last_day import list_living, validate_living
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.web.date_fields import find_clock_change_error
from referrals.models import Referral
from referrals.rules.choices import ReferralState

Person = Infant | Caregiver
Work = Episode | Referral
WRITTEN_UP_REASON = "Written up as a contact."
NOBODY_LEFT = "Everyone expected has died. Cancel this visit, or first change who is expected."
VISIT_FIELDS = (
    "minutes", "mechanism", "location", "practitioner", "room", "place", "interpreter", "travel_minutes", "note",
)  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """A booking without its time: how, where and with whom."""

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

    def to_fields(self) -> dict[str, Any]:
        """The values of the fields of the booking's own row."""
        return {name: getattr(self, name) for name in VISIT_FIELDS}


@transaction.atomic
def book_appointment(
    *, work: Work, starts_at: datetime, visit: Visit, by: User, times: int = 1
) -> Appointment:
    """Book a visit, and repeats in the following weeks, each its own row. Returns the first."""
    work, family = _lock_family_and_work(work)
    _validate_first_visit(work)
    refuse_all(
        lambda: _validate_visit_time(work, starts_at),
        lambda: _validate_visit(family.pk, visit),
        lambda: validate_living("expected", visit.expected),
    )
    series = uuid.uuid4() if times > 1 else None
    of: dict[str, Any] = {"work": work, "family": family, "series": series, "by": by}
    rows = [
        _create_appointment(starts_at=moment, visit=visit, **of)
        for moment in _list_weekly_times(starts_at, times)
    ]
    return rows[0]


def _list_weekly_times(starts_at: datetime, times: int) -> list[datetime]:
    moments = list_weekly_starts(timezone.localtime(starts_at), times)
    for moment in moments:
        if problem := find_clock_change_error(moment.replace(tzinfo=None)):
            raise ActionRefused({"starts_on": problem})
    return moments


def _create_appointment(
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
        family=family, site=site, starts_at=starts_at, series=series, booked_by=by, **of, **visit.to_fields()
    )
    row.colleagues.add(*visit.colleagues)
    _create_expected(row, visit.expected)
    return row


def _create_expected(appointment: Appointment, people: Iterable[Person]) -> None:
    ExpectedPerson.objects.bulk_create(
        ExpectedPerson(
            appointment=appointment, **{"infant" if isinstance(person, Infant) else "caregiver": person}
        )
        for person in people
    )


def _lock_family_and_work(work: Work) -> tuple[Work, Family]:
    """Lock the family first, as a merge does: rows written during a merge would be left behind."""
    if work.family_id is None:
        raise ActionRefused("This referral has no family yet.")
    family = Family.objects.select_for_update(no_key=True).get(pk=work.family_id)
    locked = type(work).objects.select_for_update(of=("self",)).get(pk=work.pk)
    if locked.family_id != family.pk:
        raise ActionRefused(MERGED_MEANWHILE)
    if isinstance(locked, Referral) and locked.status != ReferralState.ACCEPTED:
        raise ActionRefused("Only an accepted referral can have a first visit.")
    return locked, family


def _validate_first_visit(work: Work) -> None:
    if isinstance(work, Referral) and Episode.objects.filter(referral=work).exists():
        raise ActionRefused("The episode is already open. Book the visit there.")


def _validate_visit_time(work: Work, starts_at: datetime) -> None:
    ended = work.ended_on if isinstance(work, Episode) else None
    now, starts_at = timezone.localtime(), timezone.localtime(starts_at)
    problem = find_booking_time_error(starts_at=starts_at, now=now, ended=ended)
    if problem:
        raise ActionRefused({"starts_on": problem})


def _validate_visit(family_id: uuid.UUID, visit: Visit) -> None:
    retired = visit.room and visit.room.retired_on
    refuse_all(
        {
            "expected": "" if visit.expected else "Choose who is expected.",
            "room": "This room is no longer available to book." if retired else "",
        }
    )
    infants = [each.pk for each in visit.expected if isinstance(each, Infant)]
    carers = [each.pk for each in visit.expected if isinstance(each, Caregiver)]
    held = Infant.objects.live().of_family(family_id).filter(pk__in=infants).count()
    held += Caregiver.objects.live().filter(pk__in=carers).count()
    if held < len(visit.expected):
        raise ActionRefused(MERGED_MEANWHILE)


@transaction.atomic
def change_appointment(*, appointment: Appointment, visit: Visit, by: User) -> Appointment:
    """Change everything but the time. After a loss, leaving the baby out keeps the visit for the parents."""
    appointment = _lock_planned_visit(appointment)
    day = timezone.localdate(appointment.starts_at)
    refuse_all(
        lambda: _validate_visit(appointment.family_id, visit),
        lambda: validate_living("expected", visit.expected, day),
    )
    appointment.change(**visit.to_fields())
    appointment.colleagues.set(visit.colleagues)
    wanted = {person.pk for person in visit.expected}
    known = {row.infant_id or row.caregiver_id: row for row in appointment.expected.live()}
    for pk, row in known.items():
        if pk not in wanted:
            row.delete()  # the history keeps who was expected before
    _create_expected(appointment, [person for person in visit.expected if person.pk not in known])
    return appointment


@transaction.atomic
def move_appointment(*, appointment: Appointment, starts_at: datetime, minutes: int, by: User) -> Appointment:
    """Move the visit: a new booking with the same details; the old one points to it."""
    work, family = _lock_family_and_work(
        _get_visit_work(appointment)
    )  # locked before the visit itself, in the order of a merge
    old = _lock_planned_visit(appointment)
    _validate_visit_time(work, starts_at)
    (moment,) = _list_weekly_times(starts_at, 1)
    visit = copy_visit(old, minutes=minutes)
    if not visit.expected:
        raise ActionRefused(NOBODY_LEFT)
    new = _create_appointment(
        work=work, family=family, starts_at=moment, visit=visit, series=old.series, by=by
    )
    old.change(status=AppointmentStatus.MOVED, moved_to=new)
    return new


def _get_visit_work(row: Appointment) -> Work:
    return row.episode or cast(Referral, row.referral)  # one of the two: a constraint of the table


def copy_visit(row: Appointment, *, minutes: int) -> Visit:
    """The details of a booking, to book it again at another time: without whoever has died since."""
    return Visit(
        expected=list_living(each.person for each in row.expected.live().with_person()),
        colleagues=list(row.colleagues.all()),
        **({name: getattr(row, name) for name in VISIT_FIELDS} | {"minutes": minutes}),
    )


@transaction.atomic
def cancel_appointment(
    *, appointment: Appointment, whose: str, why: str, by: User, following: bool = False
) -> Appointment:
    """Cancel the visit: by whom and why; with ``following`` every later one of the same series too."""
    appointment = _lock_planned_visit(appointment)
    refuse_all(
        {
            "whose": "" if whose in CANCELLED_STATUSES else "Choose who cancelled.",
            "why": "" if why.strip() else "Enter why, or that the reason is not known.",
        }
    )
    rows = [appointment]
    if following and appointment.series:
        later = Appointment.objects.live().planned().filter(series=appointment.series)
        rows += list(later.filter(starts_at__gt=appointment.starts_at).select_for_update(of=("self",)))
    for row in rows:
        row.change(status=whose, why=why)
    return appointment


@transaction.atomic
def restore_appointment(*, appointment: Appointment, by: User) -> Appointment:
    """Undo a cancellation: the visit is planned again as it was."""
    appointment = _lock_current_visit(appointment)
    if not appointment.is_cancelled:
        raise ActionRefused("This visit is not cancelled.")
    if appointment.care_contact_id:
        raise ActionRefused("This visit has been written up and cannot be changed here.")
    return appointment.change(status=AppointmentStatus.PLANNED, why="")


@transaction.atomic
def record_appointment_outcome(*, appointment: Appointment, contact: CareContact, by: User) -> Appointment:
    """Link the written-up contact to the booking and set the status that follows from its attendances."""
    appointment = _lock_current_visit(appointment)
    if appointment.is_written_up or appointment.status == AppointmentStatus.MOVED:
        raise ActionRefused("Someone has since written up or moved this visit.")
    if contact.episode.family_id != appointment.family_id:
        raise ActionRefused("This contact belongs to another family.")
    status = determine_outcome(contact.participants.live().values_list("attendance", flat=True))
    why = "" if status == AppointmentStatus.KEPT else appointment.why or WRITTEN_UP_REASON
    return appointment.change(care_contact=contact, status=status, why=why)


def _lock_planned_visit(appointment: Appointment) -> Appointment:
    appointment = _lock_current_visit(appointment)
    if appointment.status != AppointmentStatus.PLANNED:
        raise ActionRefused(f"This visit is no longer planned: {appointment.get_status_display().lower()}.")
    return appointment


def _lock_current_visit(appointment: Appointment) -> Appointment:
    """Lock the current row. A contact that was entered in error is unlinked and the status set back."""
    row = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    if row.care_contact_id and not row.is_written_up:
        row.change(status=row.status_now, care_contact=None)
    return row


@transaction.atomic
def add_room(*, site: Site, name: str, access: str, by: User) -> Room:
    """Add a bookable room."""
    _validate_room_name(site, name)
    return Room.objects.create(site=site, name=name, access=access)


@transaction.atomic
def change_room(*, room: Room, name: str, access: str, in_use: bool, by: User) -> Room:
    """Change a room's name or access notes, retire it or bring it back. Old bookings keep it."""
    room = Room.objects.select_for_update().get(pk=room.pk)
    if in_use:
        _validate_room_name(room.site, name, besides=room)
    retired_on = None if in_use else room.retired_on or timezone.localdate()
    room.name, room.access, room.retired_on = name, access, retired_on
    room.save(update_fields=["name", "access", "retired_on"])
    return room


def _validate_room_name(site: Site, name: str, besides: Room | None = None) -> None:
    same = Room.objects.in_use().filter(site=site, name__iexact=name)
    if same.exclude(pk=besides.pk if besides else None).exists():
        raise ActionRefused({"name": "The site already has a room with this name."})


@transaction.atomic
def issue_calendar_token(*, user: User) -> str:
    """Issue a new calendar token, whose text is shown once; the previous one stops working."""
    revoke_calendar_token(user=user)
    _, token = CalendarToken.issue(user=user)
    return token


@transaction.atomic
def revoke_calendar_token(*, user: User) -> bool:
    """Revoke the user's calendar token. Returns whether there was one."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    live = CalendarToken.objects.filter(user=user, revoked_at=None)
    return bool(live.update(revoked_at=timezone.now()))
