"""Which request a line of the log belongs to, and whose it was; installed where the log is JSON (config/logs.py)."""

import uuid
from collections.abc import Callable
from typing import Any

from structlog.contextvars import bind_contextvars, clear_contextvars

HEADER = "X-Request-ID"


class LogContext:
    """Gives each request an id. The answer carries it too, so that a person's report leads to the lines about it."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request):
        request_id = uuid.uuid4().hex
        clear_contextvars()  # a worker serves one request after the other
        bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response.headers[HEADER] = request_id
        return response

    def process_view(self, request, view, args, kwargs):
        """Every middleware has seen the request by now, so it is known who asks, by session or by token."""
        if request.user.is_authenticated:
            bind_contextvars(user_id=str(request.user.pk))
