"""What is wrong with a form is said all at once: no form's ``clean`` stops at the first thing it finds."""

import ast
import inspect
import textwrap

import pytest
from django.forms import BaseForm, BaseFormSet

from pairs.service.refusals import ActionRefused, refuse_all
from pairs.web.preload import load_views
from tests.project.test_files import list_subclasses
from tests.project.test_form_fields import OURS


def find_own_clean(form_class):
    """The tree of the ``clean`` that the class itself has, or None."""
    own = form_class.__dict__.get("clean")
    return own and ast.parse(textwrap.dedent(inspect.getsource(own)))


def count_raises(tree):
    return sum(isinstance(node, ast.Raise) for node in ast.walk(tree))


def list_form_classes():
    load_views()
    found = list_subclasses(BaseForm) | list_subclasses(BaseFormSet)
    return [each for each in found if each.__module__.startswith(OURS) and find_own_clean(each)]


def test_no_clean_stops_at_the_first_error():
    """A form adds each error to its field. Rows have one thing to say about all of them together, if any."""
    raising = {
        each.__qualname__: count_raises(find_own_clean(each)) - issubclass(each, BaseFormSet)
        for each in list_form_classes()
    }
    assert len(raising) > 20
    assert {name for name, raises in raising.items() if raises > 0} == set()


def test_an_action_says_everything_that_it_refuses():
    with pytest.raises(ActionRefused) as refused:
        refuse_all({"since": "In the future.", "room": "", "kept_from": "Two people."})
    assert refused.value.errors == {"since": "In the future.", "kept_from": "Two people."}
    refuse_all({"since": "", "room": ""})
