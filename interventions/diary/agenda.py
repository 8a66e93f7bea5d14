"""What of the diary comes onto a supervision agenda: a visit stopped by a death, to keep or cancel."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from interventions.diary.models import Appointment
from pairs.access.batch_query import Query, parse_datetime
from pairs.access.scope import Scope
from pairs.families.agenda import AgendaLine, build_agenda_line
from pairs.web.formats import format_day_and_time
from pairs.web.local_days import get_local_day


def build_agenda_queries(scope: Scope, on: date, families: Iterable[UUID]) -> list[Query]:
    """Of these families, whom the reader is known to see."""
    rows = Appointment.objects.visible_to(scope).to_keep_or_cancel().filter(family__in=families)
    return [
        Query(rows, {"id": "id", "family": "family_id", "at": "starts_at"}, lambda row: [_build_line(row)])
    ]


def _build_line(row: dict[str, Any]) -> AgendaLine:
    starts_at = parse_datetime(row["at"])
    why = f"Keep or cancel the visit of {format_day_and_time(starts_at)}, booked before the loss."
    return build_agenda_line(row, kind="loss", why=why, page="appointment", since=get_local_day(starts_at))
