"""Unlocking a session in place; drafts: kept while one types, listed, and what came back too late."""

import time
from collections.abc import Collection
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from pairs.access import error_responses, policy
from pairs.access.account_actions import record_account_event
from pairs.access.error_responses import is_api_request
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.audit.models import AccountEventKind
from pairs.service.hooks import list_hooks
from pairs.service.refusals import EditConflict
from pairs.submissions.actions import (
    get_draft_values,
    get_or_create_submission,
    get_unsaved,
    parse_token,
    save_page_if_unchanged,
)
from pairs.submissions.forms import UnlockForm
from pairs.submissions.kept_posts import (
    ask_to_sign_in_and_go_on,
    describe_form,
    get_draft_path,
    keep_posted_form,
)
from pairs.submissions.models import Submission

JUST_SAVED = timedelta(seconds=30)
TOO_EARLY = HTTPStatus.TOO_EARLY  # the page sends it again


@policy.signed_in(background=True)
def unlock_session(request: ScopedRequest) -> HttpResponse:
    """Ask for the password; then go back to where the session was, with what was typed."""
    form = UnlockForm(request.POST or None, user=request.user)
    limited = request.method == "POST" and not ratelimit.consume(
        request, action="reauthenticate", user=request.user
    )
    if limited:
        form.add_error("password", "Too many attempts. Wait five minutes, then try again.")
    elif request.method == "POST" and form.is_valid():
        return redirect(_reopen_session(request))
    elif request.method == "POST":
        record_account_event(AccountEventKind.UNLOCK_FAILED, user=request.user, request=request)
    kept = len(request.session.get("unlock_drafts", []))
    return render(request, "access/locked.html", {"form": form, "kept": kept})


def _reopen_session(request: ScopedRequest) -> str:
    """The page to go back to: of one form that was posted meanwhile that form, of several all of them."""
    session = request.session
    session.pop("locked", None)
    session["last_seen"] = int(time.time())
    target, ids = session.pop("unlock_to", "/"), session.pop("unlock_drafts", [])
    drafts = list(Submission.objects.visible_to(request.scope).filter(pk__in=ids))
    if drafts:
        return get_draft_path(drafts[0]) if len(drafts) == 1 else reverse("drafts")
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else "/"


@policy.signed_in
def list_drafts(request: ScopedRequest) -> HttpResponse:
    """What this person began and has not saved, newest first; POST throws one away."""
    mine = list_visible(request, Submission.objects.offered())
    if request.method == "POST":
        posted = parse_token(request.POST.get("draft"))
        if draft := next((each for each in mine if each.pk == posted), None):
            draft.discard()
            messages.success(request, "Draft deleted.")
        return redirect("drafts")
    names = _name_families(request, {each.path for each in mine})
    drafts = [
        {"title": title, "href": get_draft_path(each), "family": names.get(each.path, ""), "draft": each}
        for each in mine
        if (title := describe_form(each.path))
    ]
    return render(request, "access/drafts.html", {"drafts": drafts})


def _name_families(request: ScopedRequest, paths: Collection[str]) -> dict[str, str]:
    """{path: whose record the form there is about}, where that may still be seen."""
    found: dict[str, str] = {}
    for name_families in list_hooks("draft_families", "name_families"):
        found |= name_families(request, paths)
    return found


def respond_csrf_failure(request: Any, reason: str = "") -> HttpResponse:
    """A page of another sign-in: what was typed on it is kept for whoever's page it was."""
    kept = None if is_api_request(request) else keep_posted_form(request)
    if kept is None:
        return error_responses.respond_csrf_failure(request, reason)
    if not request.user.is_authenticated:
        return ask_to_sign_in_and_go_on(request, kept)
    if kept.user_id == request.user.pk:
        return redirect(get_draft_path(kept))
    page = "kept_for_another" if kept.user.is_active else "kept_for_team"
    return render(request, f"access/{page}.html", status=403)


@policy.signed_in(background=True)
@require_POST
def autosave_draft(request: ScopedRequest, submission_id: UUID) -> HttpResponse:
    """Keep a draft while its author types. Never counts as somebody being here."""
    kind, path = request.POST.get("kind", "kept")[:40], request.POST.get("path", "")
    here = path if path.startswith("/") and len(path) <= 300 else ""
    sent = get_or_create_submission(token=submission_id, user=request.user, kind=kind, path=here)
    values = get_draft_values(_leave_out_autosave_fields(request.POST))
    if _is_just_saved(sent):
        return JsonResponse({"saved": False}, status=TOO_EARLY)
    submission = get_unsaved(sent, values)
    if submission.used_at is None:
        page = request.POST.get("page", "")[:40]
        try:
            save_page_if_unchanged(submission=submission, page=page, values=values)
        except EditConflict:
            return JsonResponse({"saved": False}, status=409)
    return JsonResponse({"saved": True})


def _is_just_saved(submission: Submission) -> bool:
    """What comes then was most likely sent while the form was being saved, and is no draft of something new."""
    return submission.used_at is not None and timezone.now() - submission.used_at < JUST_SAVED


def _leave_out_autosave_fields(posted: QueryDict) -> QueryDict:
    """What the form says; the script adds three fields of its own behind it."""
    form = posted.copy()
    for name in ("kind", "page", "path"):
        rest = form.pop(name, [])[:-1]
        if rest:
            form.setlist(name, rest)
    return form
