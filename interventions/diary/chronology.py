"""Timeline events of cancelled and moved visits. A visit that took place appears as a care contact."""

from typing import Any

from interventions.diary.models import Appointment
from interventions.diary.rules import CANCELLED_STATUSES, AppointmentStatus
from pairs.access.batch_query import Query, parse_datetime
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family
from pairs.web.formats import format_short_day


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Cancelled visits without a care contact, and moved visits."""
    rows = Appointment.objects.visible_to(scope).filter(
        family=family, care_contact=None, status__in=[*sorted(CANCELLED_STATUSES), AppointmentStatus.MOVED]
    )
    rule = EventRule("starts_at", _format_title, "practitioner__display_name", _describe_why)
    fields = {"status": "status", "why": "why", "to": "moved_to__starts_at"}
    return [build_event_query("contact", rows, rule, page=("appointment", "id"), fields=fields)]


def _format_title(row: dict[str, Any]) -> str:
    status = AppointmentStatus(row["status"]).label
    return f"Visit: {status[0].lower()}{status[1:]}"


def _describe_why(row: dict[str, Any]) -> str:
    return f"To {format_short_day(parse_datetime(row['to']))}" if row["to"] else row["why"]
