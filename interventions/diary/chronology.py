"""Chronology events of cancelled and moved visits. A visit that took place appears as a care contact."""

from django.urls import reverse

from interventions.diary.models import Appointment
from interventions.diary.rules import CANCELLED_STATUSES, AppointmentStatus
from pairs.access.batch_query import Query, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event
from pairs.families.models import Family
from pairs.web.jinja_environment import format_short_day


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Cancelled visits without a care contact, and moved visits."""
    rows = Appointment.objects.visible_to(scope).filter(
        family=family, care_contact=None, status__in=[*sorted(CANCELLED_STATUSES), AppointmentStatus.MOVED]
    )
    fields = {"id": "id", "at": "starts_at", "status": "status", "why": "why"}
    fields |= {"to": "moved_to__starts_at", "by": "practitioner__display_name"}

    def to_event(row):
        moved = f"To {format_short_day(parse_datetime(row['to']))}" if row["to"] else ""
        status = AppointmentStatus(row["status"]).label
        yield Event(
            "contact",
            parse_datetime(row["at"]),
            f"Visit: {status[0].lower()}{status[1:]}",
            href=reverse("appointment", args=[row["id"]]),
            who=row["by"],
            text=moved or row["why"],
        )

    return [Query(rows, fields, to_event)]
