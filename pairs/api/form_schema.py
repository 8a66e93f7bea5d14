"""What an address reads, as a serializer: for the API's description alone. The form itself reads the input."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import UUIDField
from django.forms.models import ModelChoiceIterator
from rest_framework import serializers
from rest_framework.fields import Field

Serializer = type[serializers.Serializer]


def build_form_serializer(
    name: str, form: type[forms.BaseForm], formsets: Mapping[str, type[forms.BaseFormSet]]
) -> Serializer:
    """A serializer class of that name with the form's fields; each formset is a list of rows."""
    fields = build_form_fields(form)
    for key, formset in formsets.items():
        row = type(
            f"{name}{_to_class_name(key)}Row", (serializers.Serializer,), build_form_fields(formset.form)
        )
        fields[key] = row(many=True, required=False, max_length=formset.max_num)
    return type(name, (serializers.Serializer,), fields)


def _to_class_name(key: str) -> str:
    return "".join(part.title() for part in key.split("_"))


def build_form_fields(form: type[forms.BaseForm]) -> dict[str, Field]:
    """{name: serializer field} of what the form asks."""
    return {name: build_field(each) for name, each in form.base_fields.items()}


def build_field(field: forms.Field) -> Field:
    """The serializer field that takes what this form's field takes."""
    options = {"required": field.required, "help_text": _describe(field)}
    if isinstance(field, forms.ModelMultipleChoiceField):
        return serializers.ListField(child=_build_key_field(field), **options)
    if isinstance(field, forms.MultipleChoiceField):
        return serializers.ListField(child=_build_choice_field(field, {}), **options)
    if not field.required:
        options |= {"allow_null": True} | _get_default(field)
    if isinstance(field, forms.ModelChoiceField):
        return _build_key_field(field, **options)
    if getattr(field, "reads_boolean", False):  # radios of yes, no and not known
        return serializers.BooleanField(**options)
    if isinstance(field, forms.ChoiceField):
        return _build_choice_field(field, options)
    return _build_plain_field(field, options)


def _describe(field: forms.Field) -> str:
    """Its label and its hint, as sentences."""
    return " ".join(_end_sentence(str(text)) for text in (field.label, field.help_text) if text)


def _end_sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _get_default(field: forms.Field) -> dict[str, Any]:
    """A value that is left out is as if it were empty, but for what the form itself begins with."""
    return {"default": field.initial} if isinstance(field.initial, str | int | bool) else {}


def _build_key_field(field: Any, **options: Any) -> Field:
    """Whichever column of the other table names a row: an id, or a code."""
    key = field.to_field_name or "pk"
    try:
        column = field.queryset.model._meta.pk if key == "pk" else field.queryset.model._meta.get_field(key)
    except (AttributeError, FieldDoesNotExist):
        return serializers.CharField(**options)
    if isinstance(column, UUIDField):
        return serializers.UUIDField(**options)
    return serializers.CharField(**options)


def _build_choice_field(field: Any, options: dict[str, Any]) -> Field:
    """An enumeration where the choices are the same for everybody; else a text that names one of them."""
    if isinstance(field.choices, ModelChoiceIterator):
        return serializers.CharField(**_allow_blank(options))
    to_value = int if getattr(field, "coerce", None) is int else str
    choices = [
        (to_value(value), str(label)) for value, label in _flatten(field.choices) if value not in ("", None)
    ]
    if not choices:
        return serializers.CharField(**_allow_blank(options))
    return serializers.ChoiceField(choices=choices, **(options if to_value is int else _allow_blank(options)))


def _allow_blank(options: dict[str, Any]) -> dict[str, Any]:
    return options | ({"allow_blank": True} if options.get("allow_null") else {})


def _flatten(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        flat += label if isinstance(label, list | tuple) else [(value, label)]
    return flat


def _build_plain_field(field: forms.Field, options: dict[str, Any]) -> Field:
    if isinstance(field, forms.BooleanField | forms.NullBooleanField):
        return serializers.BooleanField(**options)
    if isinstance(field, forms.DecimalField | forms.FloatField):
        return serializers.FloatField(**options, **_get_bounds(field))
    if isinstance(field, forms.IntegerField):
        return serializers.IntegerField(**options, **_get_bounds(field))
    for kind, there in _PLAIN_FIELDS:
        if isinstance(field, kind):
            return there(**options)
    return _build_text_field(field, options)


_PLAIN_FIELDS = (
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
    (forms.TimeField, serializers.TimeField),
    (forms.UUIDField, serializers.UUIDField),
)


def _get_bounds(field: Any) -> dict[str, Any]:
    return {
        name: getattr(field, name) for name in ("min_value", "max_value") if getattr(field, name) is not None
    }


def _build_text_field(field: Any, options: dict[str, Any]) -> Field:
    kind = serializers.EmailField if isinstance(field, forms.EmailField) else serializers.CharField
    length = getattr(field, "max_length", None)
    return kind(**_allow_blank(options), **({"max_length": length} if length else {}))
