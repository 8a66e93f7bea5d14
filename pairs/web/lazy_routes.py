"""Routes whose regular expression is compiled when an address is first compared with it.

Django compiles those of all addresses when one is first built by its name, for their text alone: 700 of them were a
sixteenth of a start, also of a process that answers nobody. It then takes each text apart, letter by letter, for what
stands around its values: another twentieth, where all of ours are words and named values and can be split.
"""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, resolvers
from django.urls.resolvers import RoutePattern
from django.utils.regex_helper import normalize

# What Django makes of a route: words, with what re.escape() escapes in them, and values without brackets of their own.
ROUTE_PATTERN = re.compile(r"\^?((?:[\w/-]|\\[-.@]|\(\?P<\w+>[^()|\\]+\))*)(?:\\Z)?")
VALUE_PATTERN = re.compile(r"\(\?P<(\w+)>[^()]+\)")


class LazyRegex:
    """What Django asks of a route's regular expression."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)

    def search(self, path: str) -> re.Match[str] | None:
        return self.compiled.search(path)


class LazyRoutePattern(RoutePattern):
    """Django's, for routes that are the same in every language, as ours are."""

    @cached_property
    def regex(self) -> LazyRegex:  # type: ignore[override]
        return LazyRegex(self._regex)


def split_route(pattern: str) -> list[tuple[str, list[str]]]:
    """[(the address with %(name)s for each value, their names)], as Django's ``normalize``; what is no route, by it."""
    route = ROUTE_PATTERN.fullmatch(pattern)
    if route is None:
        return normalize(pattern)
    names = VALUE_PATTERN.findall(route[1])
    return [(VALUE_PATTERN.sub(r"%(\1)s", route[1]).replace("\\", ""), names)]


def use_split_route() -> None:
    """Have Django list the addresses by it."""
    resolvers.normalize = split_route


def compile_when_asked(patterns: Iterable[Any]) -> None:
    """Have these routes, and those within them, compiled when they are first compared with an address."""
    for each in patterns:
        if type(each.pattern) is RoutePattern:
            each.pattern.__class__ = LazyRoutePattern
        if isinstance(each, URLResolver):
            compile_when_asked(each.url_patterns)


def compile_now(pattern: URLPattern) -> None:
    """Before a web process forks, so that its workers share it."""
    if isinstance(pattern.pattern, LazyRoutePattern):
        pattern.pattern.regex.compiled  # noqa: B018 (compiling it is what is wanted)
