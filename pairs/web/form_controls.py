"""How a bound form field is drawn: its kind of control, its options, and where an error's link goes."""

import functools
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.functional import Promise
from markupsafe import Markup

from .date_fields import DatePartsWidget
from .form_renderer import render_bound_widget

# Django's own messages say neither which field nor what to do.
DJANGO_MESSAGES = {
    str(message)
    for name in forms.fields.__all__
    for message in getattr(getattr(forms, name), "default_error_messages", {}).values()
}
TOO_LONG = "“{label}” has room for {limit_value} characters, and this has {show_value}. Shorten it; nothing was cut off"
DJANGO_TEXTAREA_ROWS = "10"  # what a Textarea gets when its form asks for nothing
INPUT_WIDTHS = {"number": 5, "date": 10, "time": 5}
REQUIRED_PROMPTS = {"checkbox": "Tick", "radios": "Choose an answer to", "select": "Choose"}
CSS_CLASSES = {"text": "nhsuk-input", "textarea": "nhsuk-textarea", "select": "nhsuk-select"}
WIDGET_KINDS = (
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (DatePartsWidget, "date_parts"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.MultiWidget, "several"),
)


@dataclass(slots=True)
class Control:
    """What the template needs of a bound field: kind, ids, what is wrong, and the widget where Django draws it."""

    kind: str
    id: str
    hint: Any
    hint_id: str
    error_id: str
    described_by: str
    messages: list[str]
    html: Any
    boxes: list[tuple[str, str, str]]


@dataclass(slots=True)
class Option:
    """One of a question's radios or checkboxes."""

    value: Any
    label: Any
    hint: Any
    checked: bool
    disabled: bool
    name: str
    id: str
    group: str | None


def get_control_kind(bound: forms.BoundField) -> str:
    """hidden, date_parts, checkboxes, radios, checkbox, textarea, select, several, or text for all the rest."""
    return _get_widget_kind(type(bound.field.widget))


@functools.cache
def _get_widget_kind(widget: type[forms.Widget]) -> str:
    return next((kind for known, kind in WIDGET_KINDS if issubclass(widget, known)), "text")


def build_control(
    bound: forms.BoundField, width: int | None = None, rows: int | None = None, hint: Any = None
) -> Control:
    """How the template draws a bound field."""
    kind = get_control_kind(bound)
    hint = hint or bound.help_text
    if isinstance(hint, Promise):
        hint = str(hint)  # a lazy text hides that it is safe HTML (Django's password rules)
    messages = list_field_messages(bound) if bound.name in bound.form.errors else []
    auto_id = bound.auto_id
    hint_id, error_id = f"{auto_id}_helptext", f"{auto_id}_error"
    described_by = " ".join([hint_id] * bool(hint) + [error_id] * bool(messages))
    drawn_by_django = kind in ("text", "textarea", "select", "several")
    return Control(
        kind=kind,
        id=_get_focus_id(kind, auto_id),
        hint=hint,
        hint_id=hint_id,
        error_id=error_id,
        described_by=described_by,
        messages=messages,
        html=_render_widget(bound, kind, described_by, bool(messages), width, rows)
        if drawn_by_django
        else "",
        boxes=bound.field.widget.build_boxes(bound.html_name, bound.value()) if kind == "date_parts" else [],
    )


def build_options(bound: forms.BoundField) -> list[Option]:
    """Those of radios or checkboxes."""
    widget = bound.field.widget
    groups = widget.optgroups(bound.html_name, widget.format_value(bound.value()))
    found = [(group, option) for group, options, _ in groups for option in options]
    hints = getattr(bound.form, "option_hints", {}).get(bound.name, {})
    auto_id, disabled = bound.auto_id, bound.field.disabled
    return [
        Option(
            value=option["value"],
            label=option["label"],
            hint=hints.get(str(option["value"])),
            checked=option["selected"],
            disabled=disabled,
            name=option["name"],
            id=f"{auto_id}_{number}",
            group=group,
        )
        for number, (group, option) in enumerate(found)
    ]


def get_focus_id(bound: forms.BoundField) -> Any:
    """The id of what an error's link must focus: the control, its first box, or its first option."""
    return _get_focus_id(get_control_kind(bound), bound.auto_id)


def _get_focus_id(kind: str, auto_id: str) -> str:
    if kind in ("radios", "checkboxes"):
        return f"{auto_id}_0"
    return f"{auto_id}-day" if kind == "date_parts" else auto_id


def group_fields(
    form: forms.Form, only: tuple[str, ...] | None = None, skip: tuple[str, ...] = ()
) -> list[tuple[str | None, list[forms.BoundField]]]:
    """[(legend or None, [bound field])] in the form's own order; `form.groups` names the groups."""
    opened = {
        bound.name for asked in form for opened in get_revealed_fields(asked).values() for bound in opened
    }
    wanted = [bound for bound in form.visible_fields() if _is_requested(bound.name, only, {*skip, *opened})]
    groups = getattr(form, "groups", None)
    if not groups:
        return [(None, wanted)]
    by_name = {bound.name: bound for bound in wanted}
    named = [(legend, [by_name.pop(name) for name in names if name in by_name]) for legend, names in groups]
    return [(legend, fields) for legend, fields in [*named, (None, list(by_name.values()))] if fields]


def get_revealed_fields(bound: forms.BoundField) -> dict[str, list[forms.BoundField]]:
    """{option: the bound fields it opens}: what `form.reveals = {field: {option: field or fields}}` says of this one.

    A field with an error is not among them unless its option is chosen: it would be in a part that is closed.
    """
    form, opens = bound.form, getattr(bound.form, "reveals", {}).get(bound.name, {})
    return {
        option: [
            form[name]
            for name in list_revealed_names(names)
            if name in form.fields and not (form.errors.get(name) and not _is_chosen(bound, option))
        ]
        for option, names in opens.items()
    }


def list_revealed_names(names: str | tuple[str, ...]) -> tuple[str, ...]:
    """One name or several, as several."""
    return (names,) if isinstance(names, str) else names


def _is_chosen(bound: forms.BoundField, option: str) -> bool:
    value = bound.value()
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return bool(value)
    return option in map(str, value if isinstance(value, list | tuple) else [value])


def list_error_links(*forms_or_sets: Any) -> list[Any]:
    """[(message, id to focus or None)] over forms and formsets, in the order of the page."""
    links = []
    for given in forms_or_sets:
        if isinstance(given, BaseFormSet):
            links += [(message, None) for message in given.non_form_errors()]
            links += list_error_links(*given.forms)
        else:
            links += _list_form_error_links(given)
    return links


def _list_form_error_links(form: Any) -> list[Any]:
    if not form.errors:
        return []
    links = [(message, None) for message in form.non_field_errors()]
    for bound in form:
        links += [
            (message, None if bound.is_hidden else get_focus_id(bound))
            for message in list_field_messages(bound)
        ]
    return links


def list_field_messages(bound: forms.BoundField) -> list[Any]:
    """A bound field's errors; where the form has no words of its own, words that name the field."""
    return [
        _reword_message(bound, error, str(message))
        for error in bound.errors.as_data()
        for message in error.messages
    ]


def _reword_message(bound: forms.BoundField, error: forms.ValidationError, message: str) -> str:
    if error.code == "max_length" and error.params and "max_length" not in bound.field.error_messages:
        return TOO_LONG.format(label=bound.label, **error.params)
    if message == str(forms.Field.default_error_messages["required"]):
        return f"{REQUIRED_PROMPTS.get(get_control_kind(bound), 'Fill in')} “{bound.label}”"
    return f"“{bound.label}”: {message}" if message in DJANGO_MESSAGES else message


def _is_requested(name: str, only: tuple[str, ...] | None, skip: set[str]) -> bool:
    return name not in skip and (only is None or name in only)


def _render_widget(
    bound: Any, kind: str, described_by: str, is_wrong: bool, width: int | None, rows: Any
) -> Markup:
    widget = bound.field.widget
    classes = [CSS_CLASSES.get(kind, ""), widget.attrs.get("class", "")]
    width = width or INPUT_WIDTHS.get(getattr(widget, "input_type", None))
    if width and kind == "text":
        classes.append(f"nhsuk-input--width-{width}")
    if is_wrong and kind in CSS_CLASSES:
        classes.append(f"{CSS_CLASSES[kind]}--error")
    if isinstance(widget, forms.DateInput) and widget.input_type == "date":
        widget.format = "%Y-%m-%d"  # the only form a browser's own date box reads
    attrs = {"class": " ".join(filter(None, classes))}
    if described_by:
        attrs["aria-describedby"] = described_by
    if kind == "textarea":
        own = widget.attrs.get("rows")
        attrs["rows"] = rows or (5 if own in (None, DJANGO_TEXTAREA_ROWS) else own)
    return Markup(render_bound_widget(bound, attrs))
