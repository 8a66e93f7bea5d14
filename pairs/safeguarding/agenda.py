"""What of safeguarding comes onto a supervision agenda: answers to ask for, how children stand, reviews of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import Scope
from pairs.families.agenda import AgendaLine, build_agenda_line
from pairs.safeguarding.due import PERSON_FIELDS, describe_person
from pairs.safeguarding.models import SafeguardingStatus
from pairs.safeguarding.rules import StatusKind
from pairs.web.formats import format_day

KINDS_BY_CODE = {"concern_answer": "safety", "status_review": "protected"}


def build_agenda_queries(scope: Scope, on: date, families: Iterable[UUID]) -> list[Query]:
    """Of these families, whom the reader is known to see."""
    return [_build_status_query(scope, families)]


def _build_status_query(scope: Scope, families: Iterable[UUID]) -> Query:
    """What stands on every page of the family as well: a child protection plan and its like."""
    rows = SafeguardingStatus.objects.visible_to(scope).on_banner().filter(family__in=families)
    return Query(rows, PERSON_FIELDS | {"kind": "kind", "since": "since"}, lambda row: [_build_line(row)])


def _build_line(row: dict[str, Any]) -> AgendaLine:
    since = parse_date(row["since"])
    why = f"{StatusKind(row['kind']).label} since {format_day(since)}: {describe_person(row)}."
    return build_agenda_line(row, kind="protected", why=why, page="safeguarding", since=since, of="family")
