"""What is due in safeguarding: a status to review by its own date (clinical), an answer to ask for (safety)."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.batch_query import Query, build_person_name, parse_date
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, SAFETY, DueItem, in_families
from pairs.safeguarding.models import SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.rules import StatusKind, get_waiting_date, is_review_due
from pairs.web.url_cache import reverse_cached

PERSON_FIELDS = {
    "id": "id",
    "family": "family_id",
    "site": "family__site_id",
    "infant": "infant_id",
    "reference": "infant__reference",
    "infant_name": build_person_name("infant"),
    "carer": "caregiver_id",
    "carer_name": build_person_name("caregiver"),
    "child": "child__name",
}


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Statuses with a review day, concerns with a day to ask by."""
    families = None if families is None else list(families)
    return [_build_reviews_query(scope, on, families), _build_answers_query(scope, on, families)]


def _build_reviews_query(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    rows = SafeguardingStatus.objects.visible_to(scope).filter(in_families(families)).to_review()

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        if is_review_due(parse_date(row["review_on"]), on):
            yield _build_safeguarding_item(
                row,
                code="status_review",
                kind=CLINICAL,
                title=f"Review: {StatusKind(row['kind']).label}",
                href=reverse_cached("safeguarding", row["family"]),
                due_on=parse_date(row["review_on"]),
            )

    return Query(rows, PERSON_FIELDS | {"kind": "kind", "review_on": "review_on"}, to_due_item)


def _build_answers_query(scope: Scope, on: date, families: list[UUID] | None) -> Query:
    rows = SafeguardingConcern.objects.visible_to(scope).filter(in_families(families)).awaiting_answer()

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        steps = [(step["kind"], parse_date(step["ask_by"])) for step in row["steps"]]
        ask_by = get_waiting_date([("raised", parse_date(row["chase_by"])), *steps])
        if ask_by and ask_by <= on:
            yield _build_safeguarding_item(
                row,
                code="concern_answer",
                kind=SAFETY,
                title="Ask for the outcome of this safeguarding concern",
                href=reverse_cached("safeguarding-concern", row["id"]),
                due_on=ask_by,
            )

    return Query(rows, PERSON_FIELDS | {"chase_by": "chase_by", "steps": "step_days"}, to_due_item)


def _build_safeguarding_item(row: Mapping[str, str | None], **said: Any) -> DueItem:
    family, site = UUID(row["family"]), UUID(row["site"])
    return DueItem(
        subject_id=UUID(row["id"]), family_id=family, site_id=site, who=describe_person(row), **said
    )


def describe_person(row: Mapping[str, str | None]) -> str:
    """Of a row with PERSON_FIELDS: the person's name, or what to call them until there is one."""
    if row["infant"]:
        return row["infant_name"] or f"Baby {row['reference']}"
    if row["carer"]:
        return row["carer_name"] or "Carer, name not recorded"
    return row["child"] or "The whole family"
