"""What is due from supervision: decisions about families whose day has come."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from interventions.supervision.models import CaseDecision
from interventions.supervision.rules import decision_due
from pairs.access.asking import Question, day
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, of_families


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Case decisions to be done by now, for whoever took them on."""
    rows = CaseDecision.objects.visible_to(scope).filter(of_families(families), done_at=None, do_by__lte=on)
    fields = {"id": "id", "decision": "decision", "do_by": "do_by", "owner": "owner_id"}
    fields |= {"family": "family_id", "site": "family__site_id"}
    return [Question(rows, fields, lambda row: _decision(row, on))]


def _decision(row, on):
    do_by = day(row["do_by"])
    if decision_due(do_by=do_by, done=False, on=on):
        yield DueItem(
            code="case_decision",
            kind=CLINICAL,
            title=row["decision"][:120],
            subject_id=UUID(row["id"]),
            href=reverse("family", args=[row["family"]]),
            due_on=do_by,
            family_id=UUID(row["family"]),
            site_id=UUID(row["site"]),
            owner_id=UUID(row["owner"]),
            why="Decided in supervision",
        )
