"""How a bound form field is drawn: its kind of control, its options, and where an error's link goes."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.functional import Promise

from .date_fields import DatePartsWidget

# Django's own messages say neither which field nor what to do.
DJANGO_MESSAGES = {
    str(message)
    for name in forms.fields.__all__
    for message in getattr(getattr(forms, name), "default_error_messages", {}).values()
}
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


def get_control_kind(bound: forms.BoundField) -> str:
    """hidden, date_parts, checkboxes, radios, checkbox, textarea, select, several, or text for all the rest."""
    return next((kind for widget, kind in WIDGET_KINDS if isinstance(bound.field.widget, widget)), "text")


def build_control(
    bound: forms.BoundField, width: int | None = None, rows: int | None = None, hint: Any = None
) -> dict[str, Any]:
    """What the template needs of a bound field: kind, ids, and the widget drawn where Django draws it."""
    kind = get_control_kind(bound)
    hint = hint or bound.help_text
    if isinstance(hint, Promise):
        hint = str(hint)  # a lazy text hides that it is safe HTML (Django's password rules)
    described = [_get_hint_id(bound)] if hint else []
    described += [_get_error_id(bound)] if bound.errors else []
    drawn_by_django = kind in ("text", "textarea", "select", "several")
    return {
        "kind": kind,
        "id": get_focus_id(bound),
        "hint": hint,
        "hint_id": _get_hint_id(bound),
        "error_id": _get_error_id(bound),
        "described_by": " ".join(described),
        "html": _render_widget(bound, kind, described, width, rows) if drawn_by_django else "",
        "boxes": bound.field.widget.build_boxes(bound.html_name, bound.value())
        if kind == "date_parts"
        else [],
    }


def build_options(bound: forms.BoundField) -> list[dict[str, Any]]:
    """[{value, label, hint, checked, disabled, name, id, group}] of radios or checkboxes."""
    widget = bound.field.widget
    groups = widget.optgroups(bound.html_name, widget.format_value(bound.value()))
    found = [(group, option) for group, options, _ in groups for option in options]
    return [_build_option(bound, number, group, option) for number, (group, option) in enumerate(found)]


def _build_option(bound: forms.BoundField, number: int, group: Any, option: dict[str, Any]) -> dict[str, Any]:
    return {
        "value": option["value"],
        "label": option["label"],
        "hint": getattr(bound.form, "option_hints", {}).get(bound.name, {}).get(str(option["value"])),
        "checked": option["selected"],
        "disabled": bound.field.disabled,
        "name": option["name"],
        "id": f"{bound.auto_id}_{number}",
        "group": group,
    }


def get_focus_id(bound: forms.BoundField) -> Any:
    """The id of what an error's link must focus: the control, its first box, or its first option."""
    kind = get_control_kind(bound)
    if kind in ("radios", "checkboxes"):
        return f"{bound.auto_id}_0"
    return f"{bound.auto_id}-day" if kind == "date_parts" else bound.auto_id


def group_fields(
    form: forms.Form, only: tuple[str, ...] | None = None, skip: tuple[str, ...] = ()
) -> list[tuple[str | None, list[forms.BoundField]]]:
    """[(legend or None, [bound field])] in the form's own order; `form.groups` names the groups."""
    opened = {name for options in getattr(form, "reveals", {}).values() for name in options.values()}
    wanted = [bound for bound in form.visible_fields() if _is_requested(bound.name, only, {*skip, *opened})]
    groups = getattr(form, "groups", None)
    if not groups:
        return [(None, wanted)]
    by_name = {bound.name: bound for bound in wanted}
    named = [(legend, [by_name.pop(name) for name in names if name in by_name]) for legend, names in groups]
    return [(legend, fields) for legend, fields in [*named, (None, list(by_name.values()))] if fields]


def get_revealed_fields(bound: forms.BoundField) -> dict[str, forms.BoundField]:
    """{option: the bound field it opens}: what `form.reveals = {field: {option: field}}` says of this one."""
    opens = getattr(bound.form, "reveals", {}).get(bound.name, {})
    return {option: bound.form[name] for option, name in opens.items() if name in bound.form.fields}


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
    links = [(message, None) for message in form.non_field_errors()]
    for bound in form:
        links += [
            (message, None if bound.is_hidden else get_focus_id(bound))
            for message in list_field_messages(bound)
        ]
    return links


def list_field_messages(bound: forms.BoundField) -> list[Any]:
    """A bound field's errors; where the form has no words of its own, words that name the field."""
    return [_reword_message(bound, str(message)) for message in bound.errors]


def _reword_message(bound: forms.BoundField, message: str) -> str:
    if message == str(forms.Field.default_error_messages["required"]):
        return f"{REQUIRED_PROMPTS.get(get_control_kind(bound), 'Fill in')} “{bound.label}”"
    return f"“{bound.label}”: {message}" if message in DJANGO_MESSAGES else message


def _is_requested(name: str, only: tuple[str, ...] | None, skip: set[str]) -> bool:
    return name not in skip and (only is None or name in only)


def _render_widget(bound: Any, kind: str, described: list[str], width: int | None, rows: Any) -> str:
    widget = bound.field.widget
    classes = [CSS_CLASSES.get(kind, ""), widget.attrs.get("class", "")]
    width = width or INPUT_WIDTHS.get(getattr(widget, "input_type", None))
    if width and kind == "text":
        classes.append(f"nhsuk-input--width-{width}")
    if bound.errors and kind in CSS_CLASSES:
        classes.append(f"{CSS_CLASSES[kind]}--error")
    if isinstance(widget, forms.DateInput) and widget.input_type == "date":
        widget.format = "%Y-%m-%d"  # the only form a browser's own date box reads
    attrs = {"class": " ".join(filter(None, classes))}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if kind == "textarea":
        own = widget.attrs.get("rows")
        attrs["rows"] = rows or (5 if own in (None, DJANGO_TEXTAREA_ROWS) else own)
    return bound.as_widget(attrs=attrs)


def _get_hint_id(bound: forms.BoundField) -> str:
    return f"{bound.auto_id}_helptext"


def _get_error_id(bound: forms.BoundField) -> str:
    return f"{bound.auto_id}_error"
