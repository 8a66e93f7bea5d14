"""The professional's door, for those with an account."""

import uuid

from django.shortcuts import render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.submissions.actions import token_from
from referrals.actions import make_referral
from referrals.actions.consultations import join_referral
from referrals.models import Consultation, Referral
from referrals.rules.told import FIRST_READ
from referrals.views.pages import check_page, first_page, one_page
from referrals.writing import Writer, known_of, unsent


def _writer(request, token):
    """The professional who is signed in."""
    return Writer(
        door="professional",
        kind="refer",
        draft_id=token,
        user=request.user,
        home=reverse("my-referrals"),
        address=lambda slug: _address(token, slug),
        make=lambda details: _make(request, token, details),
        after=lambda referral: reverse("referral-sent", args=[referral.pk]),
        autosave=reverse("autosave", args=[token]),
        consult=reverse("new-consultation"),
        carried=_comes_of(request),
        known=known_of(request.user),
    )


def _comes_of(request):
    """The consultation that leads here, by ``?consultation=``."""
    pk = token_from(request.GET.get("consultation"))
    return {"consultation": str(pk)} if pk else {}


def _make(request, token, details):
    """The referral; where it comes of a consultation of their own, the two are joined."""
    referral = make_referral(by=request.user, door="professional", **details)
    draft = unsent(request.scope).get(pk=token)
    pk = token_from("".join(draft.data["permission"].get("consultation", ())))
    asked = Consultation.objects.made_by(request.scope).filter(pk=pk, asked_by=request.user).first()
    if asked:
        join_referral(consultation=asked, referral=referral)
    return referral


def _address(token, slug):
    return (
        reverse("refer-check", args=[token]) if slug == "check" else reverse("refer-page", args=[token, slug])
    )


@policy.permission("make_referrals")
def refer(request):
    """Before you start; and drafts to go on with."""
    return first_page(request, _writer(request, uuid.uuid4()), drafts=drafts_of(request))


def drafts_of(request):
    """Addresses and days of what this person has begun and not sent."""
    return [
        {"href": draft.path or _address(draft.pk, "permission"), "on": draft.updated_at}
        for draft in unsent(request.scope)[:10]
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
