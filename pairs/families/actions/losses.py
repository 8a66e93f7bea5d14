"""A loss, and taking back one that was recorded by mistake.

Nothing is pushed anywhere: whoever sends, books or asks reads the baby's record (``InfantQuerySet.active``).
Only e-mails that wait to be sent are stopped at once, so that an undoing sends nothing late.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pairs.families.birth_rules import find_loss_errors
from pairs.families.choices import Loss
from pairs.families.models import Infant, UndoneLoss
from pairs.jobs.outbox import stop_emails
from pairs.service.models import User
from pairs.service.refusals import ActionRefused


@transaction.atomic
def record_loss(*, infant: Infant, loss: str, lost_on: date, by: User) -> Infant:
    """This baby has died. All that is automatic about them stops; their twin's, their carers' and alerts go on."""
    here = Infant.objects.select_for_update(of=("self",)).get(pk=infant.pk)
    if here.lost_on:
        raise ActionRefused("This loss is already recorded.")
    if loss not in Loss.values:
        raise ActionRefused({"loss": "Choose what happened."})
    errors = find_loss_errors(loss=loss, lost_on=lost_on, born=here.birth_date, on=timezone.localdate())
    if errors:
        raise ActionRefused(errors)
    here.loss, here.lost_on = loss, lost_on
    here.save(update_fields=["loss", "lost_on"])
    stop_emails(about=here.pk)
    return here


@transaction.atomic
def undo_loss(*, infant: Infant, reason: str, by: User) -> UndoneLoss:
    """The loss was recorded by mistake: the baby's record goes on. Nothing is sent, nor what was stopped."""
    here = Infant.objects.select_for_update(of=("self",)).get(pk=infant.pk)
    if not here.lost_on:
        raise ActionRefused("No loss is recorded for this baby.")
    if not reason.strip():
        raise ActionRefused({"reason": "Enter how this was recorded in error."})
    undone = UndoneLoss.objects.create(
        family_id=here.family_id,
        infant=here,
        loss=here.loss,
        lost_on=here.lost_on,
        reason=reason,
        undone_by=by,
    )
    here.loss, here.lost_on = "", None
    here.save(update_fields=["loss", "lost_on"])
    return undone
