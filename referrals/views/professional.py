"""The professional's door, page by page."""

import uuid

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.service.refusals import ChangedMeanwhile, Refused
from pairs.submissions.actions import own_submission, posted_values, save_page, submit_once
from pairs.submissions.models import Submission
from referrals import wizard
from referrals.actions import make_referral
from referrals.models import Referral
from referrals.rules.told import FIRST_READ
from referrals.said import said_so_far


@policy.permission("make_referrals")
def refer(request):
    """Before you start; and drafts to go on with."""
    page, token = wizard.PAGES[0], uuid.uuid4()
    return render(
        request, "referrals/page.html", _page(page, page.form(), token) | {"drafts": drafts_of(request)}
    )


def drafts_of(request):
    """Addresses and days of the referrals this person has begun and not sent."""
    begun = Submission.objects.visible_to(request.scope).unfinished()
    begun = begun.filter(kind="refer", idempotency_key=None).order_by("-updated_at")[:10]
    return [
        {"href": draft.path or _address(draft.pk, "permission"), "on": draft.updated_at} for draft in begun
    ]


@policy.permission("make_referrals")
def refer_page(request, token, slug):
    """One page of a referral that is being written: kept as it is left, and judged before the next."""
    page = wizard.BY_SLUG.get(slug)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _save_page(request, token, page)
    draft = _draft(request, token)
    if draft.used_at:
        return redirect(draft.result_path)
    complain = "problems" in request.GET
    form = wizard.draft_form(page, draft, on=timezone.localdate(), complain=complain)
    if complain:
        wizard.is_complete(page, form)
    return render(request, "referrals/page.html", _page(page, form, token))


def _draft(request, token):
    mine = Submission.objects.visible_to(request.scope).filter(Q(kind="refer") | Q(kind="kept"), pk=token)
    draft = mine.first()
    if draft is None:
        raise Http404
    if "" in draft.data and request.GET.get("draft") == str(token):  # posted while the session was locked
        slug = request.resolver_match.kwargs.get("slug", "check")
        draft.data = draft.data | {slug: draft.data[""]}
    return draft


def _save_page(request, token, page):
    draft = own_submission(token=token, user=request.user, kind="refer", path=request.path)
    if draft.used_at:
        return redirect(draft.result_path)
    values, more = posted_values(request.POST), "another" in request.POST
    values.pop("another", None)
    if more and page.item:
        values = wizard.one_more(page, values)
    try:
        draft = save_page(submission=draft, page=page.slug, values=values)
    except ChangedMeanwhile:  # sent from another window in this very moment
        return redirect("refer-page", token, page.slug)
    form = wizard.draft_form(page, draft, on=timezone.localdate())
    complete = not more and wizard.is_complete(page, form)
    _remember_where(request, draft, wizard.after(page) if complete else page.slug)
    if more or complete:
        return redirect(_address(token, wizard.after(page) if complete else page.slug))
    return render(request, "referrals/page.html", _page(page, form, token))


def _remember_where(request, draft, slug):
    mine = Submission.objects.visible_to(request.scope).filter(pk=draft.pk)
    mine.update(path=_address(draft.pk, slug), kind="refer", updated_at=timezone.now())


def _address(token, slug):
    return (
        reverse("refer-check", args=[token]) if slug == "check" else reverse("refer-page", args=[token, slug])
    )


def _page(page, form, token):
    number = wizard.PAGES.index(page)
    return {
        "page": page,
        "form": form,
        "token": token,
        "step": f"Page {number + 1} of {len(wizard.PAGES) + 1}",
        "back": _address(token, wizard.PAGES[number - 1].slug) if number else reverse("my-referrals"),
        "drafts": [],
    }


@policy.permission("make_referrals")
def refer_check(request, token):
    """Check your answers; then send once, however often the button is pressed."""
    draft = _draft(request, token)
    if draft.used_at:
        return redirect(draft.result_path)
    found, unfinished = wizard.whole(draft, on=timezone.localdate())
    problems = [
        {"text": f"“{page.title}” is not finished", "href": _problem(token, page)} for page in unfinished
    ]
    details = None if unfinished else wizard.details_of(found)
    if request.method == "POST" and details:
        try:
            return redirect(_send(request, draft, details))
        except Refused as refused:
            problems = [
                {"text": said, "href": _problem(token, wizard.page_of(name))}
                for name, said in refused.errors.items()
            ]
    context = {"problems": problems, "said": said_so_far(details) if details else None, "token": token}
    pages = {page.slug: _address(token, page.slug) for page in wizard.PAGES}
    return render(request, "referrals/check.html", context | {"pages": pages})


def _problem(token, page):
    return f"{_address(token, page.slug)}?problems=1"


def _send(request, draft, details):
    return submit_once(
        submission=draft,
        make=lambda: make_referral(by=request.user, door="professional", **details),
        path_of=lambda referral: reverse("referral-sent", args=[referral.pk]),
    )


@policy.permission("make_referrals")
def sent(request, referral_id):
    """It has arrived: the reference, and what happens next by when."""
    referral = fetch(request, Referral.objects.select_related("site"), pk=referral_id, within="made_by")
    return render(request, "referrals/sent.html", {"referral": referral, "first_read": FIRST_READ})
