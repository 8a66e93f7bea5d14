"""What of measures comes onto a supervision agenda: no measure yet, and a pair about to be missed."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from outcomes.due import build_family_due_queries
from pairs.access.batch_query import Query
from pairs.families.agenda import bring_due

KINDS_BY_CODE = {"start_measure": "measure", "pair_closing": "measure"}


def build_agenda_queries(scope: Any, on: date, families: Iterable[UUID]) -> list[Query]:
    """Of these families, whom the reader is known to see."""
    return bring_due(build_family_due_queries(scope, on, families), KINDS_BY_CODE)
