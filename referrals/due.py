"""What is due about referrals: one that waits for triage, and one begun and not sent."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.submissions.models import Submission
from referrals.models import Referral

UNSENT_AFTER = timedelta(days=1)


def due_items(scope, on, families=None) -> list[DueItem]:
    """Referrals awaiting a decision where the scope triages; and one's own unsent drafts, a day old."""
    return _awaiting(scope, families) + ([] if families is not None else _unsent(scope, on))


def _awaiting(scope, families):
    if not scope.may("triage_referrals"):
        return []
    return [
        DueItem(
            code="awaiting_triage",
            kind=CLINICAL,
            title="Read and decide this referral",
            subject_id=referral.pk,
            href=reverse("decide-referral", args=[referral.pk]),
            due_on=timezone.localdate(referral.received_at),
            site_id=referral.site_id,
            who=referral.reference,
        )
        for referral in Referral.objects.triaged_by(scope)
        .filter(of_families(families))
        .order_by("received_at")
    ]


def _unsent(scope, on):
    if not scope.may("make_referrals"):
        return []
    drafts = Submission.objects.visible_to(scope).unfinished().filter(kind="refer", idempotency_key=None)
    return [
        DueItem(
            code="unsent_referral",
            kind=CLINICAL,
            title="Finish and send this referral",
            subject_id=draft.pk,
            href=draft.path or reverse("refer"),
            due_on=timezone.localdate(draft.created_at) + UNSENT_AFTER,
            owner_id=draft.user_id,
            who=f"Begun {timezone.localdate(draft.created_at):%-d %B}",
        )
        for draft in drafts
        if timezone.localdate(draft.created_at) + UNSENT_AFTER <= on
    ]
