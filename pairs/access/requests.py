"""The request that a view is given: with what the middleware has put on it."""

from django.http import HttpRequest
from django.urls import ResolverMatch

from pairs.access.models import ApiToken
from pairs.access.scope import Scope
from pairs.service.models import User


class AccessLog:
    """What this request has shown so far: ids of the families opened and listed, and why."""

    def __init__(self):
        self.opened, self.listed, self.reason = set(), set(), ""

    def __bool__(self) -> bool:
        return bool(self.opened or self.listed or self.reason)


class ScopedRequest(HttpRequest):
    """Who is asking, what they may reach, and which families this request has shown so far."""

    user: User
    scope: Scope
    access_log: AccessLog
    api_token: ApiToken | None
    resolver_match: ResolverMatch
