"""Whose visit could be booked: families in work, and those accepted whose episode is not open yet."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from interventions.diary.models import Appointment, query_next_appointment
from interventions.diary.visit_briefing import load_families
from interventions.episodes.models import CareContact, Episode
from interventions.plans.models import build_working_q
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import describe_family
from pairs.families.models import Family
from referrals.models import Referral
from referrals.models.referral import ReferralQuerySet


@dataclass(frozen=True)
class BookableWork:
    """An episode or an accepted referral. ``next_at``: the next visit that is booked for it, or None."""

    line: FamilyLine
    next_at: datetime | None
    is_seen: bool
    path: str


def list_bookable_work(request: ScopedRequest, practitioner: UUID) -> list[BookableWork]:
    """What this practitioner has open, and what nobody has opened yet; those without a booking first."""
    episodes = list_visible(request, _query_episodes(practitioner))
    referrals = list_visible(request, _query_referrals())
    families = load_families(request, [row.family_id for row in (*episodes, *referrals)])
    work = [
        _build_work(row, families[row.family_id], page)
        for rows, page in ((episodes, "new-appointment"), (referrals, "new-first-visit"))
        for row in rows
        if row.family_id in families and request.scope.may("write_records", at=row.site_id)
    ]
    return sorted(work, key=_get_order)


def _query_episodes(practitioner: UUID) -> QuerySet[Episode]:
    mine = build_working_q(practitioner, timezone.localdate())
    seen = CareContact.objects.live().filter(episode=OuterRef("pk"))
    coming = query_next_appointment(Now())
    return Episode.objects.open().filter(mine).annotate(next_at=Subquery(coming), is_seen=Exists(seen))


def _query_referrals() -> ReferralQuerySet:
    coming = Appointment.objects.going_on().filter(referral=OuterRef("pk"), starts_at__gte=Now()).in_time()
    rows = Referral.objects.all().waiting_to_start()
    next_at = Subquery(coming.values("starts_at")[:1])
    return rows.annotate(next_at=next_at, is_seen=Value(False, models.BooleanField()))


def _build_work(row: Episode | Referral, family: Family, page: str) -> BookableWork:
    next_at = timezone.localtime(row.next_at) if row.next_at else None
    return BookableWork(describe_family(family), next_at, row.is_seen, reverse(page, args=[row.pk]))


def _get_order(work: BookableWork) -> tuple[bool, bool, datetime, str]:
    """Not seen yet, then without a booking, then the latest next visit last."""
    return work.next_at is not None, work.is_seen, work.next_at or timezone.now(), work.line.name
