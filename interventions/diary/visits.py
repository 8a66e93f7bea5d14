"""Loads the visits of a day or week with everything a diary shows: two prepared queries."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from interventions.diary.models import Appointment, AppointmentQuerySet, ExpectedPerson
from interventions.diary.rules import AppointmentStatus
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.records import OUT_OF_SIGHT
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, list_prepared

# Columns of a visit and its related rows that a diary row shows.
VISIT_ROW_FIELDS = (
    *(
        "family",
        "episode",
        "referral",
        "site",
        "starts_at",
        "minutes",
        "mechanism",
        "location",
        "room",
        "place",
    ),
    *("practitioner", "interpreter", "travel_minutes", "note", "status", "care_contact"),
    *("practitioner__display_name", "practitioner__username"),
    *("room__name", "room__access", "room__site__name"),
    *("episode__ended_on", "referral__episode__ended_on"),
    *(f"care_contact__{name}" for name in OUT_OF_SIGHT),
)


def query_visits(start: datetime | Value, end: datetime | Value, kind: str, pk: UUID) -> AppointmentQuerySet:
    """Visits from ``start`` to ``end`` of one ``kind`` of diary (site, room, person), without moved ones."""
    rows = Appointment.objects.exclude(status=AppointmentStatus.MOVED).between(start, end)
    return rows.of_person(pk) if kind == "person" else rows.filter(**{kind: pk})


def load_visits(
    request: ScopedRequest, start: datetime, end: datetime, kind: str, pk: UUID
) -> list[Appointment]:
    """The visits in scope, in order of time, as ``with_all().with_staff()``; logged as listed."""
    visits = list_prepared(request, _PREPARED_VISITS, kind, start=start, end=end, of=pk)
    if visits:
        _attach_people(visits, _PREPARED_PEOPLE.rows(request.scope, visits=[each.pk for each in visits]))
    return visits


def _query_visits_in_order(
    scope: TemplateScope, kind: str, start: Value, end: Value, of: UUID
) -> AppointmentQuerySet:
    rows = annotate_family_id(query_visits(start, end, kind, of).visible_to(scope)).with_staff().in_time()
    related = ("practitioner", "room__site", "episode", "referral__episode", "care_contact")
    return rows.select_related(*related).only(*VISIT_ROW_FIELDS)


def _query_visit_people(scope: TemplateScope, visits: UUID) -> dict[str, QuerySet[Any]]:
    along = Appointment.colleagues.through.objects.filter(appointment__in=[visits])
    return {
        "expected": ExpectedPerson.objects.live().with_person().filter(appointment__in=[visits]),
        "along": along.select_related("user").only("appointment", "user__display_name", "user__username"),
    }


def _attach_people(visits: list[Appointment], people: dict[str, list[Any]]) -> None:
    expected, along = defaultdict(list), defaultdict(list)
    for row in people["expected"]:
        expected[row.appointment_id].append(row)
    for row in people["along"]:
        along[row.appointment_id].append(row.user)
    for visit in visits:
        attach_rows(visit, "expected", expected[visit.pk])
        attach_rows(visit, "colleagues", along[visit.pk])


_PREPARED_VISITS = PreparedQuery(_query_visits_in_order)
_PREPARED_PEOPLE = PreparedRecords(_query_visit_people)
