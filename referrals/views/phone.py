"""Phone referrals: what a caller says, typed by staff."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.submissions.kept_posts import titled
from referrals.actions import make_referral
from referrals.draft import DraftAuthor
from referrals.models import Referral
from referrals.rules.choices import EntryPoint
from referrals.views.draft_pages import check_draft, edit_draft_page, render_first_page
from referrals.views.professional import list_draft_links
from referrals.wizard import PHONE_PAGES


def _build_phone_author(request: ScopedRequest, call_id: uuid.UUID) -> DraftAuthor:
    """Whoever took the call. Who rang is said on the first page, and no account is theirs."""
    return DraftAuthor(
        entry_point=EntryPoint.PHONE,
        kind="phone-in",
        draft_id=call_id,
        user=request.user,
        home=reverse("triage"),
        address=lambda slug: _build_phone_page_path(call_id, slug),
        make=lambda details: make_referral(by=request.user, entry_point=EntryPoint.PHONE, **details),
        after=lambda referral: _get_path_after_phone_referral(request, referral),
        pages=PHONE_PAGES,
        voice="caller",
        caption="Take a phone referral",
        autosave=reverse("autosave", args=[call_id]),
    )


def _build_phone_page_path(call_id: uuid.UUID, slug: str) -> str:
    if slug == "check":
        return reverse("phone-in-check", args=[call_id])
    return reverse("phone-in-page", args=[call_id, slug])


def _get_path_after_phone_referral(request: ScopedRequest, referral: Referral) -> str:
    """The referral itself; where another site triages it, the board, with the reference to give to the caller."""
    messages.success(
        request,
        f"Referral {referral.reference} made. {referral.site} will read it.",
    )
    here = request.scope.may("triage_referrals", at=referral.site_id)
    return reverse("referral", args=[referral.pk]) if here else reverse("triage")


@policy.permission("triage_referrals")
def start_phone_referral(request: ScopedRequest) -> HttpResponse:
    """Who is calling; and calls whose referral was begun and not sent."""
    return render_first_page(
        request, _build_phone_author(request, uuid.uuid4()), drafts=list_draft_links(request)
    )


@titled("Take a phone referral")
@policy.permission("triage_referrals")
def edit_phone_referral_page(request: ScopedRequest, call_id: uuid.UUID, slug: str) -> HttpResponse:
    """One page of what a caller says."""
    return edit_draft_page(request, _build_phone_author(request, call_id), slug)


@titled("Take a phone referral")
@policy.permission("triage_referrals")
def check_phone_referral(request: ScopedRequest, call_id: uuid.UUID) -> HttpResponse:
    """Read it back to the caller; then send."""
    return check_draft(request, _build_phone_author(request, call_id))
