"""Due items of collaboration: joint work to review, and open requests to the hub."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from interventions.collaboration.models import HubRequest, JointWork
from interventions.collaboration.rules import (
    HubRequestStatus,
    compute_hub_request_due_date,
    is_joint_work_review_due,
)
from pairs.access.batch_query import Query, parse_date, parse_datetime, parse_uuid
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, build_due_item, in_families
from pairs.web.url_cache import reverse_cached

HUB_REQUEST_FIELDS = {
    "id": "id",
    "reference": "reference",
    "status": "status",
    "asked_at": "asked_at",
    "urgency": "urgency",
}
HUB_REQUEST_FIELDS |= {
    "until": "until",
    "family": "family_id",
    "site": "family__site_id",
    "hub": "to_site_id",
}
HUB_REQUEST_FIELDS |= {"taken_by": "taken_by_id", "answer_to": "answer_to_id"}


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Open requests to the hub, for hub staff."""
    families = None if families is None else list(families)
    return [_query_due_requests_to_hub(scope, on, families)]


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Joint work due for review; requests not accepted or answered in time, for the asking site."""
    families = None if families is None else list(families)
    return [_query_due_joint_work(scope, on, families), _query_due_requests_by_site(scope, on, families)]


def _query_due_joint_work(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    rows = JointWork.objects.visible_to(scope).going_on().filter(in_families(families), look_again_on__lte=on)
    fields = {"id": "id", "look_again_on": "look_again_on", "member": "member__name", "other": "who"}
    fields |= {"family": "family_id", "site": "family__site_id", "owner": "episode__lead_id"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        due_on = parse_date(row["look_again_on"])
        if is_joint_work_review_due(look_again_on=due_on, ended=False, on=on):
            yield build_due_item(
                row,
                code="joint_work",
                kind=CLINICAL,
                title=f"Review joint work with {row['member'] or row['other']}",
                page="joint-work",
                of="family",
                due_on=due_on,
                why="The day that was agreed",
            )

    return Query(rows, fields, to_due_item)


def _query_due_requests_by_site(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    """For the site that holds the family."""
    rows = HubRequest.objects.visible_to(scope).open().filter(in_families(families))

    def to_due_item(row: dict[str, str | None]) -> Iterator[DueItem]:
        waits = row["status"] == HubRequestStatus.ASKED
        yield from _build_hub_request_items(
            row,
            on,
            code="ask_not_taken" if waits else "ask_not_answered",
            title="The hub has not accepted this request yet" if waits else "The hub's access ends today",
            why="Speak to a hub colleague"
            if waits
            else "Ask for the answer, extend the access or close the request",
            site_id=UUID(row["site"]),
            family_id=UUID(row["family"]),
            owner_id=UUID(row["answer_to"]),
        )

    return Query(rows, HUB_REQUEST_FIELDS, to_due_item)


def _query_due_requests_to_hub(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    """For the hub: the family is not identified, not even by id, until somebody has accepted the request."""
    rows = HubRequest.objects.asked_of(scope).open().filter(in_families(families))

    def to_due_item(row: dict[str, str | None]) -> Iterator[DueItem]:
        waits = row["status"] == HubRequestStatus.ASKED
        yield from _build_hub_request_items(
            row,
            on,
            code="ask_to_take" if waits else "ask_to_answer",
            title="Accept or decline this request to the hub" if waits else "Answer this request",
            why="A satellite site is waiting" if waits else "Your access ends today",
            site_id=UUID(row["hub"]),
            owner_id=parse_uuid(row["taken_by"]),
        )

    return Query(rows, HUB_REQUEST_FIELDS, to_due_item)


def _build_hub_request_items(row: dict[str, Any], on: date, **said: Any) -> Iterator[DueItem]:
    due_on = compute_hub_request_due_date(
        status=row["status"],
        asked_on=timezone.localdate(parse_datetime(row["asked_at"])),
        urgency=row["urgency"],
        until=parse_date(row["until"]),
        within=settings.HUB_ASK_TAKEN_WITHIN,
    )
    if due_on and due_on <= on:
        yield DueItem(
            kind=CLINICAL,
            subject_id=UUID(row["id"]),
            href=reverse_cached("ask", row["id"]),
            due_on=due_on,
            who=row["reference"],
            **said,
        )
