"""Pages for the referrer: add to a referral, withdraw it, hand it over to a colleague."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404
from pairs.service.models import User
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.additions import add_to_referral
from referrals.actions.handover import hand_over_referrals, list_handover_recipients, list_handover_sources
from referrals.actions.steps import withdraw_by_referrer
from referrals.forms.steps import AdditionForm, HandOverForm, OwnWithdrawalForm
from referrals.models import Referral
from referrals.rules.choices import DECIDED_STATUSES


@policy.permission("make_referrals", "triage_referrals")
def add_referral_details(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """More about it: from whoever referred, or typed by staff as it was told."""
    referral = _get_readable_referral(request, referral_id)
    submission = FormSubmission(request, kind="add-to-referral")
    form = AdditionForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: add_to_referral(referral=referral, text=form.cleaned_data["text"], by=request.user),
        path_of=lambda addition: _get_referral_path(referral),
    )
    if path:
        messages.success(request, "Added. Whoever reads the referral hears of it.")
        return redirect(path)
    title = f"Add to {referral.reference}"
    text = "What was said before stays as it was. If a child may be in danger, call 999 or children's social care."
    return _render_own_step(request, referral, submission, form, title=title, button="Add it", text=text)


def _get_readable_referral(request: ScopedRequest, referral_id: UUID) -> Any:
    try:
        return get_visible_or_404(request, Referral.objects.select_related("site"), pk=referral_id)
    except Http404:
        return get_visible_or_404(
            request, Referral.objects.select_related("site"), pk=referral_id, within="made_by"
        )


@policy.permission("make_referrals")
def withdraw_own_referral(request: ScopedRequest, referral_id: UUID) -> HttpResponse:
    """Whoever referred withdraws it: at once, or once we have told the family."""
    referral = get_visible_or_404(
        request, Referral.objects.select_related("site"), pk=referral_id, within="made_by"
    )
    submission = FormSubmission(request, kind="withdraw-my-referral")
    form = OwnWithdrawalForm(submission.data)
    path = submission.save_once(
        form,
        make=lambda: (
            withdraw_by_referrer(referral=referral, by=request.user, **form.cleaned_data) or referral
        ),
        path_of=lambda step: _get_referral_path(referral),
    )
    if path:
        ended = form.cleaned_data["family_knows"] != "tell"
        words = "It is withdrawn." if ended else "We tell the family, and then close it."
        messages.success(request, words)
        return redirect(path)
    title = f"Withdraw {referral.reference}"
    text = "It ends for the family as well. You can refer again at any time."
    return _render_own_step(
        request, referral, submission, form, title=title, button="Withdraw it", text=text, danger=True
    )


def _get_referral_path(referral: Any) -> str:
    return reverse("referral", args=[referral.pk])


def _render_own_step(
    request: ScopedRequest,
    referral: Any,
    submission: FormSubmission,
    form: AdditionForm | OwnWithdrawalForm,
    *,
    title: str,
    button: str,
    text: str,
    danger: Any = False,
) -> HttpResponse:
    context = {
        "referral": referral,
        "form": form,
        "replies": None,
        "submission_token": submission.token,
        "title": title,
    }
    context |= {
        "button": button,
        "text": text,
        "danger": danger,
        "may": referral.status not in DECIDED_STATUSES,
    }
    return render(request, "referrals/step.html", context)


@policy.permission("make_referrals")
def hand_over_own_referrals(request: ScopedRequest) -> HttpResponse:
    """Every referral of one's own, or of a colleague who has left, goes to somebody else of the team."""
    submission = FormSubmission(request, kind="hand-over-referrals")
    whose, to = list_handover_sources(request.user), list_handover_recipients(request.user)
    form = HandOverForm(submission.data, whose=whose, to=to)
    path = submission.save_once(
        form,
        make=lambda: _perform_handover(request, form),
        path_of=lambda user: reverse("my-referrals"),
    )
    if path:
        messages.success(request, "Handed over. Your team still sees them.")
        return redirect(path)
    alone = not to.exclude(pk=request.user.pk).exists()
    context = {"form": form, "alone": alone, "submission_token": submission.token}
    return render(request, "referrals/hand_over.html", context)


def _perform_handover(request: ScopedRequest, form: HandOverForm) -> User:
    hand_over_referrals(**form.cleaned_data, by=request.user)
    return request.user
