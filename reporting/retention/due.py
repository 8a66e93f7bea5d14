"""What information governance has to do about retention: review records, confirm destructions, check holds."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone

from pairs.access.batch_query import Query, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.due import DATA_QUALITY, DueItem, always_due, build_due_item
from reporting.retention.models import RetentionDecision, RetentionHold
from reporting.retention.review_dates import annotate_review_facts, query_due_families
from reporting.retention.rules import compute_review


def build_governance_due_queries(scope: Scope, on: date) -> list[Query]:
    """Records whose review has come; destructions that wait for a second person; holds to check."""
    return [_build_review_query(scope, on), _build_confirm_query(scope), _build_hold_query(scope, on)]


def _build_review_query(scope: Scope, on: date) -> Query:
    rows = query_due_families(on).filter(site__in=scope.sites("govern_records"))
    facts = ("youngest_born", "last_contact", "has_antenatal", "kept_until", "is_open", "is_held")
    fields = {"id": "id", "family": "id", "site": "site_id", "at": "created_at"} | {
        name: name for name in facts
    }

    def to_items(row: dict[str, Any]) -> Iterator[DueItem]:
        review = compute_review(
            youngest_born=parse_date(row["youngest_born"]),
            last_contact=parse_date(row["last_contact"]) or timezone.localdate(parse_datetime(row["at"])),
            has_antenatal=row["has_antenatal"],
            kept_until=parse_date(row["kept_until"]),
        )
        if review.day <= on and not (row["is_open"] or row["is_held"]):
            title = "Review how long this record is kept"
            facts = {"code": "retention_review", "kind": DATA_QUALITY, "title": title, "due_on": review.day}
            yield build_due_item(row, **facts, page="family-retention")

    return Query(annotate_review_facts(rows), fields, to_items)


def _build_confirm_query(scope: Scope) -> Query:
    rows = RetentionDecision.objects.visible_to(scope).to_confirm()
    fields = {"id": "id", "at": "created_at", "family": "family_id", "site": "family__site_id"}
    facts = {
        "code": "confirm_destruction",
        "kind": DATA_QUALITY,
        "title": "Confirm or withdraw a destruction",
    }
    return Query(rows, fields, always_due(**facts, page="confirm-destruction"))


def _build_hold_query(scope: Scope, on: date) -> Query:
    rows = RetentionHold.objects.visible_to(scope).current().filter(review_on__lte=on)
    fields = {"id": "id", "family": "family_id", "site": "site_id", "due": "review_on"}

    def to_items(row: dict[str, Any]) -> Iterator[DueItem]:
        facts = {"code": "retention_hold", "kind": DATA_QUALITY, "title": "Check a retention hold"}
        yield build_due_item(row, **facts, page="retention-hold", due_on=parse_date(row["due"]))

    return Query(rows, fields, to_items)
