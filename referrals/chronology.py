"""Timeline events of referrals and consultations: receipt and every step."""

from typing import Any

from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query, pick_texts
from pairs.families.models import Family
from referrals.models import ConsultationStep, Referral, ReferralStatus
from referrals.rules.choices import ConsultationStatus, EntryPoint, ReferralState


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Received, with who referred; then each step with its reason; and thinking with another professional."""
    steps = ReferralStatus.objects.visible_to(scope).filter(referral__family=family)
    return [
        build_event_query(
            "referral",
            Referral.objects.visible_to(scope).filter(family=family),
            EventRule(
                "received_at",
                lambda row: f"Referral {row['reference']} received",
                "referrer__display_name",
                lambda row: EntryPoint(row["entry_point"]).label,
                (("What was noticed", "noticed"), ("In the parent's words", "parent_says")),
            ),
            page=("referral", "id"),
            fields=("reference", "entry_point"),
        ),
        build_event_query(
            "referral",
            steps.exclude(status=ReferralState.RECEIVED),
            EventRule("at", _format_step, "by__display_name", _describe_step),
            page=("referral", "referral_id"),
            fields={name: name for name in ("status", "reason", "destination")}
            | {"reference": "referral__reference"},
        ),
        build_event_query(
            "referral",
            ConsultationStep.objects.visible_to(scope).filter(consultation__family=family),
            EventRule("at", _format_consultation, "by__display_name", "reason", _list_thoughts),
            page=("consultation", "consultation_id"),
            fields={"status": "status"}
            | {
                name: f"consultation__{name}" for name in ("reference", "thoughts", "agreed", "happened_next")
            },
        ),
    ]


def _format_step(row: dict[str, Any]) -> str:
    return f"Referral {row['reference']}: {ReferralState(row['status']).label.lower()}"


def _describe_step(row: dict[str, Any]) -> str:
    return ". ".join(filter(None, [row["reason"], row["destination"]]))


def _format_consultation(row: dict[str, Any]) -> str:
    return f"Consultation {row['reference']}: {ConsultationStatus(row['status']).label.lower()}"


def _list_thoughts(row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    held = row["status"] == ConsultationStatus.HELD
    texts = (
        ("Consultation summary", "thoughts"),
        ("Agreed", "agreed"),
        ("What happened next", "happened_next"),
    )
    return pick_texts(row, texts) if held else ()
