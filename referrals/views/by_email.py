"""A professional without an account: a link to their address at work opens the referral's pages, once."""

from django.conf import settings
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from pairs.access import limits, policy
from pairs.access.language import in_their_language
from referrals.actions import links
from referrals.forms.by_email import WorkEmail
from referrals.rules.told import FIRST_READ
from referrals.views.pages import check_page, one_page
from referrals.wizard import WITHOUT_ACCOUNT
from referrals.writing import Writer

DOOR = "referrer-link"


@policy.public
@never_cache
@in_their_language
def refer_by_email(request):
    """Ask for a link. The answer is the same for every address at work, known here or not."""
    form = WorkEmail(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _send(request, form.cleaned_data["email"])
        except limits.TooMany:
            return _ask(request, form, too_many=True)
        return redirect("refer-by-email-sent")
    return _ask(request, form)


def _send(request, email):
    """Once an address has had its few links of the hour it gets no more, and nobody is told so."""
    try:
        with transaction.atomic():
            limits.count(request, DOOR, to_one=email.lower())
            links.send_link(email=email)
    except limits.TooMany as full:
        if full.which != "to_one":
            raise


def _ask(request, form, *, too_many=False):
    context = {"form": form, "too_many": too_many, "hours": settings.REFERRER_LINK_HOURS}
    return render(request, "referrals/public/by_email.html", context, status=429 if too_many else 200)


@policy.public
@never_cache
@in_their_language
def refer_by_email_sent(request):
    """Look into your inbox."""
    hours = settings.REFERRER_LINK_HOURS
    return render(request, "referrals/public/by_email_sent.html", {"hours": hours})


@policy.one_time_link
@never_cache
@in_their_language
def open_link(request, link):
    """Begin, or go on. Only a POST opens it: mail scanners follow every link they see."""
    found = links.link_of(link)
    if found is None or links.is_over(found):
        return _not_any_more(request)
    if found.used_at:
        context = {"reference": links.reference_sent(found), "first_read": FIRST_READ}
        return render(request, "referrals/public/link_sent.html", context)
    if request.method == "POST":
        links.open_link(link=found)
        return redirect(links.go_on_at(found) or _address(link, WITHOUT_ACCOUNT[0].slug))
    begun = bool(links.go_on_at(found))
    return render(request, "referrals/public/link.html", {"found": found, "begun": begun})


def _not_any_more(request):
    hours = settings.REFERRER_LINK_HOURS
    return render(request, "referrals/public/link_over.html", {"hours": hours}, status=404)


def _address(token, slug):
    if slug == "check":
        return reverse("referrer-link-check", args=[token])
    return reverse("referrer-link-page", args=[token, slug])


def _writer(token):
    """Whoever holds the link and has opened it; None before that, and once it is over."""
    link = links.link_of(token)
    if link is None or link.opened_at is None or links.is_over(link):
        return None
    return Writer(
        door="email",
        kind=links.KIND,
        draft_id=link.draft,
        user=None,
        home=reverse("referrer-link", args=[token]),
        address=lambda slug: _address(token, slug),
        make=lambda details: links.refer_by_link(link=link, **details),
        after=lambda referral: reverse("referrer-link", args=[token]),
        pages=WITHOUT_ACCOUNT,
    )


@policy.one_time_link
@never_cache
def link_page(request, link, slug):
    """One page of the referral that is written through a link."""
    writer = _writer(link)
    return one_page(request, writer, slug) if writer else redirect("referrer-link", link)


@policy.one_time_link
@never_cache
def link_check(request, link):
    """Check your answers; then send, once."""
    writer = _writer(link)
    return check_page(request, writer) if writer else redirect("referrer-link", link)
