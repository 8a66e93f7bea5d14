"""What was posted when it could not be saved: the screen had locked, the session had ended, or one signed in again.

It is kept as a draft of whoever's page it was, and offered to nobody else. If their account has just been closed, it is
work that they have left (pairs/families/held_work.py): who hands that over gives it to a colleague.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import Resolver404, resolve

from pairs.access.page_author import find_page_author
from pairs.access.policy import PERMISSION, POLICIES_BY_URL_NAME, SIGNED_IN, get_policy
from pairs.access.requests import ScopedRequest
from pairs.submissions.actions import save_posted_draft
from pairs.submissions.models import Submission

KEPT_KIND = "kept"  # of a page that does not say which form it is
NEVER_KEPT = {"unlock", "autosave", *POLICIES_BY_URL_NAME}  # passwords, and what keeps itself


def keep_posted_form(request: ScopedRequest) -> Submission | None:
    """The draft that this POST has become; None for what is no form of a person with an account."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name in NEVER_KEPT:
        return None
    policy = get_policy(match.func, match.url_name)
    signed_in = request.user if request.user.is_authenticated else None
    author = find_page_author(request) or signed_in
    if policy is None or policy.kind not in (SIGNED_IN, PERMISSION) or author is None:
        return None
    page = get_page_class(match.func)
    kind = (page.kind or match.url_name) if hasattr(page, "kind") else KEPT_KIND
    return save_posted_draft(user=author, path=request.path, posted=request.POST, kind=kind)


def get_page_class(view: Any) -> Any:
    """The class of the page, which says its kind and title; None for a view that is a function."""
    return getattr(getattr(view, "loaded", view), "view_class", None)


def titled(title: str) -> Callable[[Any], Any]:
    """For a page of a form that is a function: what its drafts are called in a list."""

    def set_title(view: Any) -> Any:
        view.title = title
        return view

    return set_title


def describe_form(path: str) -> str:
    """What the form at this address is called, for a list of drafts; '' where there is no such form any more."""
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    page = get_page_class(match.func) or match.func
    name = (match.url_name or "").replace("-", " ")
    return str(getattr(page, "title", "") or name[:1].upper() + name[1:])


def get_draft_path(draft: Submission) -> str:
    """Where to go on with it; of one that was saved after all, the record that it made."""
    return draft.result_path if draft.used_at else f"{draft.path}?{urlencode({'draft': draft.pk})}"


def ask_to_sign_in_and_go_on(request: ScopedRequest, draft: Submission) -> HttpResponse:
    """The sign-in page, which leads on to the draft; whoever cannot sign in any more is told who gets it."""
    if not draft.user.is_active:
        return render(request, "access/kept_for_team.html", status=403)
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': get_draft_path(draft)})}")
