"""Draws Django's plain widgets without its template engine: the same HTML at a tenth of the work.

A select of Django's is one template a list and two an option. Whatever is not listed here is drawn as Django draws it.
"""

import functools
import html
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIteratorValue
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input

WIDGET_TEMPLATE_FOLDER = "django/forms/widgets/"
FORM_TEMPLATE = (
    "django/forms/div.html"  # of a whole form: of one with nothing but hidden fields, as a formset's own
)
# A browser cuts what is pasted to this length without a word, and the rest is lost: the form says what is too long.
CUTS_WHAT_IS_PASTED = "maxlength"
INPUT_TYPES = ("date", "datetime", "email", "hidden", "input", "number", "password", "text", "time", "url")


class FormRenderer(DjangoTemplates):
    """The renderer of every form (FORM_RENDERER)."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        if draw := WIDGET_RENDERERS.get(template_name):
            return draw(context["widget"])
        if template_name == FORM_TEMPLATE and not context["fields"] and not context["errors"]:
            return "".join(render_bound_widget(bound, {}) for bound in context["hidden_fields"])
        return super().render(template_name, context, request)


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
        f" {_escape_name(name)}" if value is True else f' {_escape_name(name)}="{_escape_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False and name != CUTS_WHAT_IS_PASTED
    )


@functools.lru_cache(maxsize=256)
def _escape_name(name: str) -> str:
    return html.escape(name)


def _escape_text(value: int | str | ModelChoiceIteratorValue) -> str:
    """Escaped, unless it is HTML already."""
    return value.__html__() if hasattr(value, "__html__") else html.escape(str(value))


# ---------------------------------------------------------------- without a widget's context
def render_bound_widget(bound: forms.BoundField, attrs: dict[str, Any]) -> str:
    """A bound field's widget as ``bound.as_widget(attrs=attrs)`` draws it, for plain widgets in a third of the time.

    ``aria-describedby`` is the caller's: what Django would add is in ``attrs`` already.
    """
    widget = bound.field.widget
    draw = None if bound.field.localize else _find_direct_renderer(type(widget))
    if draw is None:
        return bound.as_widget(attrs=attrs)
    return draw(widget, bound, widget.build_attrs(widget.attrs, _complete_attributes(bound, attrs)))


def _complete_attributes(bound: forms.BoundField, attrs: dict[str, Any]) -> dict[str, Any]:
    """These, and those that say how the field stands."""
    field, widget, found = bound.field, bound.field.widget, dict(attrs)
    if field.required and bound.form.use_required_attribute and widget.use_required_attribute(bound.initial):
        found["required"] = True
    if field.disabled:
        found["disabled"] = True
    if not widget.is_hidden and bound.name in bound.form.errors:
        found["aria-invalid"] = "true"
    if "id" not in widget.attrs and "id" not in found and (auto_id := bound.auto_id):
        found["id"] = auto_id
    return found


def _render_bound_input(widget: Input, bound: forms.BoundField, attrs: dict[str, Any]) -> str:
    value = widget.format_value(bound.value())
    return render_input({"type": widget.input_type, "name": bound.html_name, "value": value, "attrs": attrs})


def _render_bound_textarea(widget: forms.Textarea, bound: forms.BoundField, attrs: dict[str, Any]) -> str:
    return render_textarea(
        {"name": bound.html_name, "value": widget.format_value(bound.value()), "attrs": attrs}
    )


def _render_bound_select(widget: forms.Select, bound: forms.BoundField, attrs: dict[str, Any]) -> str:
    chosen = widget.format_value(bound.value())
    options = "".join(_render_choices(widget.choices, chosen))
    return f'<select name="{_escape_text(bound.html_name)}"{_render_attributes({"attrs": attrs})}>{options}\n</select>'


def _render_choices(choices: Any, chosen: list[str]) -> Iterator[str]:
    """Each option on a line, the first that is chosen as selected, in groups where they have names."""
    waiting = chosen
    for value, label in choices:
        is_group = isinstance(label, (list, tuple))
        lines = []
        for each, words in label if is_group else [(value, label)]:
            each = "" if each is None and not is_group else each
            selected = str(each) in waiting
            waiting = [] if selected else waiting
            lines.append(
                f'\n  <option value="{_escape_text(each)}"{" selected" if selected else ""}>'
                f"{_escape_text(words)}</option>"
            )
        named = _escape_text("" if value is None else value)
        drawn = "".join(lines)
        yield f'\n  <optgroup label="{named}">{drawn}\n  </optgroup>' if is_group and named else drawn


@functools.cache
def _find_direct_renderer(kind: type[forms.Widget]) -> Callable[..., str] | None:
    """What draws widgets of this class without their context; None where the class has ways of its own."""
    if kind.template_name not in WIDGET_RENDERERS or kind.render is not forms.Widget.render:
        return None
    if kind.get_context is Input.get_context:
        return _render_bound_input
    if kind.get_context is forms.Widget.get_context and issubclass(kind, forms.Textarea):
        return _render_bound_textarea
    plain = (forms.Select.get_context, forms.Select.optgroups, forms.Select.create_option)
    if issubclass(kind, forms.Select) and not kind.allow_multiple_selected:
        return (
            _render_bound_select if (kind.get_context, kind.optgroups, kind.create_option) == plain else None
        )
    return None


WIDGET_RENDERERS = {f"{WIDGET_TEMPLATE_FOLDER}{name}.html": render_input for name in INPUT_TYPES}
WIDGET_RENDERERS |= {
    f"{WIDGET_TEMPLATE_FOLDER}textarea.html": render_textarea,
    f"{WIDGET_TEMPLATE_FOLDER}select.html": render_select,
}
