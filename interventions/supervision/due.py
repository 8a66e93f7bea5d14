"""What is due from supervision: decisions about families whose day has come."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from interventions.supervision.models import CaseDecision
from interventions.supervision.rules import decision_due
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, of_families


def due_items(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[DueItem]:
    """Case decisions to be done by now, for whoever took them on."""
    rows = CaseDecision.objects.visible_to(scope).filter(of_families(families), done_at=None, do_by__lte=on)
    return [
        DueItem(
            code="case_decision",
            kind=CLINICAL,
            title=row.decision[:120],
            subject_id=row.pk,
            href=reverse("family", args=[row.family_id]),
            due_on=row.do_by,
            family_id=row.family_id,
            site_id=row.family.site_id,
            owner_id=row.owner_id,
            why="Decided in supervision",
        )
        for row in rows.select_related("family")
        if decision_due(do_by=row.do_by, done=row.done_at is not None, on=on)
    ]
