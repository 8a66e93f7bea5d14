"""What became of a referral, for whoever made it; and the referral itself."""

from django.http import Http404
from django.shortcuts import render

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from referrals.models import Referral
from referrals.rules.told import agreed_steps, may_follow, next_step, status_for_referrer
from referrals.said import agreed_with, said
from referrals.views.professional import drafts_of


@policy.permission("make_referrals")
def my_referrals(request):
    """Mine and my team's: received, decided, and what comes next."""
    newest = Referral.objects.order_by("-received_at", "id")
    page = fetch_page(request, newest, within="made_by")
    agreed = agreed_with(request.user, page)
    rows = [_for_referrer(request, referral, agreed) for referral in page]
    return render(
        request, "referrals/my_referrals.html", {"page": page, "rows": rows, "drafts": drafts_of(request)}
    )


def _for_referrer(request, referral, agreed):
    """What a referrer may know of what became of it. ``agreed``: of agreed_with()."""
    told = agreed.get(referral.family_id)
    shared = may_follow(permission=referral.permission, agreed=told)
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "received": referral.received_at,
        "decided": referral.decided_at,
        "status": status_for_referrer(referral.status, shared=shared),
        "next": next_step(referral.status, shared=shared),
        "agreed": agreed_steps(told) if shared else [],
        "mine": referral.referrer_id == request.user.pk,
    }


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
def referral(request, referral_id):
    """A referral: whole for staff within their sites; to whoever made it, what they said and what comes next."""
    try:
        found = fetch(request, Referral.objects.with_people().select_related("family"), pk=referral_id)
    except Http404:
        return _as_referrer(request, referral_id)
    context = {
        "referral": found,
        "said": said(found),
        "steps": found.steps.select_related("by"),
        "may_decide": request.scope.may("triage_referrals", at=found.site_id) and found.decided_at is None,
    }
    return render(request, "referrals/referral.html", context)


def _as_referrer(request, referral_id):
    found = fetch(request, Referral.objects.with_people(), pk=referral_id, within="made_by")
    known = _for_referrer(request, found, agreed_with(request.user, [found]))
    written = said(found) if known["mine"] else None
    return render(request, "referrals/my_referral.html", {"known": known, "said": written})
