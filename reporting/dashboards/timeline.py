"""A family's timeline across all apps: loaded or counted in one query, filtered, and put into words for a page.

A page that shows more of the family reads ``build_event_queries`` or ``build_event_total`` as a part of its statement.
"""

import itertools
from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from pairs.access.prepared_records import Part, PreparedRecords, Total
from pairs.access.scope import NOBODY, OpenFamilyScope
from pairs.families.chronology import list_birth_and_loss_events
from pairs.families.events import EVENT_KINDS, Event, EventQuery
from pairs.families.models import Family
from pairs.service.hooks import list_hooks
from pairs.web.local_days import get_start_of_day

BUILD_EVENTS = list_hooks("chronology", "build_chronology_queries")


def list_family_events(family: Any) -> list[Event]:
    """All apps' events of a family, newest first, in one query: whoever may read the family reads its timeline.

    The caller has fetched it in scope, with its people.
    """
    return join_events(family, _EVENTS.rows(NOBODY, family=family.pk)["events"])


def join_events(family: Any, told: list[list[Event]]) -> list[Event]:
    """The same, newest first, of what ``build_event_queries`` told."""
    found = itertools.chain(list_birth_and_loss_events(family), *told)
    return sorted(found, key=get_event_moment, reverse=True)


def count_family_events(family: Any) -> int:
    """How many there are, without reading them."""
    return add_up_events(family, _NUMBER_OF_EVENTS.rows(NOBODY, family=family.pk)["told"])


def add_up_events(family: Any, told: list[int]) -> int:
    """The same, of what ``build_event_total`` told."""
    return len(list_birth_and_loss_events(family)) + sum(told)


def build_event_queries(family: UUID) -> list[EventQuery]:
    """For whichever family is asked about: its id comes from the rows, never from here."""
    scope, whoever = OpenFamilyScope(family), Family(pk=family)
    return [query for build in BUILD_EVENTS for query in build(scope, whoever)]


def build_newest_parts(family: UUID, number: int) -> dict[str, Part]:
    """The parts "events", at least the newest so many of each query, and "left_out", how many more there are of those
    queries that may have many rows.
    """
    queries = build_event_queries(family)
    left_out = [query.query_number_left_out(number) for query in queries if query.many]
    return {"events": [query.limit_to_newest(number) for query in queries], "left_out": Total(left_out)}


def build_event_total(family: UUID) -> Total:
    """How many they tell."""
    return Total([query.query_number_told() for query in build_event_queries(family)])


_EVENTS = PreparedRecords(lambda _, family: {"events": build_event_queries(family)})
_NUMBER_OF_EVENTS = PreparedRecords(lambda _, family: {"told": build_event_total(family)})


def get_event_moment(event: Event) -> datetime:
    """Sort key: a date without a time sorts before the timed events of that day."""
    if isinstance(event.at, datetime):
        return timezone.localtime(event.at)
    return get_start_of_day(event.at)


def filter_events(
    events: Iterable[Event],
    *,
    what: str = "",
    person: str = "",
    since: date | None = None,
    until: date | None = None,
) -> list[Event]:
    """Those of one kind, about one person, within these days; a restricted one is found by no filter."""
    first, last = since or date.min, until or date.max
    return [
        event
        for event in events
        if first <= get_event_moment(event).date() <= last
        and what in ("", event.kind)
        and (not person or person in map(str, event.people))
        and not (event.restricted and (what or person or since or until))
    ]


def count_by_kind(events: Iterable[Event]) -> list[tuple[str, str, int]]:
    """[(kind, words, number)] of the kinds that there are, in the order of the filter."""
    counts = Counter(event.kind for event in events if not event.restricted)
    return [(kind, words, counts[kind]) for kind, words in EVENT_KINDS.items() if counts[kind]]


def present_event(event: Event, reader: UUID | None) -> dict[str, Any]:
    """An entry of templates/components/entries.html. What is not signed is read by whoever writes it alone,
    and never on paper, where there is no ``reader``.
    """
    mine = event.writer is not None and event.writer == reader
    return {
        "restricted": event.restricted,
        "kind": event.kind,
        "at": event.at,
        "timed": isinstance(event.at, datetime),
        "title": event.title,
        "href": event.href,
        "who": event.who,
        "text": event.text,
        "reading": event.reading + (event.unsigned if mine else ()),
        "unsigned": mine,
        "awaited": event.writer is not None and not mine,
    }
