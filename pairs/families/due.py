"""What is due: the contract that every room's due.py keeps, and what is due about people and alerts.

A room offers ``due_items(scope, on, families=None)``: it fetches its facts in one query (for the given
families, at most 1,000, or for everything in scope) and turns each row into items through its rules.
Nothing is stored but a person's decision (reporting.desk.DueDecision).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from pairs.access.scope import Scope
from pairs.families.models import Infant, RiskAlert
from pairs.families.rules import trace_due

SAFETY, CLINICAL, DATA_QUALITY = "safety", "clinical", "data quality"
MOST_FAMILIES = 1000


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


def of_families(families: Iterable[UUID] | None, path: str = "family") -> Q:
    """The filter for a room's facts: these families, or everything in scope."""
    return Q() if families is None else Q(**{f"{path}__in": list(families)[:MOST_FAMILIES]})


def due_items(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[DueItem]:
    """Open risk alerts (safety) and NHS numbers to trace at six weeks (data quality)."""
    return _alerts(scope, on, families) + _traces(scope, on, families)


def _alerts(scope, on, families):
    rows = RiskAlert.objects.visible_to(scope).open().filter(of_families(families))
    return [
        DueItem(
            code="risk_alert",
            kind=SAFETY,
            title="See this risk alert" if alert.seen_at is None else "Act on this risk alert",
            subject_id=alert.pk,
            href=reverse("alert", args=[alert.pk]),
            due_on=alert.created_at.date(),
            family_id=alert.family_id,
            site_id=alert.site_id,
            owner_id=alert.lead_id,
            who=alert.about,
        )
        for alert in rows
    ]


def _traces(scope, on, families):
    rows = Infant.objects.visible_to(scope).active().filter(of_families(families), nhs_number=None)
    rows = rows.exclude(birth_date=None).select_related("family")
    return [
        DueItem(
            code="nhs_number_trace",
            kind=DATA_QUALITY,
            title="Trace the baby's NHS number",
            subject_id=infant.pk,
            href=reverse("infant-details", args=[infant.pk]),
            due_on=due,
            family_id=infant.family_id,
            site_id=infant.family.site_id,
            who=infant.name or infant.reference,
        )
        for infant in rows
        if (due := trace_due(born=infant.birth_date, nhs_number=infant.nhs_number, lost=bool(infant.lost_on)))
        and due <= on
    ]
