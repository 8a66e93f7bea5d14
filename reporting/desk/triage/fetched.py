"""The referral that a page of triage is about, and what stands above each of them."""

from django.utils import timezone

from pairs.access.fetch import fetch
from pairs.service.pages import age, day
from referrals.models import Referral
from referrals.rules.clocks import wait_for_decision


def referral_of(request, referral_id):
    """With its people, in scope or 404; to be triaged at its site or 403."""
    referrals = Referral.objects.with_people().select_related("family")
    return fetch(request, referrals, pk=referral_id, may="triage_referrals")


def waited(referral, on):
    """How long it has waited for a decision, in whole days."""
    return wait_for_decision(received=timezone.localdate(referral.received_at), decided=None, on=on)


def referred_by(referral):
    """Who asks, as far as anybody said."""
    people = [str(each) for each in (referral.referrer, referral.team) if each]
    return ", ".join(people) or referral.asker_name or "The family"


def born(person):
    """Born when and how old, or due when; of somebody named or held."""
    if person.birth_date:
        return f"Born {day(person.birth_date)}, {age(person.birth_date, timezone.localdate())}"
    due = getattr(person, "estimated_due_date", None) or getattr(person, "due_date", None)
    return f"Due {day(due)}" if due else "Date of birth not known"
