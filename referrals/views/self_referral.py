"""A family asks for help without an account: one page, one receipt, and nothing kept before it is sent."""

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from pairs.access import policy, rate_limits
from pairs.access.language import use_browser_language
from pairs.access.requests import ScopedRequest
from pairs.submissions.actions import was_submitted
from pairs.submissions.form_submission import FormSubmission
from referrals.actions.self_referral import ask_for_help as keep
from referrals.forms.self_referral import SelfReferralForm
from referrals.models import Referral
from referrals.rules.referrer_visibility import FIRST_READ_AIM

ENTRY_POINT = "ask-for-help"
PUBLIC_CONTEXT = {"first_read": FIRST_READ_AIM, "quick_exit": settings.QUICK_EXIT_URL}
RECEIPT_SALT, RECEIPT_SECONDS = "referrals.receipt", 30 * 60


@policy.public
@csrf_exempt  # no session is involved, so the page works without cookies and sets none
@never_cache
@use_browser_language
def ask_for_help(request: ScopedRequest) -> HttpResponse:
    """The self-referral form. Double submission makes one referral; a refused one keeps its text."""
    submission = FormSubmission(request, kind=ENTRY_POINT)
    form = SelfReferralForm(submission.data)
    if (
        submission.posted
        and rate_limits.find_reached_limit(request, ENTRY_POINT)
        and not was_submitted(submission.token)
    ):
        return _render_self_referral(request, submission, form, too_many=True)
    try:
        path = submission.save_once(
            form, make=lambda: _create_counted_referral(request, form), path_of=_build_receipt_path
        )
    except rate_limits.RateLimited:
        return _render_self_referral(request, submission, form, too_many=True)
    return redirect(path) if path else _render_self_referral(request, submission, form)


def _create_counted_referral(request: ScopedRequest, form: SelfReferralForm) -> Referral:
    rate_limits.count_hit(request, ENTRY_POINT)
    return keep(**form.details())


def _render_self_referral(
    request: ScopedRequest, submission: FormSubmission, form: SelfReferralForm, *, too_many: bool = False
) -> HttpResponse:
    context = PUBLIC_CONTEXT | {"form": form, "typed": submission, "too_many": too_many}
    return render(request, "referrals/public/ask_for_help.html", context, status=429 if too_many else 200)


def _build_receipt_path(referral: Referral) -> str:
    """A signed path that shows the reference for half an hour, and nothing else."""
    receipt = signing.TimestampSigner(salt=RECEIPT_SALT).sign(referral.reference)
    return f"{reverse('asked-for-help')}?receipt={receipt}"


@policy.public
@never_cache
@use_browser_language
def show_self_referral_receipt(request: ScopedRequest) -> HttpResponse:
    """It has arrived: the reference, when it is read, and what to do until then."""
    context = PUBLIC_CONTEXT | {"reference": _read_receipt(request.GET.get("receipt", ""))}
    return render(request, "referrals/public/asked_for_help.html", context)


def _read_receipt(receipt: str) -> str:
    """The reference of a valid, unexpired receipt, else ''."""
    try:
        return signing.TimestampSigner(salt=RECEIPT_SALT).unsign(receipt, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        return ""
