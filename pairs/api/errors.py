"""What the API refuses with: ``{"errors": {field: [messages]}}`` (400, 409, 412, 422), else ``{"detail": …}``."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.error_responses import (
    NOT_ALLOWED,
    NOT_FOUND,
    READ_ONLY,
    build_json_refusal,
    is_refused_write_of_a_reader,
)
from pairs.service.refusals import ActionRefused, EditConflict, VersionMismatch
from pairs.submissions.actions import KeyReused


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """The same few messages for every refusal; nothing of the model, form or row behind it."""
    if isinstance(error, Http404):
        is_read_only = is_refused_write_of_a_reader(context["request"])
        return Response({"detail": READ_ONLY if is_read_only else NOT_FOUND}, status=404)
    if isinstance(error, PermissionDenied):
        return Response({"detail": NOT_ALLOWED}, status=403)
    if isinstance(error, ActionRefused):
        errors = {name: _to_message_list(message) for name, message in error.errors.items()}
        return Response({"errors": errors}, status=_get_status(error))
    if isinstance(error, exceptions.APIException):
        return _respond_to_framework(error)
    return None


def _get_status(error: ActionRefused) -> int:
    statuses = {EditConflict: 409, VersionMismatch: 412, KeyReused: 422}
    return statuses.get(type(error), 400)


def _respond_to_framework(error: exceptions.APIException) -> Response:
    """What the framework refuses by itself: a method, a body that is not JSON, a page that is not there."""
    if error.status_code == 400:
        return Response({"errors": {"": [str(error.detail)]}}, status=400)
    return Response({"detail": str(error.detail)}, status=error.status_code)


def _to_message_list(message: str | list[str]) -> list[str]:
    return [str(each) for each in message] if isinstance(message, list | tuple) else [str(message)]


@policy.public
def respond_not_found(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
    """An API path that does not exist gets the same 404 as a row that does not."""
    return build_json_refusal(404)
