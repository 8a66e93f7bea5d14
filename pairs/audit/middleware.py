"""Gives pghistory the user and the view of every change made during a request."""

from collections.abc import Callable
from typing import Any

import pghistory


class HistoryContextMiddleware:
    """Hand user and view to the history triggers. (pghistory's own middleware would store the URL.)"""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        user = request.user
        with pghistory.context(user=str(user.pk) if user.is_authenticated else None):
            return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        pghistory.context(view=match.view_name or view.__name__)
