"""What is due: the contract that every room's due.py keeps, and what is due about people and alerts.

An app's due.py offers ``questions(scope, on, families=None)``: its facts (for the given families, at most 1,000, or
for everything in scope), each row turned into items through the app's rules. Where nothing but the family decides who
sees an item, the question stands in ``family_questions`` instead: its items are worked out ahead and kept until
something about the family changes or the day ends (reporting.desk.kept_due).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from pairs.access.asking import Question, day, moment, name_of, some_id
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


def questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """Open risk alerts (safety): before there is a family they are their site's."""
    return [_alerts(scope, families)]


def family_questions(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Question]:
    """NHS numbers to trace at six weeks (data quality)."""
    return [_traces(scope, on, families)]


def _alerts(scope, families):
    rows = RiskAlert.objects.visible_to(scope).open().filter(of_families(families))
    fields = {"id": "id", "at": "created_at", "seen_at": "seen_at", "about": "about"}
    fields |= {"family": "family_id", "site": "site_id", "lead": "lead_id"}

    def says(row):
        yield DueItem(
            code="risk_alert",
            kind=SAFETY,
            title="Act on this risk alert" if row["seen_at"] else "See this risk alert",
            subject_id=UUID(row["id"]),
            href=reverse("alert", args=[row["id"]]),
            due_on=timezone.localdate(moment(row["at"])),
            family_id=some_id(row["family"]),
            site_id=UUID(row["site"]),
            owner_id=some_id(row["lead"]),
            who=row["about"],
        )

    return Question(rows, fields, says)


def _traces(scope, on, families):
    rows = Infant.objects.visible_to(scope).active().filter(of_families(families), nhs_number=None)
    fields = {"id": "id", "born": "birth_date", "reference": "reference", "name": name_of()}
    fields |= {"family": "family_id", "site": "family__site_id"}

    def says(row):
        due = trace_due(born=day(row["born"]), nhs_number=None, lost=False)
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

    return Question(rows.exclude(birth_date=None), fields, says)
