"""Pages of referral: the professional's door, page by page; what became of it; and the referral itself."""

import uuid

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_page
from pairs.families.views.form_page import carer_of, form_page
from pairs.service.refusals import ChangedMeanwhile, Refused
from pairs.submissions.actions import own_submission, posted_values, save_page, submit_once
from pairs.submissions.models import Submission
from pairs.submissions.typed import Typed
from referrals import own_help, wizard
from referrals.actions import make_referral
from referrals.forms import OwnHelp
from referrals.models import Referral
from referrals.rules import FIRST_READ, agreed_steps, may_follow, next_step, status_for_referrer
from referrals.said import agreed_with, said, said_so_far


@policy.permission("make_referrals")
def refer(request):
    """Before you start; and drafts to go on with."""
    page, token = wizard.PAGES[0], uuid.uuid4()
    return render(
        request, "referrals/page.html", _page(page, page.form(), token) | {"drafts": _drafts(request)}
    )


def _drafts(request):
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


@policy.permission("make_referrals")
def my_referrals(request):
    """Mine and my team's: received, decided, and what comes next."""
    newest = Referral.objects.order_by("-received_at", "id")
    page = fetch_page(request, newest, within="made_by")
    agreed = agreed_with(request.user, page)
    rows = [_for_referrer(request, referral, agreed) for referral in page]
    return render(
        request, "referrals/my_referrals.html", {"page": page, "rows": rows, "drafts": _drafts(request)}
    )


def _for_referrer(request, referral, agreed):
    """What a referrer may know of what became of it. ``agreed``: of agreed_with()."""
    told = agreed.get(referral.family_id)
    shared = may_follow(permission=referral.permission, agreed=told)
    return {
        "id": referral.pk,
        "reference": referral.reference,
        "received": referral.received_at,
        "decided": referral.decided_at,
        "status": status_for_referrer(referral.status, shared=shared),
        "next": next_step(referral.status, shared=shared),
        "agreed": agreed_steps(told) if shared else [],
        "mine": referral.referrer_id == request.user.pk,
    }


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
def referral(request, referral_id):
    """A referral: whole for staff within their sites; to whoever made it, what they said and what comes next."""
    try:
        found = fetch(request, Referral.objects.with_people().select_related("family"), pk=referral_id)
    except Http404:
        return _as_referrer(request, referral_id)
    context = {
        "referral": found,
        "said": said(found),
        "steps": found.steps.select_related("by"),
        "may_decide": request.scope.may("triage_referrals", at=found.site_id) and found.decided_at is None,
    }
    return render(request, "referrals/referral.html", context)


@policy.permission("register_people")
def refer_caregiver(request, caregiver_id):
    """A carer of a family we hold is referred for help of their own."""
    carer, family = carer_of(request, caregiver_id, may="register_people")
    typed = Typed(request, kind="refer-caregiver")
    form = OwnHelp(typed.data)
    path = typed.submitted(
        form,
        make=lambda: own_help.refer_caregiver(caregiver=carer, by=request.user, **form.cleaned_data),
        path_of=lambda made: reverse("referral", args=[made.pk]),
    )
    if path:
        return redirect(path)
    title = f"Refer {carer.name_or_role} for their own help"
    text = (
        "This is a referral of their own, decided like any other. What is written about it is their own record and "
        "is not shared with other carers.",
    )
    back = reverse("caregiver", args=[carer.pk])
    return form_page(
        request, family, typed, form, title=title, button="Send the referral", back=back, text=text
    )


def _as_referrer(request, referral_id):
    found = fetch(request, Referral.objects.with_people(), pk=referral_id, within="made_by")
    known = _for_referrer(request, found, agreed_with(request.user, [found]))
    written = said(found) if known["mine"] else None
    return render(request, "referrals/my_referral.html", {"known": known, "said": written})
