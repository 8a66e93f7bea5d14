"""The pages of a referral while it is written: kept as they are left, judged before the next, sent once.

Whoever writes (referrals/writing.py), the pages are these; each door's own views say who that is and at which address.
"""

import uuid

from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from pairs.service.refusals import ChangedMeanwhile, Refused
from pairs.submissions.actions import SEEN, WINDOW, as_seen, keep_page, posted_values, submit_once
from referrals import wizard
from referrals.said import said_so_far

CARRIED = ("consultation",)


def first_page(request, writer, *, drafts=()):
    """Before you start. Opening it writes nothing; ``drafts``: those begun and not sent, to go on with."""
    page = writer.pages[0]
    return render(
        request, "referrals/page.html", _context(writer, page, page.form(), None) | {"drafts": drafts}
    )


def one_page(request, writer, slug):
    """One page of a referral that is being written: kept as it is left, and judged before the next."""
    page = wizard.page_at(writer.pages, slug)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _save(request, writer, page)
    draft = _draft(request, writer, slug)
    if draft.used_at:
        return redirect(draft.result_path)
    complain = "problems" in request.GET
    form = wizard.draft_form(writer, page, draft, on=timezone.localdate(), complain=complain)
    if complain:
        wizard.is_complete(page, form)
    return render(request, "referrals/page.html", _context(writer, page, form, draft))


def _draft(request, writer, slug):
    """The draft, with what was posted while the session was locked in its place."""
    draft = writer.draft()
    if "" in draft.data and request.GET.get("draft") == str(draft.pk):
        draft.data = draft.data | {slug: draft.data[""]}
    return draft


def _save(request, writer, page):
    draft = writer.begun()
    if draft.used_at:
        return redirect(draft.result_path)
    values, more = posted_values(request.POST), "another" in request.POST
    values.pop("another", None)
    if more and page.item:
        values = wizard.one_more(page, values)
    try:
        draft = keep_page(submission=draft, page=page.slug, values=values)
    except ChangedMeanwhile:
        return _both_texts(request, writer, page)
    form = wizard.draft_form(writer, page, draft, on=timezone.localdate())
    complete = not more and wizard.is_complete(page, form)
    onward = wizard.after(writer.pages, page) if complete else page.slug
    writer.remember_where(onward)
    if more or complete:
        return redirect(writer.address(onward))
    return render(request, "referrals/page.html", _context(writer, page, form, draft))


def _both_texts(request, writer, page):
    """Somebody saved this page on another device since: what was typed here, and beside it what stands there."""
    draft = writer.draft()
    if draft.used_at:
        return redirect(draft.result_path)
    form = wizard.form_of(writer, page, draft, request.POST)
    theirs = wizard.differing(form, request.POST, wizard.kept_values(draft, page.slug))
    return render(request, "referrals/page.html", _context(writer, page, form, draft) | {"theirs": theirs})


def _context(writer, page, form, draft):
    number = writer.pages.index(page)
    return {
        "writer": writer,
        "page": page,
        "form": form,
        "window": {WINDOW: uuid.uuid4().hex, SEEN: as_seen(draft.data.get(page.slug) if draft else None)},
        "carried": _carried(writer, draft),
        "step": f"Page {number + 1} of {len(writer.pages) + 1}",
        "back": writer.address(writer.pages[number - 1].slug) if number else writer.home,
        "drafts": (),
        "theirs": (),
        "social_care": settings.CHILDRENS_SOCIAL_CARE,
    }


def _carried(writer, draft):
    """What the first page hands on unseen, once it is kept: the consultation that this referral comes of."""
    kept = draft.data.get("permission", {}) if draft else {}
    return writer.carried or {name: "".join(kept[name]) for name in CARRIED if name in kept}


def check_page(request, writer):
    """Check your answers; then send once, however often the button is pressed."""
    draft = _draft(request, writer, "check")
    if draft.used_at:
        return redirect(draft.result_path)
    found, unfinished = wizard.whole(writer, draft, on=timezone.localdate())
    problems = [
        {"text": f"“{page.title}” is not finished", "href": _problem(writer, page)} for page in unfinished
    ]
    details = None if unfinished else wizard.details_of(found)
    if request.method == "POST" and details:
        try:
            return redirect(_send(writer, draft, details))
        except Refused as refused:
            problems = [
                {"text": said, "href": _problem(writer, wizard.page_of(writer.pages, name))}
                for name, said in refused.errors.items()
            ]
    context = {
        "problems": problems,
        "said": said_so_far(details) if details else None,
        "writer": writer,
        "pages": {page.slug: writer.address(page.slug) for page in writer.pages},
    }
    return render(request, "referrals/check.html", context)


def _problem(writer, page):
    return f"{writer.address(page.slug)}?problems=1"


def _send(writer, draft, details):
    return submit_once(submission=draft, make=lambda: writer.make(details), path_of=writer.after)
