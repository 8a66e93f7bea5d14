"""What months' reports published of the whole service: the same protected figures, never counted anew."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from pairs.access.scope import Scope
from reporting.evidence.models import Report
from reporting.evidence.rules import DEFINITIONS_VERSION

MOST_MONTHS = 13  # a year and the same month of the year before
# Where a snapshot keeps the month's figures of the whole service (evidence/period_tables.py): JSON keys from its top.
_ROWS_PATH = "snapshot__periods__0__whole__rows"


@dataclass(frozen=True)
class MonthFigures:
    """One month of the whole service: {heading of the report's tables: the text that was published}."""

    report: UUID
    month: date
    texts: dict[str, str]

    def get_text(self, heading: str) -> str:
        return self.texts.get(heading, "")

    def get_value(self, heading: str) -> float | None:
        """The figure as a number, of its rounded text; None where it is protected, in words or was not published."""
        return parse_figure(self.get_text(heading))


def parse_figure(text: str) -> float | None:
    """A published figure as a number, of its rounded text: 67.0 of “67% (62 to 72%)”; None of * and of words."""
    digits = text.partition("%")[0]
    return float(digits) if digits.replace(".", "", 1).isdigit() else None


def list_month_figures(scope: Scope) -> list[MonthFigures]:
    """Of the newest months whose report is made, by today's definitions; oldest first. For who may read reports."""
    return [_parse_month(*row) for row in list(_query_rows(scope))[::-1]]


def _query_rows(scope: Scope) -> QuerySet[Report, Any]:
    """Only the month's own table is taken out of the snapshot: the whole of it is a hundred times as long."""
    made = (
        Report.objects.visible_to(scope).current().filter(version=DEFINITIONS_VERSION, snapshot__isnull=False)
    )
    return made.order_by("-month").values_list("pk", "month", _ROWS_PATH)[:MOST_MONTHS]


def _parse_month(pk: UUID, month: date, rows: list[list[str]] | None) -> MonthFigures:
    return MonthFigures(pk, month, dict(rows or ()))
