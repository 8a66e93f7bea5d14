"""A professional without an account: a link to their address at work opens the referral's pages, once."""

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from pairs.access import policy, rate_limits
from pairs.access.language import use_browser_language
from pairs.access.requests import ScopedRequest
from referrals.actions import referrer_links
from referrals.draft import DraftAuthor, reveal_secret
from referrals.forms.by_email import WorkEmailForm
from referrals.rules.choices import EntryPoint
from referrals.rules.referrer_visibility import FIRST_READ_AIM
from referrals.views.draft_pages import check_draft, edit_draft_page
from referrals.wizard import PAGES_WITHOUT_ACCOUNT

ENTRY_POINT = "referrer-link"


@policy.public
@never_cache
@use_browser_language
def refer_by_email(request: ScopedRequest) -> HttpResponse:
    """Ask for a link. The answer is the same for every address at work, known here or not."""
    form = WorkEmailForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _send_link_within_limit(request, form.cleaned_data["email"])
        except rate_limits.RateLimited:
            return _render_email_form(request, form, too_many=True)
        return redirect("refer-by-email-sent")
    return _render_email_form(request, form)


def _send_link_within_limit(request: ScopedRequest, email: str) -> None:
    """Send a link unless this address has reached its hourly limit; the page looks the same either way."""
    try:
        with transaction.atomic():
            rate_limits.count_hit(request, ENTRY_POINT, to_one=email.lower())
            referrer_links.send_referrer_link(email=email)
    except rate_limits.RateLimited as full:
        if full.which != "to_one":
            raise


def _render_email_form(
    request: ScopedRequest, form: WorkEmailForm, *, too_many: bool = False
) -> HttpResponse:
    context = {"form": form, "too_many": too_many, "hours": settings.REFERRER_LINK_HOURS}
    return render(request, "referrals/public/by_email.html", context, status=429 if too_many else 200)


@policy.public
@never_cache
@use_browser_language
def show_link_sent(request: ScopedRequest) -> HttpResponse:
    """Look into your inbox."""
    hours = settings.REFERRER_LINK_HOURS
    return render(request, "referrals/public/by_email_sent.html", {"hours": hours})


@policy.one_time_link
@never_cache
@use_browser_language
def show_referrer_link(request: ScopedRequest, link: str) -> HttpResponse:
    """Begin, or go on. Only a POST opens it: mail scanners follow every link they see."""
    found = referrer_links.get_referrer_link(link)
    if found is None or referrer_links.is_link_expired(found):
        return _render_expired_link(request)
    if found.used_at:
        context = {"reference": referrer_links.get_sent_reference(found), "first_read": FIRST_READ_AIM}
        return render(request, "referrals/public/link_sent.html", context)
    if request.method == "POST":
        referrer_links.mark_link_opened(link=found)
        return redirect(
            reveal_secret(referrer_links.get_resume_path(found), link)
            or _build_link_page_path(link, PAGES_WITHOUT_ACCOUNT[0].slug)
        )
    begun = bool(referrer_links.get_resume_path(found))
    return render(request, "referrals/public/link.html", {"found": found, "begun": begun})


def _render_expired_link(request: ScopedRequest) -> HttpResponse:
    hours = settings.REFERRER_LINK_HOURS
    return render(request, "referrals/public/link_over.html", {"hours": hours}, status=404)


def _build_link_page_path(token: str, slug: str) -> str:
    if slug == "check":
        return reverse("referrer-link-check", args=[token])
    return reverse("referrer-link-page", args=[token, slug])


def _build_link_author(token: str) -> DraftAuthor | None:
    """The author behind an opened link; None before it is opened and once it has expired."""
    link = referrer_links.get_referrer_link(token)
    if link is None or link.opened_at is None or referrer_links.is_link_expired(link):
        return None
    return DraftAuthor(
        entry_point=EntryPoint.EMAIL,
        kind=referrer_links.LINK_DRAFT_KIND,
        draft_id=link.draft,
        secret=token,
        user=None,
        home=reverse("referrer-link", args=[token]),
        address=lambda slug: _build_link_page_path(token, slug),
        make=lambda details: referrer_links.refer_by_link(link=link, **details),
        after=lambda referral: reverse("referrer-link", args=[token]),
        pages=PAGES_WITHOUT_ACCOUNT,
    )


@policy.one_time_link
@never_cache
def edit_link_draft_page(request: ScopedRequest, link: str, slug: str) -> HttpResponse:
    """One page of the referral that is written through a link."""
    writer = _build_link_author(link)
    return edit_draft_page(request, writer, slug) if writer else redirect("referrer-link", link)


@policy.one_time_link
@never_cache
def check_link_draft(request: ScopedRequest, link: str) -> HttpResponse:
    """Check your answers; then send, once."""
    writer = _build_link_author(link)
    return check_draft(request, writer) if writer else redirect("referrer-link", link)
