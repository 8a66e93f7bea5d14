"""A session that is left alone locks and later ends; what is posted then is kept as a draft and comes back."""

import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect

from pairs.access.error_responses import build_json_refusal, is_api_request
from pairs.access.policy import ONE_TIME_LINK, Policy, get_policy
from pairs.access.requests import ScopedRequest
from pairs.submissions.kept_posts import ask_to_sign_in_and_go_on, keep_posted_form

ALLOWED_WHILE_LOCKED = {"unlock", "account_logout", "autosave", "healthz", "readyz"}


class SessionLockMiddleware:
    """Idle locks a session and deletes nothing: what was posted is kept, and the page comes back after unlocking."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: ScopedRequest) -> HttpResponse:
        if request.api_token is None and request.user.is_authenticated:
            if _is_session_expired(request.session):
                logout(request)
            elif _is_session_idle(request.session):
                request.session["locked"] = True
        return self.get_response(request)

    def process_view(
        self, request: ScopedRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.api_token is not None:
            return None
        if not request.user.is_authenticated:
            kept = None if is_api_request(request) else keep_posted_form(request)
            return ask_to_sign_in_and_go_on(request, kept) if kept else None
        policy = get_policy(view, request.resolver_match.url_name)
        if not request.session.get("locked"):
            if policy and not policy.background:
                _touch_session(request.session)
            return None
        if request.resolver_match.url_name in ALLOWED_WHILE_LOCKED or _is_one_time_link(policy):
            return None
        return _ask_to_unlock(request)


def _is_one_time_link(policy: Policy | None) -> bool:
    """A one-time link: what a carer posts in a locked colleague's browser must not become that colleague's draft."""
    return policy is not None and policy.kind == ONE_TIME_LINK


def _is_session_expired(session: Any) -> bool:
    """Twelve hours after signing in it ends, however busy it is (SESSION_COOKIE_AGE alone slides)."""
    return time.time() - session.setdefault("since", int(time.time())) > settings.SESSION_COOKIE_AGE


def _is_session_idle(session: Any) -> bool:
    return time.time() - session.get("last_seen", time.time()) > settings.SESSION_IDLE_LOCK_SECONDS


def _touch_session(session: Any) -> None:
    """At most one write a minute, and none for pages that poll."""
    if time.time() - session.get("last_seen", 0) > settings.SESSION_TOUCH_SECONDS:
        session["last_seen"] = int(time.time())


def _ask_to_unlock(request: ScopedRequest) -> HttpResponse:
    """The page comes back after unlocking; of what was posted, each is kept and offered."""
    if is_api_request(request):
        return build_json_refusal(401, "The session is locked: unlock it in the browser.")
    if kept := keep_posted_form(request):
        drafts = [each for each in request.session.get("unlock_drafts", []) if each != str(kept.pk)]
        request.session["unlock_drafts"] = [*drafts, str(kept.pk)]
    else:
        request.session["unlock_to"] = request.get_full_path() if request.method == "GET" else request.path
    return redirect("unlock")
