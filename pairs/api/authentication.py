"""Who asks: whoever the middleware found, by token or by session."""

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request


class TokenOrSessionAuthentication(SessionAuthentication):
    """The user the middleware found: by token, or by session with its CSRF check."""

    def authenticate(self, request: Request) -> tuple[Any, Any]:
        if request._request.api_token:
            return request._request.user, request._request.api_token
        return super().authenticate(request)

    def authenticate_header(self, request):
        return "Bearer"
