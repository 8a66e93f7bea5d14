"""Actions on a programme: begin it with its sessions, change, add and end facilitators, sessions, close."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.competencies.actions import validate_sign_off
from interventions.episodes.models import Intervention
from interventions.groups.actions.registers import cancel_session
from interventions.groups.deliveries import list_facilitator_ids
from interventions.groups.models import Facilitator, GroupPlace, GroupSession, GroupSignOff, Programme
from interventions.groups.rules import find_closing_date_error, find_moving_error
from pairs.service.models import Site, SitePermission, User
from pairs.service.refusals import ActionRefused, refuse_all


@transaction.atomic
def begin_programme(
    *,
    name: str,
    intervention: Intervention,
    site: Site,
    sites: Sequence[Site],
    capacity: int,
    starts: Sequence[datetime],
    minutes: int,
    location: str,
    room: str,
    by: User,
) -> Programme:
    """Create a group with its planned sessions; the user becomes its first facilitator."""
    if not starts:
        raise ActionRefused({"sessions": "Plan at least one session."})
    programme = Programme.objects.create(
        name=name.strip(), intervention=intervention, site=site, capacity=capacity, begun_by=by
    )
    programme.sites.set({site, *sites})
    Facilitator.objects.create(programme=programme, user=by)
    for starts_at in starts:
        GroupSession.objects.create(
            programme=programme, starts_at=starts_at, minutes=minutes, location=location, room=room.strip()
        )
    return programme


def _lock_open_programme(programme: Programme) -> Programme:
    """Lock the programme; refused if it is closed."""
    locked = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    if locked.closed_on:
        raise ActionRefused("This group is closed.")
    return locked


@transaction.atomic
def change_programme(
    *, programme: Programme, name: str, capacity: int, sites: Sequence[Site], by: User
) -> Programme:
    """Change the name, capacity and sites whose families may join; its own site always stays."""
    programme = _lock_open_programme(programme)
    held = GroupPlace.objects.live().held().filter(programme=programme).count()
    if capacity < held:
        raise ActionRefused({"capacity": f"{held} families already have a place."})
    programme.sites.set({programme.site, *sites})
    return programme.change(name=name.strip(), capacity=capacity)


@transaction.atomic
def add_facilitator(
    *, programme: Programme, user: User | None, name: str, organisation: str, by: User
) -> Facilitator:
    """Add a facilitator: a colleague, who then sees the roster, or a partner from another service."""
    programme = _lock_open_programme(programme)
    name, here = name.strip(), programme.facilitators.live().filter(until=None)
    refuse_all({"user": _find_user_problem(user, name, here), "name": _find_name_problem(name, here)})
    return Facilitator.objects.create(
        programme=programme, user=user, name=name, organisation=organisation.strip()
    )


def _find_user_problem(user: User | None, name: str, here: Any) -> str:
    if bool(user) == bool(name):
        return "Choose a colleague, or name someone from another service."
    if user and not _may_write_records(user):
        return "Choose someone who writes records."
    return "They already facilitate this group." if user and here.filter(user=user).exists() else ""


def _find_name_problem(name: str, here: Any) -> str:
    known = bool(name) and here.filter(name__iexact=name).exists()
    return "They already facilitate this group." if known else ""


def _may_write_records(user: User) -> bool:
    held = SitePermission.objects.filter(group__user=user, permission__codename="write_records")
    return user.is_active and held.exists()


@transaction.atomic
def end_facilitator(*, facilitator: Facilitator, by: User) -> Facilitator:
    """End a facilitator's role today; from tomorrow they no longer see the roster."""
    facilitator = Facilitator.objects.select_for_update(of=("self",)).get(pk=facilitator.pk)
    if facilitator.until:
        raise ActionRefused("They have already left the group.")
    others = Facilitator.objects.live().filter(
        programme=facilitator.programme_id, until=None, user__isnull=False
    )
    if facilitator.user_id and not others.exclude(pk=facilitator.pk).exists():
        raise ActionRefused("The group needs a facilitator from our service. Add a colleague first.")
    return facilitator.change(until=timezone.localdate())


@transaction.atomic
def sign_off_group(
    *, programme: Programme, arrangement: str, by_colleague: User | None, by_outside: str, note: str, by: User
) -> GroupSignOff:
    """A supervisor says how its facilitators deliver it for now. Raises ActionRefused with every error at once."""
    programme = Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    validate_sign_off(
        list_facilitator_ids(programme),
        programme.intervention_id,
        arrangement=arrangement,
        by_colleague=by_colleague,
        by_outside=by_outside,
        by=by,
        has_ended=programme.closed_on is not None,
        is_group=True,
    )
    return GroupSignOff.objects.create(
        programme=programme, arrangement=arrangement, by_colleague=by_colleague, by_outside=by_outside, note=note,
        signed_by=by,
    )  # fmt: skip


@transaction.atomic
def add_session(
    *, programme: Programme, starts_at: datetime, minutes: int, location: str, room: str, by: User
) -> GroupSession:
    """Add a session."""
    programme = _lock_open_programme(programme)
    if (
        GroupSession.objects.live()
        .filter(programme=programme, starts_at=starts_at, cancelled_at=None)
        .exists()
    ):
        raise ActionRefused({"held_on": "There is already a session at that time."})
    return GroupSession.objects.create(
        programme=programme, starts_at=starts_at, minutes=minutes, location=location, room=room.strip()
    )


def find_session_moving_error(session: GroupSession) -> str:
    """Why this session may not be moved; '' when it may."""
    return find_moving_error(
        starts_at=session.starts_at,
        now=timezone.now(),
        cancelled=session.cancelled_at is not None,
        registered=session.lines.live().exists(),
    )


@transaction.atomic
def move_session(
    *, session: GroupSession, starts_at: datetime, minutes: int, location: str, room: str, by: User
) -> GroupSession:
    """Change a coming session's time or place; one whose time has passed asks for its register instead."""
    session = GroupSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if problem := find_session_moving_error(session):
        raise ActionRefused(problem)
    return session.change(starts_at=starts_at, minutes=minutes, location=location, room=room.strip())


@transaction.atomic
def close_programme(*, programme: Programme, closed_on: date, because: str, by: User) -> Programme:
    """Close the group: every place ends, and coming sessions are cancelled."""
    programme = _lock_open_programme(programme)
    first = GroupSession.objects.live().filter(programme=programme).order_by("starts_at").first()
    first_day = timezone.localdate(first.starts_at) if first else None
    refuse_all(
        {
            "closed_on": find_closing_date_error(day=closed_on, first=first_day, on=timezone.localdate()),
            "because": "" if because.strip() else "Enter why the group is ending.",
        }
    )
    later = GroupSession.objects.live().filter(
        programme=programme, cancelled_at=None, starts_at__gt=timezone.now()
    )
    for session in later:
        cancel_session(session=session, because=because, by=by)
    for place in GroupPlace.objects.live().held().filter(programme=programme):
        place.change(
            left_on=max(closed_on, place.joined_on), left_because=f"The group ended: {because.strip()}"
        )
    return programme.change(closed_on=closed_on, closed_because=because.strip())
