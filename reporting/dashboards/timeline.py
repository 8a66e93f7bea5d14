"""A family's timeline across all apps: loaded or counted in one query, filtered, and put into words for a page."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from pairs.access.batch_query import PreparedBatch
from pairs.access.prepared_queries import PreparedSum
from pairs.access.scope import NOBODY, OpenFamilyScope, TemplateScope
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
    found = [*list_birth_and_loss_events(family), *_EVENT_BATCH.list_results(NOBODY, family=family.pk)]
    return sorted(found, key=get_event_moment, reverse=True)


def count_family_events(family: Any) -> int:
    """How many there are, without reading them."""
    return len(list_birth_and_loss_events(family)) + _NUMBER_OF_EVENTS.add_up(NOBODY, family=family.pk)


def _build_event_queries(_: TemplateScope, family: UUID) -> list[EventQuery]:
    """For whichever family is asked about: its id comes from the rows, never from here."""
    scope, whoever = OpenFamilyScope(family), Family(pk=family)
    return [query for build in BUILD_EVENTS for query in build(scope, whoever)]


def _query_numbers_told(template: TemplateScope, family: UUID) -> list[Any]:
    return [query.query_number_told() for query in _build_event_queries(template, family)]


_EVENT_BATCH, _NUMBER_OF_EVENTS = PreparedBatch(_build_event_queries), PreparedSum(_query_numbers_told)


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
