"""What happens around every view: is the input text, who is it, may they, and what was seen."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBadRequest, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from pairs.access.entries import write_entry
from pairs.access.fetch import Sight
from pairs.access.models import ApiToken
from pairs.access.policy import PERMISSION, SIGNED_IN, policy_of
from pairs.access.scope import scope_of

API = "/api/"
PAGES_KNOW = ("GET", "HEAD", "OPTIONS", "POST")


class SensibleInput:
    """Refuse text PostgreSQL cannot hold (NUL, lone surrogates) before any view meets it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not _storable(request.get_full_path()) or not _storable_form(request):
            return HttpResponseBadRequest(
                "The text holds characters that cannot be stored.", content_type="text/plain"
            )
        return self.get_response(request)


def _storable(text):
    return "\x00" not in text and "%00" not in text and text.encode("utf-8", "replace").decode() == text


def _storable_form(request):
    if request.method != "POST" or request.path.startswith(API):
        return True
    return all(_storable(value) for _, values in request.POST.lists() for value in values)


class ApiTokens:
    """A bearer token signs the request in as its owner; nothing of it is remembered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.api_token = None
        header = request.headers.get("Authorization", "")
        if request.path.startswith(API) and header.startswith("Bearer "):
            request.api_token = ApiToken.objects.matching(header[7:].strip(), timezone.now())
            if request.api_token is None:
                return JsonResponse({"detail": "The token is not valid or has expired."}, status=401)
            request.user = request.api_token.user
        return self.get_response(request)


class Policies:
    """Refuse a view that declares no policy, anyone it does not allow, and a page whose sight cannot be logged."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.scope = SimpleLazyObject(lambda: scope_of(request.user))
        request.sight = Sight()
        response = self.get_response(request)
        if request.sight or (response.status_code in (403, 404) and request.user.is_authenticated):
            _log(request, response)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request, view, args, kwargs):
        policy = policy_of(view, request.resolver_match.url_name)
        if policy is None:
            raise PermissionDenied("This address has no policy.")
        if policy.kind in (SIGNED_IN, PERMISSION) and not request.user.is_authenticated:
            return _sign_in_first(request)
        if policy.kind == PERMISSION and not request.scope.may(*policy.permissions_for(request.method)):
            raise PermissionDenied
        if _second_factor_missing(request, policy):
            return redirect("mfa_index")
        if request.method not in PAGES_KNOW and not request.path.startswith(API):
            return HttpResponseNotAllowed(
                PAGES_KNOW
            )  # the API's own answer to what it does not know is the same
        return None


def _sign_in_first(request):
    if request.path.startswith(API):
        return JsonResponse({"detail": "Sign in, or send a token."}, status=401)
    return redirect_to_login(request.get_full_path(), reverse(settings.LOGIN_URL))


# Where somebody without a second factor may still go: to set one up, and to leave.
BEFORE_SECOND_FACTOR = ("mfa_", "account_", "unlock")


def _second_factor_missing(request, policy):
    """Without a passkey or code generator nobody gets past setting one up: not to a page, nor to a token."""
    if not settings.REQUIRE_SECOND_FACTOR or policy.kind not in (SIGNED_IN, PERMISSION) or request.api_token:
        return False
    if (request.resolver_match.url_name or "").startswith(BEFORE_SECOND_FACTOR):
        return False
    return not is_mfa_enabled(request.user)


def _log(request, response):
    match = request.resolver_match
    write_entry(
        user_id=request.user.pk,  # None for somebody who is not signed in
        view=(match.view_name if match else "") or "unknown",
        method=request.method,
        status=response.status_code,
        opened=sorted(request.sight.opened),
        listed=sorted(request.sight.listed),
        reason=request.sight.reason,
    )
