"""How a bound form field is drawn: its kind of control, its options, and where an error's link goes."""

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.functional import Promise

from .dates import DateParts

# Django's own messages say neither which field nor what to do.
DJANGO_MESSAGES = {
    str(message)
    for name in forms.fields.__all__
    for message in getattr(getattr(forms, name), "default_error_messages", {}).values()
}
DJANGO_ROWS = "10"  # what a Textarea gets when its form asks for nothing
WIDTHS = {"number": 5, "date": 10, "time": 5}
ASKS = {"checkbox": "Tick", "radios": "Choose an answer to", "select": "Choose"}
CLASSES = {"text": "nhsuk-input", "textarea": "nhsuk-textarea", "select": "nhsuk-select"}
KINDS = (
    (forms.HiddenInput, "hidden"),
    (forms.MultipleHiddenInput, "hidden"),
    (DateParts, "date_parts"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.MultiWidget, "several"),
)


def kind_of(bound):
    """hidden, date_parts, checkboxes, radios, checkbox, textarea, select, several, or text for all the rest."""
    return next((kind for widget, kind in KINDS if isinstance(bound.field.widget, widget)), "text")


def control(bound, width=None, rows=None, hint=None):
    """What the template needs of a bound field: kind, ids, and the widget drawn where Django draws it."""
    kind = kind_of(bound)
    hint = hint or bound.help_text
    if isinstance(hint, Promise):
        hint = str(hint)  # a lazy text hides that it is safe HTML (Django's password rules)
    described = [_hint_id(bound)] if hint else []
    described += [_error_id(bound)] if bound.errors else []
    drawn_by_django = kind in ("text", "textarea", "select", "several")
    return {
        "kind": kind,
        "id": focus_id(bound),
        "hint": hint,
        "hint_id": _hint_id(bound),
        "error_id": _error_id(bound),
        "described_by": " ".join(described),
        "html": _drawn(bound, kind, described, width, rows) if drawn_by_django else "",
        "boxes": bound.field.widget.boxes(bound.html_name, bound.value()) if kind == "date_parts" else [],
    }


def option_list(bound):
    """[{value, label, hint, checked, disabled, name, id, group}] of radios or checkboxes."""
    widget = bound.field.widget
    groups = widget.optgroups(bound.html_name, widget.format_value(bound.value()))
    found = [(group, option) for group, options, _ in groups for option in options]
    return [_option(bound, number, group, option) for number, (group, option) in enumerate(found)]


def _option(bound, number, group, option):
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


def focus_id(bound):
    """The id of what an error's link must focus: the control, its first box, or its first option."""
    kind = kind_of(bound)
    if kind in ("radios", "checkboxes"):
        return f"{bound.auto_id}_0"
    return f"{bound.auto_id}-day" if kind == "date_parts" else bound.auto_id


def field_groups(form, only=None, skip=()):
    """[(legend or None, [bound field])] in the form's own order; `form.groups` names the groups."""
    opened = {name for options in getattr(form, "reveals", {}).values() for name in options.values()}
    wanted = [bound for bound in form.visible_fields() if _asked_for(bound.name, only, {*skip, *opened})]
    groups = getattr(form, "groups", None)
    if not groups:
        return [(None, wanted)]
    by_name = {bound.name: bound for bound in wanted}
    named = [(legend, [by_name.pop(name) for name in names if name in by_name]) for legend, names in groups]
    return [(legend, fields) for legend, fields in [*named, (None, list(by_name.values()))] if fields]


def revealed_by(bound):
    """{option: the bound field it opens}: what `form.reveals = {field: {option: field}}` says of this one."""
    opens = getattr(bound.form, "reveals", {}).get(bound.name, {})
    return {option: bound.form[name] for option, name in opens.items() if name in bound.form.fields}


def error_links(*forms_or_sets):
    """[(message, id to focus or None)] over forms and formsets, in the order of the page."""
    links = []
    for given in forms_or_sets:
        if isinstance(given, BaseFormSet):
            links += [(message, None) for message in given.non_form_errors()]
            links += error_links(*given.forms)
        else:
            links += _links_of(given)
    return links


def _links_of(form):
    links = [(message, None) for message in form.non_field_errors()]
    for bound in form:
        links += [(message, None if bound.is_hidden else focus_id(bound)) for message in messages_of(bound)]
    return links


def messages_of(bound):
    """A bound field's errors; where the form has no words of its own, words that name the field."""
    return [_reworded(bound, str(message)) for message in bound.errors]


def _reworded(bound, message):
    if message == str(forms.Field.default_error_messages["required"]):
        return f"{ASKS.get(kind_of(bound), 'Fill in')} “{bound.label}”"
    return f"“{bound.label}”: {message}" if message in DJANGO_MESSAGES else message


def _asked_for(name, only, skip):
    return name not in skip and (only is None or name in only)


def _drawn(bound, kind, described, width, rows):
    widget = bound.field.widget
    classes = [CLASSES.get(kind, ""), widget.attrs.get("class", "")]
    width = width or WIDTHS.get(getattr(widget, "input_type", None))
    if width and kind == "text":
        classes.append(f"nhsuk-input--width-{width}")
    if bound.errors and kind in CLASSES:
        classes.append(f"{CLASSES[kind]}--error")
    if isinstance(widget, forms.DateInput) and widget.input_type == "date":
        widget.format = "%Y-%m-%d"  # the only form a browser's own date box reads
    attrs = {"class": " ".join(filter(None, classes))}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if kind == "textarea":
        own = widget.attrs.get("rows")
        attrs["rows"] = rows or (5 if own in (None, DJANGO_ROWS) else own)
    return bound.as_widget(attrs=attrs)


def _hint_id(bound):
    return f"{bound.auto_id}_helptext"


def _error_id(bound):
    return f"{bound.auto_id}_error"
