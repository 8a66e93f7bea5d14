"""Addresses are listed as Django lists them, without its letter by letter."""

import pytest
from django.urls import URLResolver, get_resolver
from django.utils.regex_helper import normalize

from pairs.web import lazy_routes


def list_patterns(resolver, before=""):
    """The text of every pattern, alone and behind those it stands within, as Django takes them apart."""
    for each in resolver.url_patterns:
        text = each.pattern.regex.pattern
        yield from {text, before + text.removeprefix("^")}
        if isinstance(each, URLResolver):
            yield from list_patterns(each, before + text.removeprefix("^"))


def test_every_address_is_taken_apart_as_django_does():
    patterns = list(list_patterns(get_resolver()))
    assert len(patterns) > 1_000
    assert [each for each in patterns if lazy_routes.split_route(each) != normalize(each)] == []


def test_nearly_all_are_split_without_django(monkeypatch):
    left = []
    monkeypatch.setattr(lazy_routes, "normalize", left.append)
    for each in list_patterns(get_resolver()):
        lazy_routes.split_route(each)
    assert [each for each in left if "confirm-email/" not in each and "reset/key/" not in each] == []


@pytest.mark.parametrize(
    "pattern", [r"^a(?:b)?c", r"^(\d+)/", r"^a.b", "^a|b", r"^(?P<x>(?:a|b))/", r"^\d/\Z"]
)
def test_what_is_no_route_is_left_to_django(monkeypatch, pattern):
    monkeypatch.setattr(lazy_routes, "normalize", lambda text: ("by Django", text))
    assert lazy_routes.split_route(pattern) == ("by Django", pattern)
