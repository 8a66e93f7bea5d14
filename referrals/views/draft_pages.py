"""Pages of a referral draft: saved when left, validated before the next, submitted once.

Shared by all entry points: the views of each pass a DraftAuthor (referrals/draft.py).
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pairs.access.requests import ScopedRequest
from pairs.service.refusals import ActionRefused, EditConflict
from pairs.submissions.actions import (
    SEEN_FIELD,
    WINDOW_FIELD,
    compute_page_digest,
    get_draft_values,
    save_page_if_unchanged,
)
from pairs.submissions.models import Submission
from pairs.submissions.unsaved_words import name_words, render_unsaved_words
from referrals import wizard
from referrals.summary import summarise_draft

CARRIED_FIELDS = ("consultation",)


def render_first_page(
    request: ScopedRequest, writer: Any, *, drafts: Sequence[dict[str, Any]] = ()
) -> HttpResponse:
    """Before you start. Opening it writes nothing; ``drafts``: those begun and not sent, to go on with."""
    page = writer.pages[0]
    return render(
        request,
        "referrals/page.html",
        _build_page_context(writer, page, page.form(), None) | {"drafts": drafts},
    )


def edit_draft_page(request: ScopedRequest, writer: Any, slug: str) -> HttpResponse:
    """One page of a referral that is being written: kept as it is left, and judged before the next."""
    page = wizard.find_page(writer.pages, slug)
    if page is None:
        raise Http404
    if request.method == "POST":
        return _save_page(request, writer, page)
    draft = _load_draft(request, writer, slug)
    if draft.used_at:
        return redirect(writer.get_result_path(draft))
    complain = "problems" in request.GET
    form = wizard.build_draft_form(writer, page, draft, on=timezone.localdate(), complain=complain)
    if complain:
        wizard.is_page_complete(page, form)
    return render(request, "referrals/page.html", _build_page_context(writer, page, form, draft))


def _load_draft(request: ScopedRequest, writer: Any, slug: str) -> Submission:
    """The draft, including values posted while the session was locked."""
    draft = writer.draft()
    if "" in draft.data and request.GET.get("draft") == str(draft.pk):
        draft.data = draft.data | {slug: draft.data[""]}
    return draft


def _save_page(request: ScopedRequest, writer: Any, page: wizard.WizardPage) -> HttpResponse:
    draft = writer.begun()
    if draft.used_at:
        return _show_unsaved_words(request, writer, page, draft)
    values, more = get_draft_values(request.POST), "another" in request.POST
    values.pop("another", None)
    if more and page.item:
        values = wizard.add_empty_row(page, values)
    try:
        draft = save_page_if_unchanged(submission=draft, page=page.slug, values=values)
    except EditConflict:
        return _render_conflict(request, writer, page)
    form = wizard.build_draft_form(writer, page, draft, on=timezone.localdate())
    complete = not more and wizard.is_page_complete(page, form)
    onward = wizard.get_next_slug(writer.pages, page) if complete else page.slug
    writer.save_position(onward)
    if more or complete:
        return redirect(writer.address(onward))
    return render(request, "referrals/page.html", _build_page_context(writer, page, form, draft))


def _show_unsaved_words(
    request: ScopedRequest, writer: Any, page: wizard.WizardPage, sent: Submission
) -> HttpResponse:
    """Of a page that comes after the referral was sent: what it says is in no referral."""
    sent.result_path = writer.get_result_path(sent)
    words = name_words(get_draft_values(request.POST), page.form)
    return render_unsaved_words(request, saved=sent, title=writer.caption, words=words)


def _render_conflict(request: ScopedRequest, writer: Any, page: wizard.WizardPage) -> HttpResponse:
    """The page was saved on another device meanwhile: show both versions."""
    draft = writer.draft()
    if draft.used_at:
        return redirect(writer.get_result_path(draft))
    form = wizard.build_page_form(writer, page, draft, request.POST)
    theirs = wizard.list_differences(form, request.POST, wizard.load_draft_values(draft, page.slug))
    return render(
        request, "referrals/page.html", _build_page_context(writer, page, form, draft) | {"theirs": theirs}
    )


def _build_page_context(
    writer: Any, page: wizard.WizardPage, form: Any, draft: Submission | None
) -> dict[str, Any]:
    number = writer.pages.index(page)
    return {
        "writer": writer,
        "page": page,
        "form": form,
        "window": {
            WINDOW_FIELD: uuid.uuid4().hex,
            SEEN_FIELD: compute_page_digest(draft.data.get(page.slug) if draft else None),
        },
        "carried": _get_carried_values(writer, draft),
        "step": f"Page {number + 1} of {len(writer.pages) + 1}",
        "back": writer.address(writer.pages[number - 1].slug) if number else writer.home,
        "drafts": (),
        "theirs": (),
        "social_care": settings.CHILDRENS_SOCIAL_CARE,
    }


def _get_carried_values(writer: Any, draft: Submission | None) -> dict[str, Any]:
    """What the first page hands on unseen, once it is kept: the consultation that this referral comes of."""
    kept = draft.data.get("permission", {}) if draft else {}
    return writer.carried or {name: "".join(kept[name]) for name in CARRIED_FIELDS if name in kept}


def check_draft(request: ScopedRequest, writer: Any) -> HttpResponse:
    """Check your answers; then send once, however often the button is pressed."""
    draft = _load_draft(request, writer, "check")
    if draft.used_at:
        return redirect(writer.get_result_path(draft))
    found, unfinished = wizard.check_all_pages(writer, draft, on=timezone.localdate())
    problems = [
        {"text": f"“{page.title}” is not finished", "href": _build_problem_path(writer, page)}
        for page in unfinished
    ]
    details = None if unfinished else wizard.collect_referral_details(found)
    if request.method == "POST" and details:
        try:
            return redirect(writer.submit(draft, details))
        except ActionRefused as refused:
            problems = [
                {
                    "text": said,
                    "href": _build_problem_path(writer, wizard.find_page_of_field(writer.pages, name)),
                }
                for name, said in refused.errors.items()
            ]
    context = {
        "problems": problems,
        "said": summarise_draft(details) if details else None,
        "writer": writer,
        "pages": {page.slug: writer.address(page.slug) for page in writer.pages},
    }
    return render(request, "referrals/check.html", context)


def _build_problem_path(writer: Any, page: wizard.WizardPage) -> str:
    return f"{writer.address(page.slug)}?problems=1"
