"""Chronology events of referrals and consultations: receipt and every step."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from pairs.access.batch_query import Query, parse_datetime
from pairs.access.scope import Scope
from pairs.families.chronology import Event
from pairs.families.models import Family
from referrals.models import ConsultationStep, Referral, ReferralStatus
from referrals.rules.choices import ConsultationStatus, EntryPoint, ReferralState


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Received, with who referred; then each step with its reason."""
    return [
        _build_received_query(scope, family),
        _build_steps_query(scope, family),
        _build_consultations_query(scope, family),
    ]


def _build_received_query(scope: Scope, family: Family) -> Query:
    rows = Referral.objects.visible_to(scope).filter(family=family)
    fields = {"id": "id", "reference": "reference", "at": "received_at", "entry_point": "entry_point"}
    fields |= {"by": "referrer__display_name", "noticed": "noticed", "says": "parent_says"}

    def to_event(row: dict[str, Any]) -> Any:
        said = (("What was noticed", row["noticed"]), ("In the parent's words", row["says"]))
        yield Event(
            "referral",
            parse_datetime(row["at"]),
            f"Referral {row['reference']} received",
            href=reverse("referral", args=[row["id"]]),
            who=row["by"] or "",
            text=EntryPoint(row["entry_point"]).label,
            reading=tuple(each for each in said if each[1]),
        )

    return Query(rows, fields, to_event)


def _build_steps_query(scope: Scope, family: Family) -> Query:
    rows = ReferralStatus.objects.visible_to(scope).filter(referral__family=family)
    fields = {"id": "referral_id", "reference": "referral__reference", "at": "at", "status": "status"}
    fields |= {"by": "by__display_name", "reason": "reason", "destination": "destination"}

    def to_event(row):
        yield Event(
            "referral",
            parse_datetime(row["at"]),
            f"Referral {row['reference']}: {ReferralState(row['status']).label.lower()}",
            href=reverse("referral", args=[row["id"]]),
            who=row["by"] or "",
            text=". ".join(filter(None, [row["reason"], row["destination"]])),
        )

    return Query(rows.exclude(status=ReferralState.RECEIVED), fields, to_event)


def _build_consultations_query(scope: Scope, family: Family) -> Query:
    """Another professional thought about them with us: asked for, arranged, held."""
    rows = ConsultationStep.objects.visible_to(scope).filter(consultation__family=family)
    fields = {"id": "consultation_id", "reference": "consultation__reference", "at": "at", "status": "status"}
    fields |= {"by": "by__display_name", "reason": "reason", "thoughts": "consultation__thoughts"}

    def to_event(row: dict[str, str]) -> Iterator[Event]:
        thought = (
            (("What we thought together", row["thoughts"]),)
            if row["status"] == ConsultationStatus.HELD
            else ()
        )
        yield Event(
            "referral",
            parse_datetime(row["at"]),
            f"Consultation {row['reference']}: {ConsultationStatus(row['status']).label.lower()}",
            href=reverse("consultation", args=[row["id"]]),
            who=row["by"] or "",
            text=row["reason"],
            reading=tuple(each for each in thought if each[1]),
        )

    return Query(rows, fields, to_event)
