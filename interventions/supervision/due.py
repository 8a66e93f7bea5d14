"""Due items of supervision: case decisions to be done, sessions to write up, and the next date to set."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists
from django.utils import timezone

from interventions.supervision.frequency import (
    query_absences,
    query_held_days,
    query_planned_sessions,
    read_row_standing,
)
from interventions.supervision.models import (
    CaseDecision,
    PlannedSupervision,
    SupervisionAgreement,
    build_to_do_words,
)
from interventions.supervision.rules import is_decision_due
from pairs.access.batch_query import Query, build_user_name, parse_date, parse_datetime
from pairs.access.scope import Scope, TemplateScope
from pairs.families.due import CLINICAL, DueItem, always_due, build_due_item, in_families
from pairs.web.local_days import get_start_of_day

DECISION_FIELDS: dict[str, Any] = {
    "id": "id",
    "what": build_to_do_words(),
    "do_by": "do_by",
    "owner": "owner_id",
}
DECISION_FIELDS |= {"family": "family_id", "site": "family__site_id"}


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Of the supervision that one gives: sessions to record, and agreements without a next date. Of no family."""
    if families is not None or not scope.may("supervise"):
        return []
    return [_build_unrecorded_query(scope, on), _build_undated_query(scope, on)]


def _build_unrecorded_query(scope: Scope, on: date) -> Query:
    rows = PlannedSupervision.objects.standing().visible_to(scope)
    rows = rows.filter(supervisor__in=scope.own_ids, starts_at__date__lt=on)
    fields = {"id": "id", "site": "site_id", "at": "starts_at", "owner": "supervisor_id"}
    fields |= {"who": build_user_name("supervisee")}
    return Query(
        rows,
        fields,
        always_due(
            code="supervision_to_record",
            kind=CLINICAL,
            title="Record this supervision session, or cancel it",
            page="planned-supervision",
        ),
    )


def _build_undated_query(scope: Scope, on: date) -> Query:
    """An agreement whose last day has not come, and for which nothing is planned."""
    rows = SupervisionAgreement.objects.visible_to(scope).going_on(on).filter(supervisor__in=scope.own_ids)
    rows = rows.exclude(ends_on__lte=on).filter(~Exists(query_planned_sessions()))
    fields: dict[str, Any] = {
        name: name for name in ("every_days", "working_percent", "under_twos_since", "starts_on")
    }
    fields |= {"id": "id", "site": "site_id", "owner": "supervisor_id", "who": build_user_name("supervisee")}
    fields |= {"held": query_held_days(), "away": query_absences()}
    return Query(rows, fields, lambda row: [_build_undated_item(row, on)])


def _build_undated_item(row: dict[str, Any], on: date) -> DueItem:
    standing = read_row_standing(row, on)
    late = f"Overdue by {standing.overdue_days} days." if standing.overdue_days else ""
    return build_due_item(
        row,
        code="supervision_undated",
        kind=CLINICAL,
        title="Set the date of the next supervision session",
        page="supervision-agreement",
        due_on=standing.due_on,
        why=late,
    )


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Case decisions whose day has come, for their owners."""
    rows = CaseDecision.objects.visible_to(scope).filter(in_families(families), do_by__lte=on).to_do()
    return [Query(rows, DECISION_FIELDS, lambda row: _build_decision_items(row, on))]


def build_agreed_query(scope: TemplateScope, user: UUID) -> Query:
    """What a person took on in supervision and has not done yet, whether or not its day has come."""
    rows = CaseDecision.objects.visible_to(scope).filter(owner=user).to_do()
    return Query(rows, DECISION_FIELDS | {"at": "created_at"}, lambda row: [_build_decision_item(row)])


def build_done_query(scope: TemplateScope, user: UUID) -> Query:
    """What they have done today: {id, decision, family}, so that it can be undone where it was ticked off."""
    today = get_start_of_day(timezone.localdate())
    rows = CaseDecision.objects.visible_to(scope).filter(done_at__gte=today, owner=user)
    return Query(rows, {"id": "id", "decision": build_to_do_words(), "family": "family_id"})


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
        title=row["what"][:120],
        page="decision-done",
        due_on=do_by or timezone.localdate(parse_datetime(row["at"])),
        why="Agreed in supervision",
    )
