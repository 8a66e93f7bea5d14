"""Errors that Django answers by itself, outside any view: a page for people, JSON for whoever asks the API."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.views import csrf, defaults

from pairs.access.scope import SAFE_METHODS, load_scope

API_PREFIX = "/api/"
NOT_FOUND = "Not found."
READ_ONLY = (
    "Nothing was saved. While you read a record by emergency access you can read it and write nothing in it. If you "
    "did not mean such a record, there is nothing here that you can see."
)
NOT_ALLOWED = "You may not do this."
SIGN_IN = "Sign in, or send a token in the header: Authorization: Bearer <token>."
SECOND_FACTOR = "Set up a second factor first, on the page of your account."
DETAILS = {
    403: NOT_ALLOWED,
    404: NOT_FOUND,
    500: "Something went wrong here. It has been logged; nothing was saved.",
}
TOO_MANY_OPENED = (
    "You have opened more families in an hour than this service allows. You can still open those. Wait an "
    "hour, or ask information governance, who can see what was opened."
)
NOT_STORABLE = "The text holds characters that cannot be stored."
NO_CSRF_TOKEN = (
    "With a session, send the CSRF token in the header X-CSRFToken; with an API token, none is needed."
)


def is_api_request(request: HttpRequest) -> bool:
    return request.path.startswith(API_PREFIX)


def build_json_refusal(status: int, detail: str = "") -> JsonResponse:
    """``{"detail": why}``, written as the API writes everything else."""
    response = JsonResponse(
        {"detail": detail or DETAILS[status]}, status=status, json_dumps_params={"separators": (",", ":")}
    )
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def respond_not_storable(request: HttpRequest) -> HttpResponse:
    """For text that PostgreSQL cannot hold."""
    if is_api_request(request):
        return JsonResponse({"errors": {"": [NOT_STORABLE]}}, status=400)
    return HttpResponseBadRequest(NOT_STORABLE, content_type="text/plain")


def respond_too_many_opened(request: HttpRequest) -> HttpResponse:
    """In place of a page that would open one family too many within an hour."""
    if is_api_request(request):
        return build_json_refusal(429, TOO_MANY_OPENED)
    context = {"heading": "Too many records opened", "text": TOO_MANY_OPENED}
    return render(request, "429.html", context, status=429)


def respond_bad_request(request: HttpRequest, exception: Any) -> HttpResponse:
    if is_api_request(request):
        return JsonResponse({"errors": {"": ["This request cannot be read."]}}, status=400)
    return defaults.bad_request(request, exception)


def respond_permission_denied(request: HttpRequest, exception: Any) -> HttpResponse:
    return (
        build_json_refusal(403) if is_api_request(request) else defaults.permission_denied(request, exception)
    )


def respond_page_not_found(request: HttpRequest, exception: Any) -> HttpResponse:
    if not is_refused_write_of_a_reader(request):
        return (
            build_json_refusal(404)
            if is_api_request(request)
            else defaults.page_not_found(request, exception)
        )
    if is_api_request(request):
        return build_json_refusal(404, READ_ONLY)
    return render(request, "404.html", {"read_only": READ_ONLY}, status=404)


def is_refused_write_of_a_reader(request: Any) -> bool:
    """Whether somebody who may read a record and write nothing in it has just tried to write, in it or elsewhere.

    It asks who they are and not what they asked for: of a record that is there and of one that is not, the answer is
    the same.
    """
    user = getattr(request, "user", None)
    if request.method in SAFE_METHODS or user is None or not user.is_authenticated:
        return False
    return bool(load_scope(user).granted.keys() - load_scope(user, method=request.method).granted.keys())


def respond_server_error(request: HttpRequest) -> HttpResponse:
    return build_json_refusal(500) if is_api_request(request) else defaults.server_error(request)


def respond_csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if is_api_request(request):
        return build_json_refusal(403, NO_CSRF_TOKEN)
    return csrf.csrf_failure(request, reason)
