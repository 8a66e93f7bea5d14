"""An event of a family's timeline, and how an app says which of its rows tell of which events.

An app offers ``build_chronology_queries(scope, family)`` in its chronology.py. Each query is one declaration: the rows,
and for each event that a row may tell the field with its moment and its words (``EventRule``). The dashboards run those
of all apps as one prepared query (pairs.access.batch_query), so that an id never comes from ``family``, which is a
placeholder there, but from the row. Hidden rows (entered in error, sealed by an adoption or a merge) are never among
them, since every query starts from ``visible_to(scope)``.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery

from pairs.access.batch_query import Query, parse_date, parse_datetime, parse_uuid
from pairs.access.records import RecordQuerySet, live_q
from pairs.service.models import User
from pairs.web.url_cache import reverse_cached

# What an event is, in the order that the filter offers it. An app adds no kind of its own: it chooses one.
EVENT_KINDS = {
    "referral": "Referrals",
    "episode": "Episodes",
    "contact": "Contacts",
    "goal": "Goals",
    "measure": "Measures",
    "decision": "Decisions",
    "alert": "Risk alerts and cautions",
    "safeguarding": "Safeguarding",
    "birth": "Births and losses",
    "address": "Addresses and moves",
    "letter": "Letters and sharing",
    "record": "Records put together",
}

Row = dict[str, Any]
Reading = tuple[tuple[str, str], ...]  # longer texts: (heading, words)


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, where to read more, about whom (nobody: the whole family)."""

    kind: str
    at: date | datetime
    title: str
    href: str = ""
    who: str = ""  # who did it or wrote it down
    text: str = ""  # a sentence, always shown
    reading: Reading = ()
    people: frozenset[UUID] = frozenset()
    # What is written and not signed yet: for the page of whoever writes it, and for nobody else.
    writer: UUID | None = None
    unsigned: Reading = ()
    restricted: bool = False  # sealed: that there is an entry, and nothing more


@dataclass(frozen=True)
class EventQuery(Query):
    """A query whose rows tell events: one for each of ``moments`` (lookups or expressions) that is filled in.

    ``many``: a family may have hundreds of these rows, each of one moment; who shows the newest reads no more.
    """

    moments: tuple[Any, ...] = ()
    many: bool = False

    def limit_to_newest(self, number: int) -> "EventQuery":
        """The same, of the newest rows alone where there may be many."""
        return dataclasses.replace(self, rows=self._order_by_newest()[:number]) if self.many else self

    def query_number_left_out(self, number: int) -> QuerySet:
        """Of each row that ``limit_to_newest`` leaves out how many events it tells, as its one column."""
        return self._order_by_newest()[number:].values_list(self._count_moments())

    def query_number_told(self) -> QuerySet:
        """Of each row how many events it tells, as its one column."""
        return self.rows.order_by().values_list(self._count_moments())

    def _order_by_newest(self) -> QuerySet:
        return self.rows.order_by(F(*self.moments).desc(), "pk")

    def _count_moments(self) -> Func:
        return Func(*self.moments, function="NUM_NONNULLS", output_field=IntegerField())


@dataclass(frozen=True)
class EventRule:
    """One event that a row may tell: it does where the field of its moment is filled in.

    ``at``, ``who`` and a ``text`` that is no function are fields of the row, as Django's lookups name them; a
    ``title`` that is no function is the title itself. ``reading``: (heading, field) of each longer text, of which the
    empty ones are left out; or a function of the row.
    """

    at: str
    title: str | Callable[[Row], str]
    who: str = ""
    text: str | Callable[[Row], str] = ""
    reading: Reading | Callable[[Row], Reading] = ()

    def list_fields(self) -> Iterator[str]:
        """The fields that it names."""
        named = [self.at, self.who, "" if callable(self.text) else self.text]
        fields = () if callable(self.reading) else tuple(field for _, field in self.reading)
        yield from filter(None, (*named, *fields))

    def build(self, row: Row, **shared: Any) -> Event:
        return Event(
            at=_parse_moment(row[self.at]),
            title=self.title(row) if callable(self.title) else self.title,
            who=(self.who and row[self.who]) or "",
            text=(self.text(row) if callable(self.text) else self.text and row[self.text]) or "",
            reading=self.reading(row) if callable(self.reading) else pick_texts(row, self.reading),
            **shared,
        )


def _parse_moment(text: str) -> date | datetime | None:
    return parse_datetime(text) if "T" in text else parse_date(text)


def build_event_query(
    kind: str,
    rows: RecordQuerySet,
    *rules: EventRule,
    page: tuple[str, str] | None = None,
    people: tuple[str, ...] | Callable[[Row], frozenset[UUID]] = (),
    fields: Mapping[str, Any] | tuple[str, ...] = (),
) -> EventQuery:
    """What the rows tell, as Events of that kind.

    ``page``: (name of an address, field of its id), to read more; ``people``: the fields of those it is about, or a
    function of the row; ``fields``: what the rules' functions read besides, under its own name or another.
    """
    more = dict(fields) if isinstance(fields, Mapping) else {name: name for name in fields}
    named = {name for rule in rules for name in rule.list_fields()}
    named |= {page[1]} if page else set()
    named |= set() if callable(people) else set(people)

    def to_events(row: Row) -> Iterator[Event]:
        shared = {
            "kind": kind,
            "href": reverse_cached(page[0], row[page[1]]) if page else "",
            "people": people(row) if callable(people) else parse_person_ids(*(row[name] for name in people)),
        }
        return (rule.build(row, **shared) for rule in rules if row[rule.at])

    fields_by_name = {
        name: _read_name_by_row(field)
        for name, field in ({name: name for name in sorted(named - set(more))} | more).items()
    }
    return EventQuery(rows, fields_by_name, to_events, tuple(fields_by_name[rule.at] for rule in rules))


def _read_name_by_row(field: Any) -> Any:
    """A colleague's name is read for each row that there is.

    A timeline would join the colleagues fifty times, which PostgreSQL makes ready for rows or none.
    """
    path, _, name = field.rpartition("__") if isinstance(field, str) else ("", "", "")
    if not path or name != "display_name":
        return field
    return Subquery(User.objects.filter(pk=OuterRef(path)).order_by().values(name))


def pick_texts(row: Row, texts: Reading) -> Reading:
    """(heading, words) of the fields that are filled in."""
    return tuple((heading, row[field]) for heading, field in texts if row[field])


def parse_person_ids(*ids: str | None) -> frozenset[UUID]:
    """The people an event is about, from the ids in a row."""
    return frozenset(filter(None, map(parse_uuid, ids)))


def exclude_hidden_people(rows: RecordQuerySet, *paths: str) -> RecordQuerySet:
    """Without the rows that name a hidden person (sealed, or entered in error) at one of the paths."""
    return rows.filter(*(live_q(f"{path}__") for path in paths))
