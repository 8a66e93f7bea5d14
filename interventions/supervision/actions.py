"""Actions of supervision: record a session with its case decisions; finish a decision."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from interventions.supervision.models import CaseDecision, PlannedSupervision, SupervisionSession
from interventions.supervision.rules import find_planned_time_error, find_session_date_error
from pairs.access.scope import load_scope
from pairs.families.models import Family
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def record_supervision(
    *,
    site: Site,
    supervisee: User,
    kind: str,
    held_on: date,
    minutes: int,
    note: str,
    decisions: Sequence[tuple[Family, str, date | None]],
    by: User,
    planned: PlannedSupervision | None = None,
) -> SupervisionSession:
    """Record a session, with the one it was ``planned`` as.

    Each decision (family, what, by when) joins its family's record, but not the note.
    """
    problem = find_session_date_error(day=held_on, on=timezone.localdate())
    if problem:
        raise ActionRefused({"held_on": problem})
    if supervisee.pk == by.pk:
        raise ActionRefused({"supervisee": "Choose the other person."})
    _validate_families(decisions, supervisee)
    session = SupervisionSession.objects.create(
        site=site,
        supervisor=by,
        supervisee=supervisee,
        kind=kind,
        held_on=held_on,
        minutes=minutes,
        note=note,
    )
    if planned:
        _lock_standing(planned).change(held_as=session)
    for family, decision, do_by in decisions:
        CaseDecision.objects.create(
            session=session, family=family, decision=decision, do_by=do_by, owner=supervisee
        )
    return session


@transaction.atomic
def plan_supervision(
    *, site: Site, supervisee: User, starts_at: datetime, minutes: int, by: User
) -> PlannedSupervision:
    """Plan a session: it is in both diaries."""
    now = timezone.localtime()
    if problem := find_planned_time_error(starts_at=timezone.localtime(starts_at), now=now):
        raise ActionRefused({"starts_on": problem})
    if supervisee.pk == by.pk:
        raise ActionRefused({"supervisee": "Choose the other person."})
    return PlannedSupervision.objects.create(
        site=site, supervisor=by, supervisee=supervisee, starts_at=starts_at, minutes=minutes
    )


@transaction.atomic
def cancel_supervision(*, planned: PlannedSupervision, by: User) -> PlannedSupervision:
    """It will not be: it goes from both diaries."""
    return _lock_standing(planned).change(cancelled_at=timezone.now())


def _lock_standing(planned: PlannedSupervision) -> PlannedSupervision:
    locked = PlannedSupervision.objects.select_for_update(of=("self",)).get(pk=planned.pk)
    if locked.cancelled_at or locked.held_as_id:
        raise ActionRefused("This session has already been cancelled or recorded.")
    return locked


def _validate_families(decisions: Sequence[tuple[Family, str, date | None]], supervisee: User) -> None:
    """Decisions appear on the supervisee's worklist, so they must be about families that they may open."""
    wanted = {family.pk for family, _, _ in decisions}
    within = Family.objects.visible_to(load_scope(supervisee)).filter(pk__in=wanted).count()
    if within < len(wanted):
        raise ActionRefused("Choose families that you both work with.")


@transaction.atomic
def finish_decision(*, decision: CaseDecision, by: User) -> CaseDecision:
    """Mark a decision as done, so that it is no longer due. Idempotent."""
    decision = CaseDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    return decision if decision.done_at else decision.change(done_at=timezone.now())


@transaction.atomic
def reopen_decision(*, decision: CaseDecision, by: User) -> CaseDecision:
    """It was marked as done by mistake: it is to be done again. Idempotent."""
    decision = CaseDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    return decision.change(done_at=None) if decision.done_at else decision
