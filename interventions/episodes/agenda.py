"""What of episodes comes onto a supervision agenda: missed contacts, reviews, waits, losses, silence, stars."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from interventions.episodes.models import Episode, StarredContact, query_last_seen
from interventions.episodes.rules import find_unseen_days
from pairs.access.batch_query import Query, build_user_name, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.agenda import AgendaLine, build_agenda_line
from pairs.families.family_line import describe_loss
from pairs.families.models import Infant
from pairs.web.formats import format_short_day
from pairs.web.local_days import get_local_day

KINDS_BY_CODE = {"missed_contacts": "missed", "plan_review": "review"}


def build_agenda_queries(scope: Scope, on: date, families: Iterable[UUID]) -> list[Query]:
    """Of these families, whom the reader is known to see."""
    return [
        _build_loss_query(scope, families),
        _build_unseen_query(scope, on, families),
        _build_star_query(scope, families),
    ]


def _build_loss_query(scope: Scope, families: Iterable[UUID]) -> Query:
    """Babies who died while the work went on."""
    then_open = (
        Episode.objects.live().open().filter(family=OuterRef("family"), opened_on__lte=OuterRef("lost_on"))
    )
    rows = Infant.objects.visible_to(scope).filter(Exists(then_open), family__in=families)
    fields = {"id": "id", "family": "family_id", "name": "given_name", "loss": "loss", "on": "lost_on"}
    return Query(rows, fields, lambda row: [_build_loss_line(row)])


def _build_loss_line(row: dict[str, Any]) -> AgendaLine:
    lost_on = parse_date(row["on"])
    why = f"{row['name'] or 'The baby'}: {describe_loss(row['loss'], lost_on)}."
    return build_agenda_line(row, kind="loss", why=why, page="infant", since=lost_on)


def _build_unseen_query(scope: Scope, on: date, families: Iterable[UUID]) -> Query:
    rows = Episode.objects.visible_to(scope).open().filter(family__in=families)
    seen = Subquery(query_last_seen(OuterRef("pk")))
    fields = {"id": "id", "family": "family_id", "opened": "opened_on", "seen": seen}
    return Query(rows, fields, lambda row: _list_unseen_lines(row, on))


def _list_unseen_lines(row: dict[str, Any], on: date) -> Iterator[AgendaLine]:
    seen = parse_datetime(row["seen"])
    days = find_unseen_days(seen=seen and get_local_day(seen), opened=parse_date(row["opened"]), on=on)
    if days:
        why = f"Last seen {days} days ago." if seen else f"Not seen since the episode opened {days} days ago."
        since = on - timedelta(days=days)
        yield build_agenda_line(row, kind="quiet", why=why, page="episode", since=since)


def _build_star_query(scope: Scope, families: Iterable[UUID]) -> Query:
    rows = StarredContact.objects.visible_to(scope).active()
    rows = rows.filter(care_contact__episode__family__in=families)
    fields = {
        "id": "care_contact_id",
        "family": "care_contact__episode__family_id",
        "held": "care_contact__starts_at",
        "by": build_user_name("starred_by"),
        "at": "created_at",
    }
    return Query(rows, fields, lambda row: [_build_star_line(row)])


def _build_star_line(row: dict[str, Any]) -> AgendaLine:
    held = get_local_day(parse_datetime(row["held"]))
    why = f"{row['by']} starred the contact of {format_short_day(held)}."
    since = get_local_day(parse_datetime(row["at"]))
    return build_agenda_line(row, kind="starred", why=why, page="care-contact", since=since)
