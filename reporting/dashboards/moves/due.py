"""What is due about moves: an offer that waits for this site's answer, a hand-over that is about to end."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.urls import reverse
from django.utils import timezone

from pairs.access.batch_query import Query, parse_date, parse_datetime, parse_uuid
from pairs.access.scope import Scope
from pairs.families.choices import MoveStatus
from pairs.families.due import CLINICAL, DueItem, in_families
from pairs.families.models import FamilyMove
from reporting.dashboards.moves.rules import MAY_ANSWER, is_ending_soon


def build_due_queries(scope: Scope, on: date, families: list[UUID] | None = None) -> list[Query]:
    """Offers to the sites the scope answers for, and hand-overs in their last days."""
    rows = FamilyMove.objects.visible_to(scope).seen_by_both().filter(in_families(families))
    fields = {"id": "id", "family": "family_id", "status": "status", "at": "offered_at", "lead": "lead_id"}
    fields |= {
        "site": "to_site_id",
        "to": "to_site__name",
        "from": "from_site__name",
        "ends": "hand_over_until",
    }
    fields |= {"answers_here": _build_may_answer(scope)}
    return [Query(rows, fields, lambda row: _list_move_items(row, on))]


def _build_may_answer(scope: Scope) -> Any:
    """May the scope answer for the site that the family was offered to?"""
    if not scope.may(*MAY_ANSWER):
        return Value(False)
    return ExpressionWrapper(Q(to_site__in=scope.sites(*MAY_ANSWER)), BooleanField())


def _list_move_items(row: dict[str, Any], on: date) -> list[DueItem]:
    if row["status"] == MoveStatus.OFFERED:
        return [_build_offer_item(row)] if row["answers_here"] else []
    return [_build_ending_item(row)] if is_ending_soon(hand_over_until=parse_date(row["ends"]), on=on) else []


def _build_offer_item(row: dict[str, Any]) -> DueItem:
    return _build_move_item(
        row,
        code="move_offered",
        title="Answer this offer of a family",
        due_on=timezone.localdate(parse_datetime(row["at"])),
        who=f"From {row['from']}",
    )


def _build_ending_item(row: dict[str, Any]) -> DueItem:
    return _build_move_item(
        row,
        code="hand_over_ends",
        title="Finish this hand-over",
        due_on=parse_date(row["ends"]),
        owner_id=parse_uuid(row["lead"]),
        who=f"From {row['from']} to {row['to']}",
        why=f"After this date {row['from']} can no longer read the record.",
    )


def _build_move_item(row: dict[str, Any], **said: Any) -> DueItem:
    return DueItem(
        kind=CLINICAL,
        subject_id=UUID(row["id"]),
        href=reverse("move", args=[row["id"]]),
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        **said,
    )
