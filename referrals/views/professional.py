"""The professional's door, for those with an account."""

import uuid

from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.submissions.models import Submission
from referrals.actions import make_referral
from referrals.models import Referral
from referrals.rules.told import FIRST_READ
from referrals.views.pages import check_page, first_page, one_page
from referrals.writing import Writer


def _writer(request, token):
    """The professional who is signed in."""
    return Writer(
        door="professional",
        kind="refer",
        draft_id=token,
        user=request.user,
        home=reverse("my-referrals"),
        address=lambda slug: _address(token, slug),
        make=lambda details: make_referral(by=request.user, door="professional", **details),
        after=lambda referral: reverse("referral-sent", args=[referral.pk]),
        autosave=reverse("autosave", args=[token]),
    )


def _address(token, slug):
    return (
        reverse("refer-check", args=[token]) if slug == "check" else reverse("refer-page", args=[token, slug])
    )


@policy.permission("make_referrals")
def refer(request):
    """Before you start; and drafts to go on with."""
    return first_page(request, _writer(request, uuid.uuid4()), drafts=drafts_of(request))


def drafts_of(request):
    """Addresses and days of the referrals this person has begun and not sent."""
    begun = Submission.objects.visible_to(request.scope).unfinished()
    begun = begun.filter(kind="refer", idempotency_key=None).order_by("-updated_at")[:10]
    return [
        {"href": draft.path or _address(draft.pk, "permission"), "on": draft.updated_at} for draft in begun
    ]


@policy.permission("make_referrals")
def refer_page(request, token, slug):
    """One page of a referral that is being written."""
    return one_page(request, _writer(request, token), slug)


@policy.permission("make_referrals")
def refer_check(request, token):
    """Check your answers; then send."""
    return check_page(request, _writer(request, token))


@policy.permission("make_referrals")
def sent(request, referral_id):
    """It has arrived: the reference, and what happens next by when."""
    referral = fetch(request, Referral.objects.select_related("site"), pk=referral_id, within="made_by")
    return render(request, "referrals/sent.html", {"referral": referral, "first_read": FIRST_READ})
