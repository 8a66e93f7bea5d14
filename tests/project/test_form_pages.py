"""Every form page leads to pages that exist, and nothing that it declares is hidden by a method above it."""

from uuid import UUID

import pytest
from django.urls import reverse

from pairs.submissions.form_page import FormPage
from script.local.state_folder import ROOT
from tests.project.test_edit_forms import list_view_classes

METHODS = {"back": "get_back_link", "leads_to": "get_success_path"}


def list_form_pages():
    return sorted(
        (each for each in list_view_classes() if issubclass(each, FormPage)), key=lambda each: each.__name__
    )


def test_the_pages_around_every_form_page_exist():
    pages = {getattr(each, name) for each in list_form_pages() for name in METHODS} - {None}
    assert len(pages) > 40
    for page in pages:
        assert reverse(page.name, args=[UUID(int=1)] if page.of else [])


@pytest.mark.parametrize("name", METHODS)
def test_what_a_form_page_declares_is_not_hidden_by_a_method_above_it(name):
    hidden = []
    for page in list_form_pages():
        declared = next((n for n, each in enumerate(page.__mro__) if vars(each).get(name)), None)
        method = next(n for n, each in enumerate(page.__mro__) if METHODS[name] in vars(each))
        if declared is not None and declared < method and page.__mro__[method] is not FormPage:
            hidden.append(page.__name__)
    assert not hidden


def test_every_form_is_sent_in_the_way_that_the_test_client_sends_it():
    """Urlencoded (tests/browser_forms.py), which is what a browser does with a form that does not say otherwise."""
    templates = list((ROOT / "templates").rglob("*.html"))
    assert len(templates) > 100
    assert [str(each) for each in templates if "enctype" in each.read_text()] == []
