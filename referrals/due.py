"""What is due about referrals: one that waits for triage, and one begun and not sent."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from pairs.access.asking import Question, moment
from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.submissions.models import Submission
from referrals.models import Referral

UNSENT_AFTER = timedelta(days=1)


def questions(scope, on, families=None) -> list[Question]:
    """Referrals awaiting a decision where the scope triages; and one's own unsent drafts, a day old."""
    asked = [_awaiting(scope, families)] if scope.may("triage_referrals") else []
    return [*asked, _unsent(scope, on)] if families is None and scope.may("make_referrals") else asked


def _awaiting(scope, families):
    rows = Referral.objects.triaged_by(scope).filter(of_families(families))
    fields = {"id": "id", "at": "received_at", "site": "site_id", "reference": "reference"}

    def says(row):
        yield DueItem(
            code="awaiting_triage",
            kind=CLINICAL,
            title="Read and decide this referral",
            subject_id=UUID(row["id"]),
            href=reverse("decide-referral", args=[row["id"]]),
            due_on=timezone.localdate(moment(row["at"])),
            site_id=UUID(row["site"]),
            who=row["reference"],
        )

    return Question(rows, fields, says)


def _unsent(scope, on):
    drafts = Submission.objects.visible_to(scope).unfinished().filter(kind="refer", idempotency_key=None)
    fields = {"id": "id", "path": "path", "begun": "created_at", "user": "user_id"}

    def says(row):
        begun = timezone.localdate(moment(row["begun"]))
        if begun + UNSENT_AFTER <= on:
            yield DueItem(
                code="unsent_referral",
                kind=CLINICAL,
                title="Finish and send this referral",
                subject_id=UUID(row["id"]),
                href=row["path"] or reverse("refer"),
                due_on=begun + UNSENT_AFTER,
                owner_id=UUID(row["user"]),
                who=f"Begun {begun:%-d %B}",
            )

    return Question(drafts, fields, says)
