"""Pages of a referral: for the referrer, its progress; for staff, in full. They read across apps."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.episodes.models import CareContact
from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from referrals.models import Addition, Referral, Reply
from referrals.rules.choices import ReferralState
from referrals.rules.referrer_visibility import (
    describe_agreed_sharing,
    describe_next_step,
    describe_status_for_referrer,
    may_see_progress,
)
from referrals.rules.status_transitions import may_change_status
from referrals.summary import load_agreements, summarise_referral
from referrals.views.professional import list_draft_links


@policy.permission("make_referrals")
def list_my_referrals(request: ScopedRequest) -> HttpResponse:
    """Mine and my team's: received, decided, and what comes next."""
    newest = Referral.objects.order_by("-received_at", "id")
    page = get_visible_page(request, newest, within="made_by")
    agreed = load_agreements(request.user, page)
    rows = [_present_for_referrer(request, referral, agreed) for referral in page]
    return render(
        request,
        "referrals/my_referrals.html",
        {"page": page, "rows": rows, "drafts": list_draft_links(request)},
    )


def _present_for_referrer(
    request: ScopedRequest, referral: Any, agreed: dict[UUID, frozenset[str] | None]
) -> dict[str, Any]:
    """What a referrer may see of a referral's progress. ``agreed``: from load_agreements()."""
    told = agreed.get(referral.family_id)
    shared = may_see_progress(permission=referral.permission, agreed=told)
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "received": referral.received_at,
        "decided": referral.decided_at,
        "status": describe_status_for_referrer(referral.status, shared=shared),
        "next": describe_next_step(referral.status, shared=shared),
        "agreed": describe_agreed_sharing(told) if shared else [],
        "mine": referral.referrer_id == request.user.pk,
    }


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
def show_referral(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """A referral: whole for staff within their sites; to whoever made it, what they said and what comes next."""
    try:
        found = get_visible_or_404(
            request, Referral.objects.with_people().select_related("family"), pk=referral_id
        )
    except Http404:
        return _render_for_referrer(request, referral_id)
    may_triage = request.scope.may("triage_referrals", at=found.site_id)
    may_reopen = found.decided_at is not None and may_change_status(found.status, ReferralState.READ)
    context = {
        "referral": found,
        "said": summarise_referral(found),
        "steps": found.steps.select_related("by"),
        "replies": list_visible(request, Reply.objects.filter(referral=found).order_by("created_at")),
        "additions": list_visible(request, Addition.objects.filter(referral=found).select_related("by")),
        "may_decide": may_triage and found.decided_at is None,
        "may_reopen": may_triage and may_reopen,
    }
    return render(request, "referrals/referral.html", context)


def _render_for_referrer(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    found = get_visible_or_404(request, Referral.objects.with_people(), pk=referral_id, within="made_by")
    agreed = load_agreements(request.user, [found])
    known = _present_for_referrer(request, found, agreed)
    context = {
        "known": known | _build_shared_facts(found, agreed.get(found.family_id)),
        "said": summarise_referral(found) if known["mine"] else None,
        **(_load_correspondence(request, found) if known["mine"] else {"told": [], "additions": []}),
    }
    return render(request, "referrals/my_referral.html", context)


def _load_correspondence(request: ScopedRequest, referral: Any) -> dict[str, list[Any]]:
    """What we told them, and what they and their colleagues added."""
    told = Reply.objects.filter(referral=referral).order_by("created_at")
    added = Addition.objects.filter(referral=referral).select_related("by").order_by("at")
    return {
        "told": list_visible(request, told, within="told_to"),
        "additions": list_visible(request, added, within="made_by"),
    }


def _build_shared_facts(referral: Any, agreed: frozenset[str] | None) -> dict[str, Any]:
    """The named contact and the dates, each only as far as the family has agreed; until then by when it is read."""
    shared = may_see_progress(permission=referral.permission, agreed=agreed)
    waits = referral.status == ReferralState.RECEIVED and referral.first_read_at is None
    return {
        "undecided": referral.decided_at is None,
        "read_by": referral.read_by_time if waits else None,
        "lead": referral.lead if shared and referral.status == ReferralState.ACCEPTED else None,
        "shows_dates": "appointments" in (agreed or ()),
        "met_on": _get_last_meeting(referral) if "appointments" in (agreed or ()) else None,
        "meets_on": _get_next_meeting(referral) if "appointments" in (agreed or ()) else None,
    }


def _get_last_meeting(referral: Referral) -> Any:
    """The newest appointment that somebody came to."""
    kept = CareContact.objects.live().with_family().attended()
    kept = kept.filter(episode__referral=referral, episode__family=referral.family_id)
    return kept.newest_first().values_list("starts_at", flat=True).first()


def _get_next_meeting(referral: Referral) -> datetime | None:
    """The next appointment that is booked."""
    of_work = Q(referral=referral) | Q(episode__referral=referral)
    booked = Appointment.objects.going_on().filter(of_work, family=referral.family_id)
    return booked.filter(starts_at__gte=timezone.now()).in_time().values_list("starts_at", flat=True).first()
