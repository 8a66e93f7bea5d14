"""Actions of supervision: record a session with its case decisions; finish a decision."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.supervision.models import CaseDecision, SupervisionSession
from interventions.supervision.rules import find_session_date_error
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
) -> SupervisionSession:
    """Record a session; each decision (family, what, by when) joins its family's record, but not the note."""
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
    for family, decision, do_by in decisions:
        CaseDecision.objects.create(
            session=session, family=family, decision=decision, do_by=do_by, owner=supervisee
        )
    return session


def _validate_families(decisions: Sequence[tuple[Family, str, date | None]], supervisee: User) -> None:
    """Decisions appear on the supervisee's worklist, so they must be about families that they may open."""
    wanted = {family.pk for family, _, _ in decisions}
    within = Family.objects.visible_to(load_scope(supervisee)).filter(pk__in=wanted).count()
    if within < len(wanted):
        raise ActionRefused("Choose families that the two of you work with.")


@transaction.atomic
def finish_decision(*, decision: CaseDecision, by: User) -> CaseDecision:
    """Mark a decision as done, so that it is no longer due. Idempotent."""
    decision = CaseDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    return decision if decision.done_at else decision.change(done_at=timezone.now())
