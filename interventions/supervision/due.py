"""Due items of supervision: case decisions to be done."""

from collections.abc import Iterable, Iterator
from datetime import date
from uuid import UUID

from django.urls import reverse

from interventions.supervision.models import CaseDecision
from interventions.supervision.rules import is_decision_due
from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, in_families


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Case decisions whose day has come, for their owners."""
    rows = CaseDecision.objects.visible_to(scope).filter(in_families(families), done_at=None, do_by__lte=on)
    fields = {"id": "id", "decision": "decision", "do_by": "do_by", "owner": "owner_id"}
    fields |= {"family": "family_id", "site": "family__site_id"}
    return [Query(rows, fields, lambda row: _build_decision_items(row, on))]


def _build_decision_items(row: dict[str, str], on: date) -> Iterator[DueItem]:
    do_by = parse_date(row["do_by"])
    if is_decision_due(do_by=do_by, done=False, on=on):
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
