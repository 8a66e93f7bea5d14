"""Widgets drawn without templates: the same HTML as Django's own, whatever stands in them."""

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from pairs.web.form_renderer import WIDGET_RENDERERS, FormRenderer

NASTY_TEXT = '"O\'Neil" <b>&amp;</b>\n'
CHOICES = [
    ("", "None"),
    ("a", NASTY_TEXT),
    ("Group <1>", [(1, "One"), (2, mark_safe("<i>Two</i>"))]),
    (None, "x"),
]
WIDGETS = [
    forms.TextInput(attrs={"class": "a <b>", "required": True, "disabled": False, "maxlength": 20}),
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


def remove_empty_lines(html):
    """Django leaves one after each option."""
    return re.sub(r"\n+(?= *</?opt|</select)", "\n", html)


def test_these_widgets_are_rendered_here():
    assert {widget.template_name for widget in WIDGETS} - set(WIDGET_RENDERERS) == set()


def test_every_other_widget_is_djangos():
    boxes = forms.CheckboxSelectMultiple(choices=CHOICES)
    assert boxes.render("x", ["a"], {}, FormRenderer()) == boxes.render("x", ["a"], {}, DjangoTemplates())
