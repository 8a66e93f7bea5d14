"""What of this app says where a referral stands (pairs/service/hooks.py): the next appointment."""

from typing import Any
from uuid import UUID

from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from interventions.diary.models import Appointment
from pairs.access.batch_query import Query, parse_datetime

MAX_APPOINTMENTS = 2000  # the slice keeps their order inside a union query


def build_progress_queries(referrals: UUID) -> list[Query]:
    """Of these referrals (a placeholder) and of their episodes, while they are with the family of the referral."""
    of_work = Q(referral__in=[referrals], family=F("referral__family"))
    of_work |= Q(episode__referral__in=[referrals], family=F("episode__referral__family"))
    booked = (
        Appointment.objects.live().going_on().filter(of_work, starts_at__gte=Now()).order_by("-starts_at")
    )
    fields = {"referral": Coalesce("referral_id", "episode__referral_id"), "at": "starts_at"}
    return [Query(booked[:MAX_APPOINTMENTS], fields, _to_booked)]  # the soonest comes last, and stays


def _to_booked(row: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    at = parse_datetime(row["at"])
    return [(row["referral"], {"booked": timezone.localtime(at) if at else None})]
