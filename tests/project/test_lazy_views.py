"""A URLconf that names its views by their modules: each is there, and allauth's list is the one it makes itself."""

import subprocess
import sys

import pytest
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from pairs.access import account_urls
from pairs.web.lazy_views import LazyView, lazy_views
from tests.project.import_layers import ROOT
from tests.project.url_addresses import OUR_PACKAGES, list_url_addresses

# allauth's old addresses for what has moved: no page leads there, and none has a policy.
OMITTED_ALLAUTH_ROUTES = {
    "social/login/cancelled/",
    "social/login/error/",
    "social/signup/",
    "social/connections/",
}


def find_view_problem(address):
    """'' where the view that the address names is there."""
    try:
        loaded = address.view.loaded
    except ImportError as error:
        return str(error)
    # a class's view is called "view"
    there = callable(loaded) and loaded.__name__ in (address.view.__name__, "view")
    return "" if there else f"{address.view!r} is {loaded!r}"


def test_every_named_view_exists():
    named = [each for each in list_url_addresses() if isinstance(each.view, LazyView)]
    assert len(named) > 400
    assert {str(each): problem for each in named if (problem := find_view_problem(each))} == {}


def list_routes(patterns, route=""):
    """{route: (name, module of the view)} of all patterns below."""
    found = {}
    for each in patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            found |= list_routes(each.url_patterns, here)
        elif isinstance(each, URLPattern):
            found[here.replace("/^", "/")] = each.name, each.callback.__module__
    return found


def test_the_sign_in_addresses_are_those_that_allauth_makes_of_our_settings():
    theirs = list_routes([path("", include("allauth.urls"))])
    assert set(theirs) - OMITTED_ALLAUTH_ROUTES == set(list_routes(account_urls.urlpatterns))
    ours = list_routes(account_urls.urlpatterns)
    assert {route: theirs[route] for route in ours} == ours


def test_a_lazy_view_behaves_like_its_view():
    view = lazy_views("pairs.access.views").manage_tokens
    assert repr(view) == "<pairs.access.views.manage_tokens>"
    assert not hasattr(view, "view_class")
    assert view.policy is view.loaded.policy


def test_a_missing_view_is_an_error_and_no_page():
    with pytest.raises(ImportError, match="has no view nothing"):
        lazy_views("pairs.service.views").nothing(None)
    with pytest.raises(ModuleNotFoundError):
        lazy_views("pairs.service.nowhere").page(None)


REVERSE_PROGRAM = """
import sys
import config.wsgi
from django.urls import reverse
loaded = [name for name in sys.modules if name.endswith((".views", ".dashboards.caseload"))]
print(reverse("caseload"), *loaded)
"""


def test_an_address_is_reversed_without_loading_its_page():
    done = subprocess.run(
        [sys.executable, "-c", REVERSE_PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    address, *pages = done.stdout.split()
    assert address == "/caseload/"
    assert [name for name in pages if name.startswith(OUR_PACKAGES)] == []
