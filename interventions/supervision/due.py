"""Due items of supervision: case decisions to be done."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from interventions.supervision.models import CaseDecision
from interventions.supervision.rules import is_decision_due
from pairs.access.batch_query import Query, parse_date, parse_datetime
from pairs.access.scope import Scope, TemplateScope
from pairs.families.due import CLINICAL, DueItem, build_due_item, in_families
from pairs.web.local_days import get_start_of_day

DECISION_FIELDS = {"id": "id", "decision": "decision", "do_by": "do_by", "owner": "owner_id"}
DECISION_FIELDS |= {"family": "family_id", "site": "family__site_id"}


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Case decisions whose day has come, for their owners."""
    rows = CaseDecision.objects.visible_to(scope).filter(in_families(families), done_at=None, do_by__lte=on)
    return [Query(rows, DECISION_FIELDS, lambda row: _build_decision_items(row, on))]


def build_agreed_query(scope: TemplateScope, user: UUID) -> Query:
    """What a person took on in supervision and has not done yet, whether or not its day has come."""
    rows = CaseDecision.objects.visible_to(scope).filter(done_at=None, owner=user)
    return Query(rows, DECISION_FIELDS | {"at": "created_at"}, lambda row: [_build_decision_item(row)])


def build_done_query(scope: TemplateScope, user: UUID) -> Query:
    """What they have done today: {id, decision, family}, so that it can be undone where it was ticked off."""
    today = get_start_of_day(timezone.localdate())
    rows = CaseDecision.objects.visible_to(scope).filter(done_at__gte=today, owner=user)
    return Query(rows, {"id": "id", "decision": "decision", "family": "family_id"})


def _build_decision_items(row: dict[str, str], on: date) -> Iterator[DueItem]:
    do_by = parse_date(row["do_by"])
    if is_decision_due(do_by=do_by, done=False, on=on):
        yield _build_decision_item(row)


def _build_decision_item(row: dict[str, Any]) -> DueItem:
    """Without a day it waits since it was agreed."""
    do_by = parse_date(row["do_by"])
    return build_due_item(
        row,
        code="case_decision" if do_by else "case_decision_undated",
        kind=CLINICAL,
        title=row["decision"][:120],
        page="decision-done",
        due_on=do_by or timezone.localdate(parse_datetime(row["at"])),
        why="Agreed in supervision",
    )
