"""What the diary adds to a family's chronology: visits that were cancelled or moved. What came about is a contact."""

from django.urls import reverse

from interventions.diary.models import Appointment
from interventions.diary.rules import CANCELLED, MOVED, STATUSES
from pairs.access.asking import Question, moment
from pairs.families.chronology import Event
from pairs.service.pages import short_day


def questions(scope, family):
    """Cancelled visits that no contact speaks of, and moved ones."""
    rows = Appointment.objects.visible_to(scope).filter(
        family=family, care_contact=None, status__in=[*sorted(CANCELLED), MOVED]
    )
    fields = {"id": "id", "at": "starts_at", "status": "status", "why": "why"}
    fields |= {"to": "moved_to__starts_at", "by": "practitioner__display_name"}
    words = dict(STATUSES)

    def says(row):
        moved = f"To {short_day(moment(row['to']))}" if row["to"] else ""
        yield Event(
            "contact",
            moment(row["at"]),
            f"Visit: {words[row['status']][0].lower()}{words[row['status']][1:]}",
            href=reverse("appointment", args=[row["id"]]),
            who=row["by"],
            text=moved or row["why"],
        )

    return [Question(rows, fields, says)]
