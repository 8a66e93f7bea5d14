"""Every address of the URLconf, for the tests of the whole project."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from pairs.access.policy import POLICIES_BY_URL_NAME, Policy, get_policy

OUR_PACKAGES = ("pairs.", "referrals.", "interventions.", "outcomes.", "reporting.", "config.")


@dataclass(frozen=True)
class UrlAddress:
    """One pattern of the URLconf: its name, its route, the view, and its parameters' converters by name."""

    name: str
    route: str
    view: Any
    parameters: tuple[tuple[str, str], ...]

    @property
    def policy(self) -> Policy | None:
        return get_policy(self.view, self.name)

    @property
    def ours(self) -> bool:
        """Declares its policy itself; the rest is third-party or in an app below access."""
        return self.name not in POLICIES_BY_URL_NAME and self.view.__module__.startswith(OUR_PACKAGES)

    @property
    def is_api(self) -> bool:
        return self.route.startswith(("api/", "^api/"))

    @property
    def ids(self) -> list[str]:
        return [name for name, kind in self.parameters if kind in ("UUIDConverter", "IntConverter")]

    def __str__(self):
        return self.name or self.route


@cache
def list_url_addresses() -> tuple[UrlAddress, ...]:
    return tuple(_walk(get_resolver().url_patterns, "", {}))


def _walk(patterns, route, parameters):
    for pattern in patterns:
        here = route + str(pattern.pattern)
        known = parameters | {name: type(each).__name__ for name, each in pattern.pattern.converters.items()}
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, here, known)
        elif isinstance(pattern, URLPattern):
            yield UrlAddress(pattern.name or "", here, pattern.callback, tuple(known.items()))
