"""What is done in supervision: a session recorded, with its case decisions; a decision done."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.supervision.models import CaseDecision, SupervisionSession
from interventions.supervision.rules import why_not_held_on
from pairs.access.scope import scope_of
from pairs.families.models import Family
from pairs.service.models import Site, User
from pairs.service.refusals import Refused


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
    """One session; each decision (family, what, by when) joins that family's record, the note does not."""
    problem = why_not_held_on(day=held_on, on=timezone.localdate())
    if problem:
        raise Refused({"held_on": problem})
    if supervisee.pk == by.pk:
        raise Refused({"supervisee": "Choose the other person."})
    _check_families(decisions, supervisee)
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


def _check_families(decisions: Sequence[tuple[Family, str, date | None]], supervisee: User) -> None:
    """A decision reaches the supervisee's worklist: it is about a family that they may open."""
    wanted = {family.pk for family, _, _ in decisions}
    within = Family.objects.visible_to(scope_of(supervisee)).filter(pk__in=wanted).count()
    if within < len(wanted):
        raise Refused("Choose families that the two of you work with.")


@transaction.atomic
def finish_decision(*, decision: CaseDecision, by: User) -> CaseDecision:
    """What was decided is done, and no longer due. Said twice, it is done once."""
    decision = CaseDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    return decision if decision.done_at else decision.change(done_at=timezone.now())
