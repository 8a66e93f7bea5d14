"""Due items of the diary: visits to write up, cancellations to record and, if configured, nothing booked."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Appointment, AppointmentQuerySet, ExpectedPerson
from interventions.diary.rules import AppointmentStatus
from interventions.episodes.models import Episode
from pairs.access.batch_query import Query, parse_datetime, parse_uuid
from pairs.access.records import valid_q
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, DueItem, in_families
from pairs.families.models import Infant

IN_ERROR_LOOKBACK = timedelta(days=60)


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Past visits; open episodes without a next visit only if the setting NOTHING_BOOKED_IS_DUE is on."""
    asked = [_query_due_write_ups(scope, on, families), _query_due_repeat_write_ups(scope, on, families)]
    asked.append(_query_due_cancellations(scope, on, families))
    return asked + ([_query_due_bookings(scope, on, families)] if settings.NOTHING_BOOKED_IS_DUE else [])


def _get_start_of_day(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _build_infant_name() -> Subquery:
    """The name of a living infant: a reminder never shows the name of one who has died."""
    names = Infant.objects.active().filter(family=OuterRef("family")).order_by("birth_date", "twin_order")
    return Subquery(names.values("given_name")[:1])


def _get_due_fields() -> dict[str, Any]:
    return {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "owner": "practitioner_id",
        "at": "starts_at",
        "baby": _build_infant_name(),
    }


def _query_due_write_ups(scope: Scope, on: date, families: Iterable[UUID] | None) -> Query:
    rows = Appointment.objects.visible_to(scope).going_on().filter(in_families(families))
    return _build_write_up_query(rows, on)


def _query_due_repeat_write_ups(scope: Scope, on: date, families: Iterable[UUID] | None) -> Query:
    """Recent visits whose contact was entered in error, so that they need to be written up again."""
    rows = Appointment.objects.visible_to(scope).filter(in_families(families), status=AppointmentStatus.KEPT)
    rows = rows.filter(starts_at__gte=_get_start_of_day(on - IN_ERROR_LOOKBACK))
    return _build_write_up_query(rows.filter(_has_living_infant_expected(), ~valid_q("care_contact__")), on)


def _has_living_infant_expected() -> Exists:
    """Whether a living infant was expected."""
    babies = ExpectedPerson.objects.live().filter(appointment=OuterRef("pk"), infant__isnull=False)
    return Exists(babies.filter(infant__lost_on=None))


def _build_write_up_query(rows: AppointmentQuerySet, on: date) -> Query:
    return Query(
        rows.filter(starts_at__lt=_get_start_of_day(on)),
        _get_due_fields(),
        lambda row: [
            _build_visit_due_item(
                row, "visit_to_write_up", "Write up this visit, or say that it was cancelled", "appointment"
            )
        ],
    )


def _query_due_cancellations(scope: Scope, on: date, families: Iterable[UUID] | None) -> Query:
    """Visits cancelled by the family: they count towards missed contacts, so they must be recorded."""
    rows = Appointment.objects.visible_to(scope).filter(
        in_families(families), status=AppointmentStatus.CANCELLED_BY_FAMILY, care_contact=None
    )
    open_work = Q(episode__ended_on=None, episode__isnull=False) | Q(
        referral__episode__ended_on=None, referral__episode__isnull=False
    )
    return Query(
        rows.filter(_has_living_infant_expected(), open_work, starts_at__lt=_get_start_of_day(on)),
        _get_due_fields(),
        lambda row: [
            _build_visit_due_item(
                row, "cancelled_visit", "Record the visit that the family cancelled", "write-up"
            )
        ],
    )


def _build_visit_due_item(row: dict[str, str], code: str, title: str, address: str) -> DueItem:
    return DueItem(
        code=code,
        kind=DATA_QUALITY,
        title=title,
        subject_id=UUID(row["id"]),
        href=reverse(address, args=[row["id"]]),
        due_on=timezone.localdate(parse_datetime(row["at"])),
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=parse_uuid(row["owner"]),
        who=row["baby"] or "",
    )


def _query_due_bookings(scope: Scope, on: date, families: Any) -> Query:
    """Open episodes with a living infant in focus and no coming visit."""
    coming = Appointment.objects.going_on().of_episode(OuterRef("pk"), OuterRef("family"))
    coming = coming.filter(starts_at__gte=_get_start_of_day(on))
    living = Exists(Infant.objects.active().filter(dyads__episodes=OuterRef("pk")))
    rows = (
        Episode.objects.visible_to(scope).open().filter(in_families(families)).filter(living, ~Exists(coming))
    )
    fields = {
        "id": "id",
        "family": "family_id",
        "site": "site_id",
        "owner": "lead_id",
        "baby": _build_infant_name(),
    }

    def to_due_item(row: dict[str, str]) -> Iterator[DueItem]:
        yield DueItem(
            code="nothing_booked",
            kind=CLINICAL,
            title="Book the next visit",
            subject_id=UUID(row["id"]),
            href=reverse("new-appointment", args=[row["id"]]),
            due_on=on,
            family_id=UUID(row["family"]),
            site_id=UUID(row["site"]),
            owner_id=parse_uuid(row["owner"]),
            who=row["baby"] or "",
        )

    return Query(rows, fields, to_due_item)
