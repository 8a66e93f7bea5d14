"""What is due in safeguarding: a status to review by its own date (clinical), an answer to ask for (safety)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, SAFETY, DueItem, of_families
from pairs.safeguarding.models import SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.people import called
from pairs.safeguarding.rules import review_due


def due_items(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[DueItem]:
    """Two queries: statuses with a review day, concerns with a day to ask by."""
    families = None if families is None else list(families)
    return _reviews(scope, on, families) + _answers(scope, on, families)


def _reviews(scope, on, families):
    rows = SafeguardingStatus.objects.visible_to(scope).filter(of_families(families)).to_review()
    return [
        DueItem(
            code="status_review",
            kind=CLINICAL,
            title=f"Review: {status.get_kind_display()}",
            subject_id=status.pk,
            href=reverse("safeguarding", args=[status.family_id]),
            due_on=status.review_on,
            family_id=status.family_id,
            site_id=status.family.site_id,
            who=called(status.person),
        )
        for status in rows
        if review_due(status.review_on, on)
    ]


def _answers(scope, on, families):
    rows = SafeguardingConcern.objects.visible_to(scope).filter(of_families(families)).to_ask_about()
    return [
        DueItem(
            code="concern_answer",
            kind=SAFETY,
            title="Ask what came of this safeguarding concern",
            subject_id=concern.pk,
            href=reverse("safeguarding-concern", args=[concern.pk]),
            due_on=ask_by,
            family_id=concern.family_id,
            site_id=concern.family.site_id,
            who=called(concern.person) if concern.person else "The whole family",
        )
        for concern in rows
        if (ask_by := concern.waits_until) and ask_by <= on
    ]
