"""Fetches the referral of a triage page, and formats its header; a page that is a form about one."""

from datetime import date
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.submissions.form_page import FormPage, Link
from pairs.web.jinja_environment import format_age, format_day
from referrals.models import Referral
from referrals.rules.clocks import DecisionWait, calculate_decision_wait


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
    """Born when and how old, or due when; of somebody named or held."""
    if person.birth_date:
        return f"Born {format_day(person.birth_date)}, {format_age(person.birth_date, timezone.localdate())}"
    due = getattr(person, "estimated_due_date", None) or getattr(person, "due_date", None)
    return f"Due {format_day(due)}" if due else "Date of birth not known"
