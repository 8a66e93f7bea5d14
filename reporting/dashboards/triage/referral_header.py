"""Fetches the referral of a triage page, and formats its header; a page that is a form about one."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.families.ages import Birth, format_ages
from pairs.families.last_day import get_last_day, has_died
from pairs.submissions.form_page import FormPage, Link
from pairs.web.formats import format_day
from referrals.bank_holidays import ENGLAND
from referrals.models import Referral
from referrals.rules.choices import PermissionBasis, ReferralState
from referrals.rules.clocks import DecisionWait, calculate_decision_wait
from referrals.rules.reading_deadline import format_time_left, get_reading_deadline


def get_triaged_referral(request: ScopedRequest, referral_id: UUID) -> Any:
    """With its people, in scope or 404; to be triaged at its site or 403."""
    referrals = Referral.objects.with_people().select_related("family")
    return get_visible_or_404(request, referrals, pk=referral_id, may="triage_referrals")


class TriagedReferralPage(FormPage):
    """A form about a referral in triage, that leads back to its decision."""

    def get_back_link(self) -> Link:
        return Link(reverse("decide-referral", args=[self.record.pk]), self.record.reference)


def get_decision_wait(referral: Referral, on: date) -> DecisionWait:
    """How long it has waited for a decision, in whole days."""
    return calculate_decision_wait(received=timezone.localdate(referral.received_at), decided=None, on=on)


def describe_referrer(referral: Referral) -> str:
    """Who asks, as far as anybody said."""
    people = [str(each) for each in (referral.referrer, referral.team) if each]
    return ", ".join(people) or referral.asker_name or "The family"


def describe_birth(person: Any) -> str:
    """Born when and how old (a baby born early: by corrected age too), or due when; of somebody named or held."""
    if has_died(person):
        return f"Died {format_day(get_last_day(person))}"
    due = getattr(person, "estimated_due_date", None) or getattr(person, "due_date", None)
    if person.birth_date:
        birth = Birth(person.birth_date, getattr(person, "gestation_weeks", None), due)
        return f"Born {format_day(person.birth_date)}, {format_ages(birth, timezone.localdate())}"
    return f"Due {format_day(due)}" if due else "Date of birth not known"


def describe_reading_deadline(referral: Referral, now: datetime) -> dict[str, Any]:
    """How long there is to read it, in words, and whether it is late; nothing once somebody has."""
    if referral.first_read_at or referral.status != ReferralState.RECEIVED:
        return {"read": "", "late": False}
    by = referral.read_by_time or get_reading_deadline(referral.received_at, ENGLAND)
    return {"read": format_time_left(now, by, ENGLAND), "late": now > by}


def list_referral_flags(referral: Referral) -> list[str]:
    """What to take note of, in words; of a referral that was fetched with its people."""
    infants, carers = referral.infants.all(), referral.caregivers.all()
    unborn = any(
        infant.birth_date is None and infant.estimated_due_date and not infant.lost_on for infant in infants
    )
    found = [
        ("Unborn", unborn),
        ("No one named yet", not infants and not referral.patient_id),
        ("Interpreter", any(carer.needs_interpreter for carer in carers)),
        ("A carer's own help", referral.patient_id is not None),
        ("Without the parent's agreement", referral.permission == PermissionBasis.LAWFUL_BASIS),
    ]
    return [text for text, holds in found if holds]
