"""Case decisions are ticked off, and brought back."""

from django.db import transaction
from django.utils import timezone

from interventions.supervision.models import CaseDecision
from pairs.service.models import User


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
