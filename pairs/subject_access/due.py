"""What is due of requests: of information governance an answer by the clock, of a practitioner their view on harm."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from pairs.access.batch_query import Query, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, always_due, build_due_item, in_families
from pairs.subject_access.models import HarmView, SealedReading, SubjectAccessRequest
from pairs.subject_access.rules import compute_clock
from pairs.web.formats import format_day


def build_governance_due_queries(scope: Scope, on: date) -> list[Query]:
    """Requests that are open, by their clock; sealed readings that wait for a second person."""
    rows = SubjectAccessRequest.objects.visible_to(scope).open()
    fields = {"id": "id", "family": "family_id", "site": "family__site_id", "who": "asked_by"}
    fields |= {name: name for name in ("received_on", "identity_asked_on", "identity_shown_on")}
    fields["extended"] = "extended_by_id"

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        yield _build_request_item(row)

    waiting = SealedReading.objects.including_sealed(scope).filter(decided_at=None)
    facts = {
        "code": "sealed_reading",
        "kind": CLINICAL,
        "title": "Decide whether a sealed identity may be read",
    }
    sealed = {"id": "id", "at": "created_at", "site": "family__site_id", "who": "asked_by__display_name"}
    return [
        Query(rows, fields, to_due_item),
        Query(waiting, sealed, always_due(**facts, page="sealed-reading")),
    ]


def _build_request_item(row: dict[str, Any]) -> DueItem:
    days = ("received_on", "identity_asked_on", "identity_shown_on")
    clock = compute_clock(
        **{name: parse_date(row[name]) for name in days},
        extended=bool(row["extended"]),
    )
    facts = {"kind": CLINICAL, "page": "subject-access-request"}
    if clock.due_on is None:
        asked = parse_date(row["identity_asked_on"])
        return build_due_item(
            row,
            code="subject_access_identity",
            title="Check identity for a subject access request",
            due_on=asked,
            why=f"Proof of identity was requested on {format_day(asked)}; the clock starts when it is shown.",
            **facts,
        )
    return build_due_item(
        row,
        code="subject_access",
        title="Answer a subject access request",
        due_on=clock.due_on,
        why=f"Received {format_day(parse_date(row['received_on']))}.",
        **facts,
    )


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Views on serious harm that this person was asked for."""
    rows = HarmView.objects.visible_to(scope).unanswered()
    rows = rows.filter(in_families(families, "access_request__family"))
    fields = {"id": "id", "at": "created_at", "family": "access_request__family_id"}
    fields |= {"site": "access_request__family__site_id", "owner": "asked_of_id"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        yield build_due_item(
            row,
            code="harm_view",
            kind=CLINICAL,
            title="Give your view: could a copy of this record cause serious harm?",
            page="harm-view",
            due_on=timezone.localdate(parse_datetime(row["at"])),
            why="Someone has requested a copy of this record.",
        )

    return [Query(rows, fields, to_due_item)]
