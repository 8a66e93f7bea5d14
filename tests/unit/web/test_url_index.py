"""Addresses found by their first word: the same as Django finds by trying every pattern in turn."""

import pytest
from django.http import Http404
from django.urls import URLResolver, include, path, re_path
from django.urls.resolvers import RoutePattern

from pairs.web.url_index import AddressIndex


def answer(request):
    """Any view."""


PATTERNS = [
    path("", answer, name="home"),
    path("families/", answer, name="families"),
    path("<slug:word>/of-all/", answer, name="of-all"),
    path(
        "families/<int:pk>/",
        include([path("", answer, name="family"), path("people/", answer, name="people")]),
    ),
    path("families/new/", answer, name="new"),
    path("families/of-all/", answer, name="never reached: the slug comes first"),
    path("healthz", answer, name="healthz"),
    re_path(r"^(?P<word>fam\w+)/$", answer, name="never reached: the plain one comes first"),
    re_path(r"^api/", answer, name="api"),
]
PATHS = [
    *(
        "",
        "families/",
        "families/12/",
        "families/12/people/",
        "families/new/",
        "families/of-all/",
        "sites/of-all/",
    ),
    *(
        "healthz",
        "healthz/",
        "api/anything",
        "famous/",
        "families",
        "families/12",
        "families/no/",
        "nowhere/",
        "//",
    ),
    *("families-of-all/", "fam\n/", "é/", "families//"),
]


def resolve(resolver, text):
    try:
        found = resolver.resolve(text)
    except Http404:
        return None
    return found.url_name, found.kwargs, found.route


@pytest.mark.parametrize("text", PATHS)
def test_it_finds_what_django_finds(text):
    plain = URLResolver(RoutePattern(""), PATTERNS)
    assert resolve(AddressIndex(PATTERNS), text) == resolve(plain, text)


def test_only_what_begins_so_is_tried():
    resolvers = AddressIndex(PATTERNS)._resolvers
    assert len(resolvers["healthz"].url_patterns) < len(resolvers["families"].url_patterns) < len(PATTERNS)


def test_it_has_no_names_of_its_own():
    """Or every address would be named twice, and each name be worked out twice when a process starts."""
    assert not AddressIndex(PATTERNS).url_patterns
    assert not AddressIndex(PATTERNS).reverse_dict
