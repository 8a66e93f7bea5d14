"""What of plans comes onto a supervision agenda: no plan yet, and open-ended work to look at again."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from interventions.plans.due import build_family_due_queries
from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.agenda import bring_due

KINDS_BY_CODE = {"plan_to_make": "review", "is_it_helping": "review", "waiting_contact": "wait"}


def build_agenda_queries(scope: Scope, on: date, families: Iterable[UUID]) -> list[Query]:
    """Of these families, whom the reader is known to see."""
    return bring_due(build_family_due_queries(scope, on, families), KINDS_BY_CODE)
