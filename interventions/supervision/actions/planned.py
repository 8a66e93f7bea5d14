"""Sessions that are to be: planned, cancelled, and the next one set."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from interventions.supervision.models import (
    PlannedSupervision,
    PlannedSupervisionQuerySet,
    SupervisionKind,
)
from interventions.supervision.rules import find_planned_time_error
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def plan_supervision(
    *, site: Site, supervisee: User, starts_at: datetime, minutes: int, by: User,
    kind: str = SupervisionKind.CLINICAL, others: Sequence[User] = (),
) -> PlannedSupervision:  # fmt: skip
    """Plan a session: it is in the diaries of all who come. ``others``: of a group, besides the supervisee."""
    now = timezone.localtime()
    if problem := find_planned_time_error(starts_at=timezone.localtime(starts_at), now=now):
        raise ActionRefused({"starts_on": problem})
    people = list_people(supervisee, others, by)
    together = make_group_id(people)
    rows = [
        PlannedSupervision.objects.create(
            site=site,
            supervisor=by,
            supervisee=person,
            kind=kind,
            starts_at=starts_at,
            minutes=minutes,
            together=together,
        )
        for person in people
    ]
    return rows[0]


@transaction.atomic
def cancel_supervision(*, planned: PlannedSupervision, by: User) -> PlannedSupervision:
    """It will not be: it goes from the diaries of all who were to come."""
    locked = lock_standing(planned)
    for row in lock_group(locked):
        row.change(cancelled_at=timezone.now())
    return PlannedSupervision.objects.get(pk=locked.pk)


def list_people(supervisee: User, others: Sequence[User], by: User) -> list[User]:
    """Who has the session, each once. Raises ActionRefused if the one who gives it is among them."""
    people = list(dict.fromkeys([supervisee, *others]))
    if by in people:
        field = "others" if supervisee != by else "supervisee"
        raise ActionRefused({field: "Choose the other person."})
    return people


def make_group_id(people: Sequence[User]) -> uuid.UUID | None:
    """What the rows of one group session share; None for one person."""
    return uuid.uuid4() if len(people) > 1 else None


def lock_standing(planned: PlannedSupervision) -> PlannedSupervision:
    """The planned session, locked. Raises ActionRefused if it was cancelled or recorded meanwhile."""
    locked = PlannedSupervision.objects.select_for_update(of=("self",)).get(pk=planned.pk)
    if locked.cancelled_at or locked.held_as_id:
        raise ActionRefused("This session has already been cancelled or recorded.")
    return locked


def lock_group(planned: PlannedSupervision) -> list[PlannedSupervision]:
    """Its rows that still stand, one for each person: itself alone for a session of two."""
    if not planned.together:
        return [planned]
    rows = PlannedSupervision.objects.standing().filter(together=planned.together)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def query_sessions_to_move(
    *, site: Site, people: Sequence[User], kind: str, by: User
) -> PlannedSupervisionQuerySet:
    """What is planned of this kind with these people, and moves when their next session is set."""
    return PlannedSupervision.objects.standing().filter(
        supervisor=by, supervisee__in=people, kind=kind, site=site, starts_at__gte=timezone.now()
    )


def set_next_session(
    *, site: Site, people: Sequence[User], kind: str, starts_at: datetime, minutes: int, by: User
) -> None:
    """The next session of these people at that time; one of this kind that is planned already moves there."""
    planned = query_sessions_to_move(site=site, people=people, kind=kind, by=by)
    kept = {row.supervisee_id: row for row in planned.order_by("-starts_at").select_for_update(of=("self",))}
    together = make_group_id(people)
    for person in people:
        when = {"starts_at": starts_at, "minutes": minutes, "together": together}
        if row := kept.get(person.pk):
            row.change(**when)
        else:
            PlannedSupervision.objects.create(site=site, supervisor=by, supervisee=person, kind=kind, **when)
