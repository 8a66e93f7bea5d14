"""A family asks for help without an account: one page, one receipt, and nothing kept before it is sent."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from pairs.access import policy, rate_limits
from pairs.access.language import use_browser_language
from pairs.access.requests import ScopedRequest
from pairs.submissions.actions import was_submitted
from pairs.submissions.form_page import FormPage
from referrals.actions.self_referral import ask_for_help
from referrals.forms.self_referral import SelfReferralForm
from referrals.models import Referral
from referrals.rules.referrer_visibility import FIRST_READ_AIM

ENTRY_POINT = "ask-for-help"
PUBLIC_CONTEXT = {"first_read": FIRST_READ_AIM, "quick_exit": settings.QUICK_EXIT_URL}
RECEIPT_SALT, RECEIPT_SECONDS = "referrals.receipt", 30 * 60


@policy.public
@method_decorator(
    # no session is involved, so the page works without cookies and sets none
    [csrf_exempt, never_cache, use_browser_language],
    name="dispatch",
)
class SelfReferralPage(FormPage):
    """The self-referral form. Double submission makes one referral; a refused one keeps its text."""

    kind = ENTRY_POINT
    form_class = SelfReferralForm
    template_name = "referrals/public/ask_for_help.html"
    too_many = False

    def save_once(self, form: Any, formsets: dict[str, Any]) -> str | None:
        limited = self.submission.posted and rate_limits.find_reached_limit(self.request, ENTRY_POINT)
        if limited and not was_submitted(self.submission.token):
            self.too_many = True
            return None
        try:
            return super().save_once(form, formsets)
        except rate_limits.RateLimited:
            self.too_many = True
            return None

    def save(self, form: SelfReferralForm) -> Referral:
        rate_limits.count_hit(self.request, ENTRY_POINT)
        return ask_for_help(**form.details())

    def get_success_path(self, made: Referral) -> str:
        return _build_receipt_path(made)

    def find_begun_draft(self, form: Any, formsets: dict[str, Any]) -> None:
        return None  # nothing is kept before it is sent

    def get_context(self, form: Any) -> dict[str, Any]:
        return PUBLIC_CONTEXT | {"too_many": self.too_many}

    def render_page(self) -> HttpResponse:
        page = super().render_page()
        page.status_code = 429 if self.too_many else 200
        return page


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
