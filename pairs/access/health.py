"""Liveness and readiness checks for the monitoring system."""

from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpResponse

from pairs.access import policy
from pairs.access.requests import ScopedRequest


class HealthCheckMiddleware:
    """Answer health checks before sessions and sign-in, which need a database that may be down."""

    def __init__(self, get_response: Callable[..., Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: ScopedRequest) -> HttpResponse:
        answer = {"/healthz": check_liveness, "/readyz": check_readiness}.get(request.path)
        return answer(request) if answer else self.get_response(request)


@policy.public
def check_liveness(request: ScopedRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database."""
    return HttpResponse("ok", content_type="text/plain")


@policy.public
def check_readiness(request: ScopedRequest) -> HttpResponse:
    """Pages can be served: the database answers. Redis is never asked, since no page needs it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM service_site LIMIT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")
