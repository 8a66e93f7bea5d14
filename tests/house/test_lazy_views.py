"""A URLconf that names its views by their modules: each is there, and allauth's list is the one it makes itself."""

import subprocess
import sys

import pytest
from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

from pairs.access import account_urls
from pairs.service.lazy_views import LazyView, lazy_views
from tests.house.addresses import OURS, every_address
from tests.house.floors import ROOT

# allauth's old addresses for what has moved: no page leads there, and none has a policy.
NOT_TAKEN_OVER = {"social/login/cancelled/", "social/login/error/", "social/signup/", "social/connections/"}


@pytest.mark.parametrize(
    "address", [each for each in every_address() if isinstance(each.view, LazyView)], ids=str
)
def test_every_named_view_is_there(address):
    assert callable(address.view.loaded)
    assert address.view.loaded.__name__ in (address.view.__name__, "view")  # a class's view is called "view"


def listed(patterns, route=""):
    """{route: (name, module of the view)} of all patterns below."""
    found = {}
    for each in patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            found |= listed(each.url_patterns, here)
        elif isinstance(each, URLPattern):
            found[here.replace("/^", "/")] = each.name, each.callback.__module__
    return found


def test_the_sign_in_addresses_are_those_that_allauth_makes_of_our_settings():
    theirs = listed([path("", include("allauth.urls"))])
    assert set(theirs) - NOT_TAKEN_OVER == set(listed(account_urls.urlpatterns))
    ours = listed(account_urls.urlpatterns)
    assert {route: theirs[route] for route in ours} == ours


def test_a_view_answers_for_what_it_stands_for():
    view = lazy_views("pairs.access.views").tokens
    assert repr(view) == "<pairs.access.views.tokens>"
    assert not hasattr(view, "view_class")
    assert view.policy is view.loaded.policy


def test_a_view_that_is_not_there_is_an_error_and_no_page():
    with pytest.raises(ImportError, match="has no view nothing"):
        lazy_views("pairs.service.views").nothing(None)
    with pytest.raises(ModuleNotFoundError):
        lazy_views("pairs.service.nowhere").page(None)


LOOK = """
import sys
import config.wsgi
from django.urls import reverse
print(reverse("caseload"), *(name for name in sys.modules if name.endswith((".views", ".desk.caseload"))))
"""


def test_an_address_is_made_without_its_page():
    done = subprocess.run([sys.executable, "-c", LOOK], cwd=ROOT, capture_output=True, text=True, check=True)
    address, *pages = done.stdout.split()
    assert address == "/caseload/"
    assert [name for name in pages if name.startswith(OURS)] == []
