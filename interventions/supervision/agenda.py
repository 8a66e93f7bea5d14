"""What of supervision comes onto its own agenda: what was agreed before and is not done."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from interventions.supervision.models import CaseDecision, build_to_do_words
from pairs.access.batch_query import Query, build_user_name, parse_date, parse_datetime
from pairs.access.scope import Scope
from pairs.families.agenda import AgendaLine, build_agenda_line
from pairs.web.formats import format_short_day


def build_agenda_queries(scope: Scope, on: date, families: Iterable[UUID]) -> list[Query]:
    """Of these families, whom the reader is known to see."""
    rows = CaseDecision.objects.visible_to(scope).filter(family__in=families).to_do()
    fields = {
        "id": "id",
        "family": "family_id",
        "what": build_to_do_words(),
        "do_by": "do_by",
        "at": "created_at",
    }
    return [Query(rows, fields | {"owner": build_user_name("owner")}, lambda row: [_build_line(row, on)])]


def _build_line(row: dict[str, Any], on: date) -> AgendaLine:
    do_by = parse_date(row["do_by"])
    since = do_by or timezone.localdate(parse_datetime(row["at"]))
    when = f", was due {format_short_day(do_by)}" if do_by and do_by < on else ""
    when = when or (f", due {format_short_day(do_by)}" if do_by else ", no date")
    why = f"Not done yet: {row['what']} ({row['owner']}{when})"
    return build_agenda_line(row, kind="agreed", why=why, page="decision-done", since=since)
