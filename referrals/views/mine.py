"""What whoever referred can do with a referral afterwards: add to it, withdraw it, hand it to a colleague."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.submissions.typed import Typed
from referrals.actions.additions import add_to_referral
from referrals.actions.handing_over import hand_over_referrals, may_be_handed_over, may_take_over
from referrals.actions.steps import withdraw_own
from referrals.forms.steps import HandOver, NewAddition, OwnWithdrawal
from referrals.models import Referral
from referrals.rules.words import DECIDED


@policy.permission("make_referrals", "triage_referrals")
def add(request, referral_id):
    """More about it: from whoever referred, or typed by staff as it was told."""
    referral = _mine_or_ours(request, referral_id)
    typed = Typed(request, kind="add-to-referral")
    form = NewAddition(typed.data)
    path = typed.submitted(
        form,
        make=lambda: add_to_referral(referral=referral, text=form.cleaned_data["text"], by=request.user),
        path_of=lambda addition: _to(referral),
    )
    if path:
        messages.success(request, "Added. Whoever reads the referral hears of it.")
        return redirect(path)
    title = f"Add to {referral.reference}"
    text = "What was said before stays as it was. If a child may be in danger, call 999 or children's social care."
    return _page(request, referral, typed, form, title=title, button="Add it", text=text)


def _mine_or_ours(request, referral_id):
    try:
        return fetch(request, Referral.objects.select_related("site"), pk=referral_id)
    except Http404:
        return fetch(request, Referral.objects.select_related("site"), pk=referral_id, within="made_by")


@policy.permission("make_referrals")
def withdraw(request, referral_id):
    """Whoever referred withdraws it: at once, or once we have told the family."""
    referral = fetch(request, Referral.objects.select_related("site"), pk=referral_id, within="made_by")
    typed = Typed(request, kind="withdraw-my-referral")
    form = OwnWithdrawal(typed.data)
    path = typed.submitted(
        form,
        make=lambda: withdraw_own(referral=referral, by=request.user, **form.cleaned_data) or referral,
        path_of=lambda step: _to(referral),
    )
    if path:
        ended = form.cleaned_data["family_knows"] != "tell"
        words = "It is withdrawn." if ended else "We tell the family, and then close it."
        messages.success(request, words)
        return redirect(path)
    title = f"Withdraw {referral.reference}"
    text = "It ends for the family as well. You can refer again at any time."
    return _page(request, referral, typed, form, title=title, button="Withdraw it", text=text, danger=True)


def _to(referral):
    return reverse("referral", args=[referral.pk])


def _page(request, referral, typed, form, *, title, button, text, danger=False):
    context = {
        "referral": referral,
        "form": form,
        "replies": None,
        "submission_token": typed.token,
        "title": title,
    }
    context |= {"button": button, "text": text, "danger": danger, "may": referral.status not in DECIDED}
    return render(request, "referrals/step.html", context)


@policy.permission("make_referrals")
def hand_over(request):
    """Every referral of one's own, or of a colleague who has left, goes to somebody else of the team."""
    typed = Typed(request, kind="hand-over-referrals")
    whose, to = may_be_handed_over(request.user), may_take_over(request.user)
    form = HandOver(typed.data, whose=whose, to=to)
    path = typed.submitted(
        form,
        make=lambda: _handed_over(request, form),
        path_of=lambda user: reverse("my-referrals"),
    )
    if path:
        messages.success(request, "Handed over. Your team still sees them.")
        return redirect(path)
    alone = not to.exclude(pk=request.user.pk).exists()
    context = {"form": form, "alone": alone, "submission_token": typed.token}
    return render(request, "referrals/hand_over.html", context)


def _handed_over(request, form):
    hand_over_referrals(**form.cleaned_data, by=request.user)
    return request.user
