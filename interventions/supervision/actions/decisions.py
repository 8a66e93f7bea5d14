"""Case decisions are made in a caseload review, ticked off, and brought back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.supervision.models import CaseDecision
from interventions.supervision.rules import find_review_errors
from pairs.families.models import Family
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def decide_in_review(
    *, family: Family, owner: User, decision: str, action: str, do_by: date | None, by: User
) -> CaseDecision:
    """Record what was decided about a family of the owner's caseload, outside a session. Raises ActionRefused.

    It joins the family's record, signed by whoever reviews; an action, or a date, is for the owner to do.
    """
    on = timezone.localdate()
    if errors := find_review_errors(decision=decision, action=action, do_by=do_by, is_unchanged=False, on=on):
        raise ActionRefused(errors)
    return CaseDecision.objects.create(
        family=family,
        owner=owner,
        decision=decision,
        action=action,
        do_by=do_by,
        reviewed_by=by,
        reviewed_on=on,
    )


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
