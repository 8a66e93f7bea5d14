"""What is wrong with a form is said all at once: no form's ``clean`` stops at the first thing it finds."""

import ast
import inspect
import textwrap

import pytest
from django.forms import BaseForm, BaseFormSet

from pairs.service.refusals import ActionRefused, refuse_all
from pairs.web.preload import load_views
from tests.project.refusals import has_checks_in_turn, list_action_functions, list_checks
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


# What can only be asked once an earlier check has passed, and why.
ASKED_LATER = {
    "outcomes/actions/assessments.py: record_assessment": "whether it is right as entered: of what is not wrong",
    "pairs/village/actions/letters.py: begin_letter": "the rules of disclosure are asked of the letter itself",
    "referrals/actions/destinations.py: save_directory_entry": "somebody else has just saved the same name",
    "referrals/actions/steps.py: ask_for_more": "how the one question is sent, once it is one",
}


def test_no_action_stops_at_its_first_field():
    """Checks of different fields run together (`refuse_all`): what is wrong in two is told in one answer."""
    found = [
        (name, has_checks_in_turn(list_checks(function, functions)))
        for name, function, functions in list_action_functions()
    ]
    assert len(found) > 300
    assert {name for name, in_turn in found if in_turn} == set(ASKED_LATER)


@pytest.mark.parametrize(
    ("body", "in_turn"),
    [
        ('if a:\n  raise ActionRefused({"a": "x"})\nif b:\n  raise ActionRefused({"b": "x"})', True),
        ('if a:\n  raise ActionRefused({"a": "x"})\nif b:\n  raise ActionRefused({"a": "y"})', False),
        ('if a:\n  raise ActionRefused("Locked.")\nif b:\n  raise ActionRefused({"b": "x"})', False),
        ('validate_living("a", people)\nif b:\n  raise ActionRefused({"b": "x"})', True),
        ('refuse_all({"a": a}, lambda: validate_living("b", people))', False),
        ('refuse_all({"a": a})\nrefuse_all({"b": b})', True),
    ],
)
def test_checks_in_turn_are_found(body, in_turn):
    (function,) = ast.parse(f"def act():\n{textwrap.indent(body, '  ')}").body
    assert has_checks_in_turn(list_checks(function, {})) is in_turn


def test_checks_that_raise_are_gathered_and_of_one_field_the_first_is_kept():
    def find_both_wrong():
        raise ActionRefused({"since": "Later.", "who": "Choose who."})

    with pytest.raises(ActionRefused) as refused:
        refuse_all({"since": "In the future.", "room": ""}, find_both_wrong, lambda: None)
    assert refused.value.errors == {"since": "In the future.", "who": "Choose who."}


def test_an_action_says_everything_that_it_refuses():
    with pytest.raises(ActionRefused) as refused:
        refuse_all({"since": "In the future.", "room": "", "kept_from": "Two people."})
    assert refused.value.errors == {"since": "In the future.", "kept_from": "Two people."}
    refuse_all({"since": "", "room": ""})
