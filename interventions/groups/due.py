"""Due items of groups: past sessions without a register; groups whose delivery a supervisor is to sign off."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate

from interventions.groups.deliveries import query_unsigned_groups
from interventions.groups.models import Facilitator, GroupLine, GroupPlace, GroupSession
from pairs.access.batch_query import Query
from pairs.access.records import live_q
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, DueItem, DueQuery, build_due_item


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Past sessions without a saved line; for supervisors, groups to sign off. They are never in a family's list."""
    if families is not None:
        return []
    here = Q(left_on=None) | Q(left_on__gte=OuterRef("day"))
    going = Q(episode__ended_on=None) | Q(episode__ended_on__gte=OuterRef("day"))
    expected = GroupPlace.objects.visible_to(scope).filter(
        here, going, programme=OuterRef("programme"), joined_on__lte=OuterRef("day")
    )
    saved = GroupLine.objects.live().filter(live_q("care_contact__"), session=OuterRef("pk"))
    held = GroupSession.objects.visible_to(scope).filter(cancelled_at=None, starts_at__date__lt=on)
    rows = held.annotate(day=TruncDate("starts_at")).filter(Exists(expected), ~Exists(saved))
    held_by = Facilitator.objects.live().filter(
        programme=OuterRef("programme"), user__isnull=False, until=None
    )
    fields = {"id": "id", "who": "programme__name", "at": "starts_at", "site": "programme__site_id"}
    fields |= {"owners": ArraySubquery(held_by.order_by("created_at").values("user"))}
    found: list[Query] = [DueQuery(rows, fields, _build_register_items, kind=DATA_QUALITY)]
    return found + ([_build_sign_off_query(scope, on)] if scope.may("supervise") else [])


def _build_sign_off_query(scope: Scope, on: date) -> Query:
    rows = query_unsigned_groups(on).visible_to(scope).filter(site__in=scope.sites("supervise"))
    fields = {"id": "id", "who": "name", "at": "created_at", "site": "site_id", "name": "intervention__name"}
    return Query(rows, fields, lambda row: [_build_sign_off_item(row)])


def _build_sign_off_item(row: dict[str, Any]) -> DueItem:
    return build_due_item(
        row,
        code="group_to_sign_off",
        kind=CLINICAL,
        title="Sign off how a group is delivered",
        page="sign-off-group",
        why=f"No facilitator may deliver {row['name']} alone yet.",
    )


def _build_register_items(row: dict[str, Any]) -> Iterator[DueItem]:
    owners = row["owners"]
    yield build_due_item(
        row,
        code="group_register",
        kind=DATA_QUALITY,
        title="Complete the register for this session",
        page="group-register",
        owner_id=UUID(owners[0]) if owners else None,
    )
