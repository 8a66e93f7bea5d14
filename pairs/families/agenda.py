"""What brings a family onto the agenda of a supervision session: the interface of every app's agenda.py.

An app's agenda.py offers ``build_agenda_queries(scope, on, families)``: queries about families whom the reader is known
to see, whose rows become ``AgendaLine``; and ``KINDS_BY_CODE``, {code: kind}, of the rules of its
``build_family_due_queries`` whose items come onto the agenda as well, so that no rule is written twice.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.due import SAFETY, DueItem, build_due_queries
from pairs.web.url_cache import reverse_cached

# Why a family is on the agenda, the most concern first. An app adds no kind of its own: it chooses one.
# The order is our own choice, and no standard's: safety, then children whom social care protects or looks after, then
# families whose baby died, then families we may be losing, then what was promised, then what somebody asked to talk
# about, then what the calendar says.
AGENDA_KINDS = {
    "safety": "Safety",
    "protected": "Safeguarding",
    "loss": "Bereavement",
    "missed": "Missed appointments",
    "wait": "Long wait",
    "quiet": "Not seen",
    "agreed": "Agreed before",
    "starred": "Starred",
    "review": "Review due",
    "measure": "Measure due",
}


@dataclass(frozen=True)
class AgendaLine:
    """One reason: its kind, the family, why in plain words, where to read more, since when."""

    kind: str
    family: UUID
    why: str
    href: str
    since: date


def build_agenda_line(
    row: Mapping[str, Any], *, kind: str, why: str, page: str, since: date, of: str = "id"
) -> AgendaLine:
    """Of a row with ``family`` and the id of ``page`` in its field ``of``."""
    return AgendaLine(kind, UUID(row["family"]), why, reverse_cached(page, row[of]), since)


def bring_due(queries: Iterable[Query], kinds: Mapping[str, str]) -> list[Query]:
    """The queries of a due.py, of whose items those come onto the agenda whose code is in ``kinds``."""
    return [replace(query, to_items=_build_due_lines(query.to_items, kinds)) for query in queries]


def _build_due_lines(
    to_items: Callable[[dict], Iterable[DueItem]], kinds: Mapping[str, str]
) -> Callable[[dict], Iterator[AgendaLine]]:
    def to_lines(row: dict[str, Any]) -> Iterator[AgendaLine]:
        for item in to_items(row):
            if item.code in kinds and item.family_id:
                yield build_due_line(item, item.family_id, kinds[item.code])

    return to_lines


def build_due_line(item: DueItem, family: UUID, kind: str) -> AgendaLine:
    """What is due for the family, as a reason to discuss it."""
    why = f"{item.title}. {item.why}" if item.why else f"{item.title}."
    return AgendaLine(kind, family, why, item.href, item.due_on)


def build_agenda_queries(scope: Scope, on: date, families: Iterable[UUID]) -> list[Query]:
    """Risk alerts that are open."""
    return bring_due(build_due_queries(scope, on, families), {"risk_alert": SAFETY})
