"""The phone door: what a caller says, typed by somebody of ours, in the caller's voice."""

import uuid

from django.contrib import messages
from django.urls import reverse

from pairs.access import policy
from referrals.actions import make_referral
from referrals.views.pages import check_page, first_page, one_page
from referrals.views.professional import drafts_of
from referrals.wizard import PHONE_IN
from referrals.writing import Writer


def _writer(request, call_id):
    """Whoever took the call. Who rang is said on the first page, and no account is theirs."""
    return Writer(
        door="phone",
        kind="phone-in",
        draft_id=call_id,
        user=request.user,
        home=reverse("triage"),
        address=lambda slug: _address(call_id, slug),
        make=lambda details: make_referral(by=request.user, door="phone", **details),
        after=lambda referral: _after(request, referral),
        pages=PHONE_IN,
        voice="caller",
        caption="Somebody rang",
        autosave=reverse("autosave", args=[call_id]),
    )


def _address(call_id, slug):
    if slug == "check":
        return reverse("phone-in-check", args=[call_id])
    return reverse("phone-in-page", args=[call_id, slug])


def _after(request, referral):
    """The referral itself; where another site triages it, the board, with the reference to give to the caller."""
    messages.success(
        request,
        f"The referral is made. Its reference is {referral.reference}; {referral.site} reads it.",
    )
    here = request.scope.may("triage_referrals", at=referral.site_id)
    return reverse("referral", args=[referral.pk]) if here else reverse("triage")


@policy.permission("triage_referrals")
def phone_in(request):
    """Who is calling; and calls whose referral was begun and not sent."""
    return first_page(request, _writer(request, uuid.uuid4()), drafts=drafts_of(request))


@policy.permission("triage_referrals")
def phone_in_page(request, call_id, slug):
    """One page of what a caller says."""
    return one_page(request, _writer(request, call_id), slug)


@policy.permission("triage_referrals")
def phone_in_check(request, call_id):
    """Read it back to the caller; then send."""
    return check_page(request, _writer(request, call_id))
