"""Unlocking a session in place, and autosaving a draft."""

import time
from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.service.refusals import EditConflict
from pairs.submissions.actions import get_draft_values, get_or_create_submission, save_page_if_unchanged
from pairs.submissions.forms import UnlockForm


@policy.signed_in(background=True)
def unlock_session(request: ScopedRequest) -> HttpResponse:
    """Ask for the password; then go back to where the session was, with what was typed."""
    form = UnlockForm(request.POST or None, user=request.user)
    limited = request.method == "POST" and not ratelimit.consume(
        request, action="reauthenticate", user=request.user
    )
    if limited:
        form.add_error("password", "Too many tries. Wait five minutes, then try again.")
    elif request.method == "POST" and form.is_valid():
        return redirect(_reopen_session(request.session))
    return render(request, "access/locked.html", {"form": form})


def _reopen_session(session: Any) -> str:
    """The page to go back to, with the kept draft's id when something had been posted."""
    session.pop("locked", None)
    session["last_seen"] = int(time.time())
    target, draft = session.pop("unlock_to", "/"), session.pop("unlock_draft", None)
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    return f"{target}?draft={draft}" if draft else target


@policy.signed_in(background=True)
@require_POST
def autosave_draft(request: ScopedRequest, submission_id: UUID) -> HttpResponse:
    """Keep a draft while its author types. Never counts as somebody being here."""
    kind, path = request.POST.get("kind", "kept")[:40], request.POST.get("path", "")
    here = path if path.startswith("/") and len(path) <= 300 else ""
    submission = get_or_create_submission(token=submission_id, user=request.user, kind=kind, path=here)
    if submission.used_at is None:
        try:
            save_page_if_unchanged(
                submission=submission,
                page=request.POST.get("page", "")[:40],
                values=get_draft_values(request.POST),
            )
        except EditConflict:
            return JsonResponse({"saved": False}, status=409)
    return JsonResponse({"saved": True})
