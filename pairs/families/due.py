"""Due items: the interface of every app's due.py, and what is due about people and alerts.

An app's due.py offers ``build_due_queries(scope, on, families=None)``: queries (for the given families, at most
1,000, or for everything in scope) whose rows the app's rules turn into items. Where nothing but the family
decides who may see an item, the query belongs in ``build_family_due_queries`` instead: its items are computed ahead
and cached until something about the family changes or the day ends (reporting.dashboards.due_cache).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from pairs.access.batch_query import Query, build_person_name, parse_date, parse_datetime, parse_uuid
from pairs.access.scope import Scope
from pairs.families.models import Infant, RiskAlert
from pairs.families.rules import get_trace_due_date

SAFETY, CLINICAL, DATA_QUALITY = "safety", "clinical", "data quality"
MAX_FAMILIES = 1000


@dataclass(frozen=True)
class DueItem:
    """One thing the rules say is due: which rule, about which row, by when, and where to deal with it."""

    code: str
    kind: str
    title: str
    subject_id: UUID
    href: str
    due_on: date
    family_id: UUID | None = None
    site_id: UUID | None = None
    owner_id: UUID | None = None  # whose it is first; None: whoever works at the site
    who: str = ""  # the family or reference, for the list
    why: str = ""


def in_families(families: Iterable[UUID] | None, path: str = "family") -> Q:
    """A filter to these families, or none for everything in scope."""
    return Q() if families is None else Q(**{f"{path}__in": list(families)[:MAX_FAMILIES]})


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Open risk alerts (safety): before there is a family they are their site's."""
    return [_build_alerts_query(scope, families)]


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """NHS numbers to trace at six weeks (data quality)."""
    return [_build_nhs_number_query(scope, on, families)]


def _build_alerts_query(scope: Scope, families: Iterable[UUID] | None) -> Query:
    rows = RiskAlert.objects.visible_to(scope).open().filter(in_families(families))
    fields = {"id": "id", "at": "created_at", "seen_at": "seen_at", "about": "about"}
    fields |= {"family": "family_id", "site": "site_id", "lead": "lead_id"}

    def to_due_item(row: dict[str, Any]) -> Iterator[DueItem]:
        yield DueItem(
            code="risk_alert",
            kind=SAFETY,
            title="Act on this risk alert" if row["seen_at"] else "See this risk alert",
            subject_id=UUID(row["id"]),
            href=reverse("alert", args=[row["id"]]),
            due_on=timezone.localdate(parse_datetime(row["at"])),
            family_id=parse_uuid(row["family"]),
            site_id=UUID(row["site"]),
            owner_id=parse_uuid(row["lead"]),
            who=row["about"],
        )

    return Query(rows, fields, to_due_item)


def _build_nhs_number_query(scope: Scope, on: date, families: Iterable[UUID] | None) -> Query:
    rows = Infant.objects.visible_to(scope).active().filter(in_families(families), nhs_number=None)
    fields = {"id": "id", "born": "birth_date", "reference": "reference", "name": build_person_name()}
    fields |= {"family": "family_id", "site": "family__site_id"}

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        due = get_trace_due_date(born=parse_date(row["born"]), nhs_number=None, lost=False)
        if due and due <= on:
            yield DueItem(
                code="nhs_number_trace",
                kind=DATA_QUALITY,
                title="Trace the baby's NHS number",
                subject_id=UUID(row["id"]),
                href=reverse("infant-details", args=[row["id"]]),
                due_on=due,
                family_id=UUID(row["family"]),
                site_id=UUID(row["site"]),
                who=row["name"] or row["reference"],
            )

    return Query(rows.exclude(birth_date=None), fields, to_due_item)
