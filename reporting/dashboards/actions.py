"""Actions that span apps: decisions about due items."""

from datetime import date

from django.utils import timezone

from pairs.families.due import DueItem
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from reporting.dashboards.models import DueDecision


def decide_due_item(
    *, item: DueItem, until: date | None, handed_to: User | None, why: str, by: User
) -> DueDecision:
    """Keep the decision; the item itself stays derived, and comes back when its day is reached.

    The newest decision counts: what an earlier one said of the other half (whose it is, until when) goes along.
    """
    if until and until <= timezone.localdate():
        raise ActionRefused({"until": "Choose a future date."})
    if before := _find_newest(item):
        until, handed_to = until or before.snoozed_until, handed_to or before.handed_to
    return DueDecision.objects.create(
        code=item.code,
        subject_id=item.subject_id,
        family_id=item.family_id,
        snoozed_until=until,
        handed_to=handed_to,
        why=why,
        decided_by=by,
    )


def bring_back_due_item(*, item: DueItem, by: User) -> DueDecision:
    """It is due again before the day to which it was postponed; whoever it was reassigned to keeps it."""
    before = _find_newest(item)
    return DueDecision.objects.create(
        code=item.code,
        subject_id=item.subject_id,
        family_id=item.family_id,
        handed_to=before.handed_to if before else None,
        why="Brought back",
        decided_by=by,
    )


def _find_newest(item: DueItem) -> DueDecision | None:
    same = DueDecision.objects.filter(code=item.code, subject_id=item.subject_id)
    return same.order_by("decided_at").last()
