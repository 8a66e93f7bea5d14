"""Widgets drawn without templates: the same HTML as Django's own, whatever stands in them."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from pairs.web.form_controls import build_control
from pairs.web.form_renderer import WIDGET_RENDERERS, FormRenderer, render_bound_widget

NASTY_TEXT = '"O\'Neil" <b>&amp;</b>\n'
CHOICES = [
    ("", "None"),
    ("a", NASTY_TEXT),
    ("Group <1>", [(1, "One"), (2, mark_safe("<i>Two</i>"))]),
    (None, "x"),
]
WIDGETS = [
    forms.TextInput(attrs={"class": "a <b>", "required": True, "disabled": False, "minlength": 2}),
    forms.NumberInput(),
    forms.EmailInput(),
    forms.URLInput(),
    forms.HiddenInput(),
    forms.PasswordInput(render_value=True),
    forms.DateInput(attrs={"type": "date"}),
    forms.DateTimeInput(),
    forms.TimeInput(),
    forms.Textarea(attrs={"rows": 4}),
    forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES),
    forms.NullBooleanSelect(),
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize(
    "value", [None, "", "a", 1, NASTY_TEXT, mark_safe("<i>safe</i>"), gettext_lazy("Name")], ids=repr
)
def test_the_same_html_as_djangos(widget, value):
    drawn = widget.render("some-name", value, {"id": "id_1"}, FormRenderer())
    assert drawn == remove_empty_lines(widget.render("some-name", value, {"id": "id_1"}, DjangoTemplates()))


def make_form(widget, *, initial=None, data=None, **options):
    """A form of one field with this widget."""
    field = forms.Field(widget=widget, **options)
    return type("SomeForm", (forms.Form,), {"asked": field})(data, initial={"asked": initial})


STATES = {
    "fresh": {},
    "filled in": {"initial": "a"},
    "with text to be escaped": {"initial": NASTY_TEXT},
    "not required": {"required": False},
    "disabled": {"disabled": True, "initial": 1},
    "refused": {"data": {"asked": ""}},
    "sent": {"data": {"asked": "2"}},
    "localised": {"localize": True, "initial": 1234.5},
}


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize("state", STATES)
def test_a_bound_field_is_drawn_as_django_draws_it(widget, state):
    bound = make_form(widget, **STATES[state])["asked"]
    attrs = {"class": "nhsuk-input"} | ({"aria-describedby": "id_asked_error"} if bound.errors else {})
    assert render_bound_widget(bound, attrs) == bound.as_widget(attrs=attrs)


def test_a_widget_with_ways_of_its_own_keeps_them():
    class LoudSelect(forms.Select):
        def create_option(self, name, value, label, *arguments, **options):
            return super().create_option(name, value, f"{label}!", *arguments, **options)

    assert ">Yes!</option>" in build_control(make_form(LoudSelect(choices=[("y", "Yes")]))["asked"]).html


@pytest.mark.parametrize("data", [None, {"rows-TOTAL_FORMS": "3", "rows-INITIAL_FORMS": "1"}])
def test_the_counts_of_a_formset_are_hidden_fields_as_djangos(data):
    class Row(forms.Form):
        name = forms.CharField()

    drawn = str(forms.formset_factory(Row)(data, prefix="rows").management_form)
    with_django = forms.formset_factory(Row, renderer=DjangoTemplates())(data, prefix="rows")
    assert drawn == re.sub(r"\s*\n\s*", "", str(with_django.management_form))


def remove_empty_lines(html):
    """Django leaves one after each option."""
    return re.sub(r"\n+(?= *</?opt|</select)", "\n", html)


def test_these_widgets_are_rendered_here():
    assert {widget.template_name for widget in WIDGETS} - set(WIDGET_RENDERERS) == set()


def test_every_other_widget_is_djangos():
    boxes = forms.CheckboxSelectMultiple(choices=CHOICES)
    assert boxes.render("x", ["a"], {}, FormRenderer()) == boxes.render("x", ["a"], {}, DjangoTemplates())
