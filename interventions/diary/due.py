"""Due items of the diary: visits to write up, cancellations to record and, if configured, nothing booked."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from interventions.diary.models import Appointment, AppointmentQuerySet, ExpectedPerson
from interventions.diary.rules import AppointmentStatus
from interventions.episodes.models import CareContact, Episode
from pairs.access.batch_query import Query, parse_datetime, parse_uuid
from pairs.access.records import valid_q
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DATA_QUALITY, DueItem, always_due, in_families
from pairs.families.models import Family, Infant
from pairs.web.local_days import get_start_of_day
from pairs.web.url_cache import reverse_cached
from referrals.models import Referral
from referrals.rules.choices import ReferralState

IN_ERROR_LOOKBACK = timedelta(days=60)


def build_family_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Past visits; open episodes without a next visit only if the setting NOTHING_BOOKED_IS_DUE is on."""
    asked = [_query_due_write_ups(scope, on, families), _query_due_repeat_write_ups(scope, on, families)]
    asked.append(_query_due_cancellations(scope, on, families))
    asked += [_query_due_joint_visits(scope, families), _query_due_places(scope, families)]
    return asked + ([_query_due_bookings(scope, on, families)] if settings.NOTHING_BOOKED_IS_DUE else [])


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
    rows = rows.filter(starts_at__gte=get_start_of_day(on - IN_ERROR_LOOKBACK))
    return _build_write_up_query(rows.filter(_has_living_infant_expected(), ~valid_q("care_contact__")), on)


def _has_living_infant_expected() -> Exists:
    """Whether a living infant was expected."""
    babies = ExpectedPerson.objects.live().filter(appointment=OuterRef("pk"), infant__isnull=False)
    return Exists(babies.filter(infant__lost_on=None))


def _build_write_up_query(rows: AppointmentQuerySet, on: date) -> Query:
    return Query(
        rows.filter(starts_at__lt=get_start_of_day(on)),
        _get_due_fields(),
        lambda row: [
            _build_visit_due_item(row, "visit_to_write_up", "Write up or cancel this visit", "appointment")
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
        rows.filter(_has_living_infant_expected(), open_work, starts_at__lt=get_start_of_day(on)),
        _get_due_fields(),
        lambda row: [
            _build_visit_due_item(
                row, "cancelled_visit", "Record the visit that the family cancelled", "write-up"
            )
        ],
    )


def _query_due_joint_visits(scope: Scope, families: Iterable[UUID] | None) -> Query:
    """Whoever referred comes to the first visit: it is booked with them, and they are told of a new time again."""
    seen = CareContact.objects.live().with_family().attended().filter(episode__referral=OuterRef("pk"))
    of_work = Q(referral=OuterRef("pk")) | Q(episode__referral=OuterRef("pk"))
    coming = Appointment.objects.going_on().filter(of_work, family=OuterRef("family"), starts_at__gte=Now())
    rows = Referral.objects.live().filter(
        in_families(families), ~Exists(seen), status=ReferralState.ACCEPTED, first_visit_together=True,
        family__in=Family.objects.visible_to(scope),
    )  # fmt: skip
    rows = rows.filter(Q(episode=None) | Q(episode__ended_on=None))
    rows = rows.annotate(booked=Subquery(coming.order_by("-created_at").values("created_at")[:1]))
    rows = rows.filter(Q(referrer_told_at=None) | Q(booked__gt=F("referrer_told_at")))
    fields = {
        "id": "id",
        "family": "family_id",
        "site": "family__site_id",
        "owner": Coalesce("episode__lead", "lead"),
        "episode": "episode__id",
        "at": Coalesce("booked", "decided_at", "received_at"),
        "booked": "booked",
        "baby": _build_infant_name(),
    }
    return Query(rows, fields, _list_joint_visit_items)


def _list_joint_visit_items(row: dict[str, Any]) -> Iterator[DueItem]:
    if row["booked"]:
        title, href = (
            "Tell the referrer when the first visit is",
            reverse_cached("tell-referrer", row["id"]),
        )
    elif row["episode"]:
        title, href = (
            "Book the first visit with the referrer",
            reverse_cached("new-appointment", row["episode"]),
        )
    else:
        title, href = (
            "Book the first visit with the referrer",
            reverse_cached("new-first-visit", row["id"]),
        )
    yield DueItem(
        code="joint_first_visit",
        kind=CLINICAL,
        title=title,
        subject_id=UUID(row["id"]),
        href=href,
        due_on=timezone.localdate(parse_datetime(row["at"])),
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=parse_uuid(row["owner"]),
        who=row["baby"] or "",
        why="Joint first visit agreed.",
    )


def _query_due_places(scope: Scope, families: Iterable[UUID] | None) -> Query:
    """Coming visits in a room of another site than the family's own: it has moved, and the room has not."""
    rows = (
        Appointment.objects.visible_to(scope).going_on().filter(in_families(families), starts_at__gte=Now())
    )
    return Query(
        rows.exclude(room=None).exclude(room__site=F("site")),
        _get_due_fields() | {"room": "room__name", "room_site": "room__site__name"},
        lambda row: [
            replace(
                _build_visit_due_item(
                    row, "visit_place_after_move", "Choose a place for this visit", "change-appointment"
                ),
                kind=CLINICAL,
                due_on=timezone.localdate(),
                why=f"It is booked in {row['room']}, {row['room_site']}, a site the family has left.",
            )
        ],
    )


def _build_visit_due_item(row: dict[str, str], code: str, title: str, address: str) -> DueItem:
    return DueItem(
        code=code,
        kind=DATA_QUALITY,
        title=title,
        subject_id=UUID(row["id"]),
        href=reverse_cached(address, row["id"]),
        due_on=timezone.localdate(parse_datetime(row["at"])),
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        owner_id=parse_uuid(row["owner"]),
        who=row["baby"] or "",
    )


def _query_due_bookings(scope: Scope, on: date, families: Any) -> Query:
    """Open episodes with a living infant in focus and no coming visit."""
    coming = Appointment.objects.going_on().of_episode(OuterRef("pk"), OuterRef("family"))
    coming = coming.filter(starts_at__gte=get_start_of_day(on))
    living = Exists(Infant.objects.active().filter(dyads__episodes=OuterRef("pk")))
    rows = (
        Episode.objects.visible_to(scope).open().filter(in_families(families)).filter(living, ~Exists(coming))
    )
    fields: dict[str, Any] = {"id": "id", "family": "family_id", "site": "site_id", "owner": "lead_id"}
    fields |= {"who": _build_infant_name()}
    booking = {"code": "nothing_booked", "kind": CLINICAL, "title": "Book the next visit"}
    return Query(rows, fields, always_due(**booking, page="new-appointment", due_on=on))
