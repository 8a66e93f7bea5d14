"""What is due of the dashboards' own: waits that pass their limit, and moves between sites."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pairs.access.batch_query import Query
from pairs.access.models import FactorReset
from pairs.access.scope import Scope
from pairs.families.due import SAFETY, always_due
from reporting.dashboards import waits
from reporting.dashboards.moves import due as moves


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Moves and waits at the reader's sites."""
    return [
        *moves.build_due_queries(scope, on, families),
        *waits.build_due_queries(scope, on, families),
    ]


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Waits of these families."""
    return waits.build_family_due_queries(scope, on, families)


def build_governance_due_queries(scope: Scope, on: date) -> list[Query]:
    """Resets of a second factor that wait for a second person."""
    rows = FactorReset.objects.visible_to(scope).waiting()
    fields = {"id": "id", "at": "created_at"}
    facts = {
        "code": "factor_reset",
        "kind": SAFETY,
        "title": "Confirm or withdraw a reset of a second factor",
    }
    return [Query(rows, fields, always_due(**facts, page="confirm-factor-reset"))]
