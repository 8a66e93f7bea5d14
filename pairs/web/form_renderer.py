"""Draws Django's plain widgets without its template engine: the same HTML at a tenth of the work.

A select of Django's is one template a list and two an option. Whatever is not listed here is drawn as Django draws it.
"""

import html
from typing import Any

from django.forms.models import ModelChoiceIteratorValue
from django.forms.renderers import DjangoTemplates

WIDGET_TEMPLATE_FOLDER = "django/forms/widgets/"
INPUT_TYPES = ("date", "datetime", "email", "hidden", "input", "number", "password", "text", "time", "url")


class FormRenderer(DjangoTemplates):
    """The renderer of every form (FORM_RENDERER)."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        draw = WIDGET_RENDERERS.get(template_name)
        return draw(context["widget"]) if draw else super().render(template_name, context, request)


def render_input(widget: dict[str, Any]) -> str:
    """An ``<input>`` of the widget's type."""
    value = "" if widget["value"] is None else f' value="{_escape_text(widget["value"])}"'
    kind, name = _escape_text(widget["type"]), _escape_text(widget["name"])
    return f'<input type="{kind}" name="{name}"{value}{_render_attributes(widget)}>'


def render_textarea(widget: dict[str, Any]) -> str:
    """A ``<textarea>``; its first line break is not part of the text."""
    text = _escape_text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_escape_text(widget["name"])}"{_render_attributes(widget)}>\n{text}</textarea>'


def render_select(widget: dict[str, Any]) -> str:
    """A ``<select>`` with its options, in groups where they have names."""
    groups = "".join(_render_option_group(name, options) for name, options, _ in widget["optgroups"])
    return f'<select name="{_escape_text(widget["name"])}"{_render_attributes(widget)}>{groups}\n</select>'


def _render_option_group(name: str | None, options: list[dict[str, Any]]) -> str:
    drawn = "".join(f"\n  {_render_option(each)}" for each in options)
    return f'\n  <optgroup label="{_escape_text(name)}">{drawn}\n  </optgroup>' if name else drawn


def _render_option(option: dict[str, Any]) -> str:
    value, label = _escape_text(option["value"]), _escape_text(option["label"])
    return f'<option value="{value}"{_render_attributes(option)}>{label}</option>'


def _render_attributes(widget: dict[str, Any]) -> str:
    return "".join(
        f" {_escape_text(name)}" if value is True else f' {_escape_text(name)}="{_escape_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _escape_text(value: int | str | ModelChoiceIteratorValue) -> str:
    """Escaped, unless it is HTML already."""
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


WIDGET_RENDERERS = {f"{WIDGET_TEMPLATE_FOLDER}{name}.html": render_input for name in INPUT_TYPES}
WIDGET_RENDERERS |= {
    f"{WIDGET_TEMPLATE_FOLDER}textarea.html": render_textarea,
    f"{WIDGET_TEMPLATE_FOLDER}select.html": render_select,
}
