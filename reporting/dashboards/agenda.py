"""What of the waits comes onto a supervision agenda: a four-week clock that is near its end or over."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.agenda import bring_due
from reporting.dashboards.waits import build_family_due_queries

KINDS_BY_CODE = {"day_21": "wait"}


def build_agenda_queries(scope: Scope, on: date, families: Iterable[UUID]) -> list[Query]:
    """Of these families, whom the reader is known to see."""
    return bring_due(build_family_due_queries(scope, on, families), KINDS_BY_CODE)
