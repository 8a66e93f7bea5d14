"""Middleware around every view: storable input, API tokens, access policies and the access log."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
)
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from pairs.access.access_entries import write_access_entry
from pairs.access.error_responses import (
    SECOND_FACTOR,
    SIGN_IN,
    build_json_refusal,
    is_api_request,
    respond_not_storable,
    respond_too_many_opened,
)
from pairs.access.models import ApiToken
from pairs.access.opening_reasons import ReasonNeeded, ask_for_reason, is_shared_with_clinicians
from pairs.access.own_records import OwnRecord, ask_about_own_record
from pairs.access.policy import PERMISSION, SIGNED_IN, get_policy
from pairs.access.requests import AccessLog, ScopedRequest
from pairs.access.scope import load_request_scope
from pairs.access.unusual_viewing import report_unusual_viewing
from pairs.service.hooks import load_page_hooks
from pairs.web.preload import register_preparation
from pairs.web.typed_text import unify_line_ends

register_preparation(load_page_hooks)

PAGE_METHODS = ("GET", "HEAD", "OPTIONS", "POST")


class StorableInputMiddleware:
    """Refuse text PostgreSQL cannot hold (NUL, lone surrogates) before any view meets it."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: ScopedRequest) -> HttpResponse:
        if not _is_storable(request.get_full_path()) or not _is_storable_form(request):
            return respond_not_storable(request)
        return self.get_response(request)


def _is_storable(text: str) -> bool:
    return "\x00" not in text and "%00" not in text and text.encode("utf-8", "replace").decode() == text


def _is_storable_form(request: ScopedRequest) -> bool:
    if request.method != "POST" or is_api_request(request):
        return True
    return all(_is_storable(value) for _, values in request.POST.lists() for value in values)


class LineEndMiddleware:
    """Every line end of a posted form as one character: a browser counts one and sends two.

    After the lock of the screen, which keeps what was posted as it came.
    """

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: ScopedRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: ScopedRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if request.method == "POST" and not is_api_request(request):
            _unify_posted_line_ends(request)


def _unify_posted_line_ends(request: ScopedRequest) -> None:
    if not any("\r" in text for _, texts in request.POST.lists() for text in texts):
        return
    unified: Any = request.POST.copy()
    for name, texts in request.POST.lists():
        unified.setlist(name, [unify_line_ends(text) for text in texts])
    unified._mutable = False
    request.POST = unified


class PermissionsPolicyMiddleware:
    """Say on every answer which of a browser's powers its page may use (settings.PERMISSIONS_POLICY)."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response
        self.value = ", ".join(f"{name}={allowed}" for name, allowed in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = self.value
        return response


class ApiTokenMiddleware:
    """A bearer token signs the request in as its owner; nothing of it is remembered."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: ScopedRequest) -> HttpResponse:
        request.api_token = None
        header = request.headers.get("Authorization", "")
        if is_api_request(request) and header.startswith("Bearer "):
            request.api_token = ApiToken.objects.matching(header[7:].strip(), timezone.now())
            if request.api_token is None:
                return build_json_refusal(401, "The token is not valid or has expired.")
            request.user = request.api_token.user
        return self.get_response(request)


class PolicyMiddleware:
    """Refuse a view without a policy and anyone it does not allow; write the access log before responding."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.scope = SimpleLazyObject(lambda: load_request_scope(request))
        request.access_log = AccessLog()
        response = self.get_response(request)
        if request.access_log or (response.status_code in (403, 404) and request.user.is_authenticated):
            response = _write_access_log(request, response)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        policy = get_policy(view, request.resolver_match.url_name)
        if policy is None:
            raise PermissionDenied("This address has no policy.")
        request.is_clinical_page = is_shared_with_clinicians(policy)
        if policy.kind in (SIGNED_IN, PERMISSION) and not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        if policy.kind in (SIGNED_IN, PERMISSION):
            request.scope = load_request_scope(request)  # no longer lazy: a page asks it a hundred times
        if policy.kind == PERMISSION and not request.scope.may(*policy.permissions_for(request.method)):
            raise PermissionDenied
        if _needs_second_factor(request, policy):
            return (
                build_json_refusal(403, SECOND_FACTOR) if is_api_request(request) else redirect("mfa_index")
            )
        if request.method not in PAGE_METHODS and not is_api_request(request):
            return HttpResponseNotAllowed(
                PAGE_METHODS
            )  # the API's own answer to what it does not know is the same
        return None

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        if not isinstance(error, (ReasonNeeded, OwnRecord)):
            return None
        request.access_log = AccessLog()  # of the page that is not shown: nothing was opened yet
        ask = ask_about_own_record if isinstance(error, OwnRecord) else ask_for_reason
        return ask(request, error.family_id)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    if is_api_request(request):
        return build_json_refusal(401, SIGN_IN)
    return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))


# Where somebody without a second factor may still go: to set one up, to link single sign-on, and to leave.
ALLOWED_WITHOUT_SECOND_FACTOR = ("mfa_", "account_", "unlock", "socialaccount_connections", "openid_connect_")


def _needs_second_factor(request: Any, policy: Any) -> bool:
    """Without a passkey or code generator nobody gets past setting one up: not to a page, nor to a token.

    A session that single sign-on opened needs none of ours: whoever checked the identity has asked for two.
    """
    if not settings.REQUIRE_SECOND_FACTOR or policy.kind not in (SIGNED_IN, PERMISSION) or request.api_token:
        return False
    if (request.resolver_match.url_name or "").startswith(ALLOWED_WITHOUT_SECOND_FACTOR):
        return False
    if is_mfa_enabled(request.user):
        return False
    from pairs.access.single_sign_on import (
        came_by_single_sign_on,  # loads allauth's part for it with the first
    )

    return not came_by_single_sign_on(request)


def _get_record_id(match: Any) -> UUID | None:
    """The record that the address names: the last id in it."""
    ids = [each for each in match.kwargs.values() if isinstance(each, UUID)] if match else []
    return ids[-1] if ids else None


def _write_access_log(request: Any, response: HttpResponse) -> HttpResponse:
    """The answer, or a refusal in its place when it would open one family too many within an hour."""
    match = request.resolver_match
    is_refused, opened = write_access_entry(
        user_id=request.user.pk,  # None for somebody who is not signed in
        view=(match.view_name if match else "") or "unknown",
        method=request.method,
        status=response.status_code,
        opened=sorted(request.access_log.opened),
        listed=sorted(request.access_log.listed),
        reason=request.access_log.reason,
        about=_get_record_id(match),
    )
    report_unusual_viewing(request, opened)
    return respond_too_many_opened(request) if is_refused else response
