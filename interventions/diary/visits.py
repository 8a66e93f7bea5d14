"""Loads the visits of a day or week with everything a diary and a home page show: two prepared queries."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Value

from interventions.diary.models import Appointment, AppointmentQuerySet, ExpectedPerson
from interventions.diary.rules import AppointmentStatus
from interventions.episodes.next_steps import describe_next_steps, query_next_steps
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.prepared_records import PreparedRecords, attach_rows
from pairs.access.records import OUT_OF_SIGHT
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.visible_records import annotate_family_id, list_prepared
from pairs.families.access import PERSON_FIELDS, build_listed_families_parts, join_families
from pairs.families.models import Family

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


@dataclass(frozen=True)
class LoadedVisits:
    """Visits in order of time, as ``with_all().with_staff()``; their families with people, and what comes next."""

    visits: list[Appointment]
    families: dict[UUID, Family]
    next_steps: dict[UUID, dict[str, Any]]  # by episode; empty where they were not asked for


def load_visits(
    request: ScopedRequest,
    start: datetime,
    end: datetime,
    kind: str,
    pk: UUID,
    *,
    with_next_steps: bool = False,
) -> LoadedVisits:
    """The visits in scope and their families, logged as listed: two queries."""
    visits = list_prepared(request, _PREPARED_VISITS, kind, start=start, end=end, of=pk)
    if not visits:
        return LoadedVisits([], {}, {})
    parts = _PREPARED_PARTS.rows(
        request.scope,
        with_next_steps,
        visits=[visit.pk for visit in visits],
        families=[visit.family_id for visit in visits],
        episodes=[visit.work.pk for visit in visits if visit.work],
    )
    _attach_people(visits, parts)
    families = {family.pk: family for family in join_families(request, parts)}
    return LoadedVisits(visits, families, describe_next_steps(parts.get("next_steps", [])))


def _query_visits_in_order(
    scope: TemplateScope, kind: str, start: Value, end: Value, of: UUID
) -> AppointmentQuerySet:
    rows = annotate_family_id(query_visits(start, end, kind, of).visible_to(scope)).with_staff().in_time()
    related = ("practitioner", "room__site", "episode", "referral__episode", "care_contact")
    return rows.select_related(*related).only(*VISIT_ROW_FIELDS)


def _build_visit_parts(
    scope: TemplateScope, with_next_steps: bool, visits: UUID, families: UUID, episodes: UUID
) -> dict[str, QuerySet[Any]]:
    steps = {"next_steps": query_next_steps(scope, [episodes])} if with_next_steps else {}
    return _query_visit_people(visits) | build_listed_families_parts(scope, families) | steps


def _query_visit_people(visits: UUID) -> dict[str, QuerySet[Any]]:
    along = Appointment.colleagues.through.objects.filter(appointment__in=[visits])
    expected = ExpectedPerson.objects.live().with_person().filter(appointment__in=[visits])
    return {
        "expected": expected.only("appointment", "infant", "caregiver", *PERSON_FIELDS),
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
_PREPARED_PARTS = PreparedRecords(_build_visit_parts)
