"""The API's one small adapter: JSON in through the pages' own forms, errors out by field."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.datastructures import MultiValueDict
from rest_framework import exceptions, serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.fields import Field
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.service.refusals import ActionRefused


class TokenOrSessionAuthentication(SessionAuthentication):
    """The user the middleware found: by token, or by session with its CSRF check."""

    def authenticate(self, request: Request) -> tuple[Any, Any]:
        if request._request.api_token:
            return request._request.user, request._request.api_token
        return super().authenticate(request)

    def authenticate_header(self, request):
        return "Bearer"


class SafeJSONParser(JSONParser):
    """JSON whose excessive nesting is a parse error (400) instead of a RecursionError (500)."""

    def parse(
        self, stream: BytesIO, media_type: str | None = None, parser_context: dict[str, Any] | None = None
    ) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise exceptions.ParseError("JSON parse error - nested too deeply.") from None


def exception_handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """The same few messages for every refusal; nothing of the model, form or row behind it."""
    if isinstance(error, Http404):
        return Response({"detail": "Not found."}, status=404)
    if isinstance(error, PermissionDenied):
        return Response({"detail": "You may not do this."}, status=403)
    if isinstance(error, ActionRefused):
        return Response(
            {"errors": {name: _to_message_list(said) for name, said in error.errors.items()}}, status=400
        )
    if isinstance(error, exceptions.APIException):
        return Response({"detail": str(error.detail)}, status=error.status_code)
    return None


@policy.public
def respond_not_found(request, *args, **kwargs):
    """An API path that does not exist gets the same 404 as a row that does not."""
    return JsonResponse({"detail": "Not found."}, status=404, json_dumps_params={"separators": (",", ":")})


def _to_message_list(said: str | list[str]) -> list[str]:
    return [str(each) for each in said] if isinstance(said, list | tuple) else [str(said)]


@dataclass(frozen=True)
class FormInput:
    """What one endpoint reads: a form and, by name, its formsets, exactly as the page uses them."""

    form: type[forms.BaseForm]
    formsets: dict[str, type[forms.BaseFormSet]] = field(default_factory=dict)
    kwargs: dict = field(default_factory=dict)

    def read(self, payload: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
        """(form, {name: formset}), all valid. Raises Refused by field, formset rows as ``name.0.field``."""
        _check_object(payload, set(self.form.base_fields) | set(self.formsets))
        rows = {name: _check_rows(name, payload.get(name, []), each) for name, each in self.formsets.items()}
        flat = {name: value for name, value in payload.items() if name not in self.formsets}
        form = self.form(_build_post_data(flat, self.form), **self.kwargs)
        formsets = {
            name: each(_build_formset_post_data(rows[name], each), prefix=each.get_default_prefix())
            for name, each in self.formsets.items()
        }
        errors = {name: list(said) for name, said in form.errors.items()}
        for name, formset in formsets.items():
            errors |= _list_formset_errors(name, formset)
        if errors:
            raise ActionRefused({name.replace("__all__", ""): said for name, said in errors.items()})
        return form, formsets

    def read_patch(self, known: dict[str, Any], payload: dict[str, Any] | list[Any]) -> Any:
        """The form of a PATCH: what is sent, and what is ``known`` (the form's values) where nothing is sent."""
        if not isinstance(payload, dict):
            raise ActionRefused("Send one JSON object.")
        names = set(self.form.base_fields) & set(known)
        return self.read({name: _to_json_value(known[name]) for name in names} | payload)[0]


def _to_json_value(value: Any) -> Any:
    """A form's value as JSON would carry it."""
    if isinstance(value, list):
        return [_to_json_value(each) for each in value]
    return value if isinstance(value, str | int | float | None) else str(value)


def _check_object(payload: dict[str, Any], known: set[str]) -> None:
    if not isinstance(payload, dict):
        raise ActionRefused("Send one JSON object.")
    unknown = sorted(set(map(str, payload)) - known)
    if unknown:
        raise ActionRefused({_replace_unstorable(name)[:80]: "There is no such field." for name in unknown})


def _check_rows(
    name: str, rows: str | list[dict[str, Any]], formset: type[forms.BaseFormSet]
) -> list[dict[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ActionRefused({name: "Send a list of objects."})
    if len(rows) > formset.max_num:
        raise ActionRefused({name: f"Send at most {formset.max_num}."})
    for row in rows:
        _check_object(row, set(formset.form.base_fields))
    return rows


def _build_post_data(values: dict[str, Any], form: type[Any], prefix: str = "") -> MultiValueDict:
    posted = MultiValueDict()
    for name, value in values.items():
        posted.setlist(f"{prefix}{name}", _to_posted_texts(name, value, form.base_fields[name]))
    return posted


def _build_formset_post_data(rows: list[dict[str, Any]], formset: type[forms.BaseFormSet]) -> MultiValueDict:
    prefix = formset.get_default_prefix()
    posted = MultiValueDict({f"{prefix}-TOTAL_FORMS": [str(len(rows))], f"{prefix}-INITIAL_FORMS": ["0"]})
    for number, row in enumerate(rows):
        posted.update(_build_post_data(row, formset.form, f"{prefix}-{number}-"))
    return posted


def _to_posted_texts(name: str, value: Any, form_field: forms.Field) -> list[str]:
    many = isinstance(form_field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
    values = value if many and isinstance(value, list) else [value]
    if not all(isinstance(each, str | int | float | bool | None) for each in values):
        raise ActionRefused(
            {name: "Send a list of texts." if many else "Send a text, a number, true or false."}
        )
    texts = ["" if each is None else str(each) for each in values]
    if any("\x00" in each or _replace_unstorable(each) != each for each in texts):
        raise ActionRefused({name: "The text holds characters that cannot be stored."})
    return texts


def _replace_unstorable(text: str) -> str:
    """Replace lone surrogates, which neither a response nor the database can hold."""
    return text.encode("utf-8", "replace").decode()


def _list_formset_errors(name: str, formset: Any) -> dict[str, Any]:
    errors = {name: list(formset.non_form_errors())} if formset.non_form_errors() else {}
    for number, row in enumerate(formset.errors):
        errors |= {f"{name}.{number}.{key}".removesuffix(".__all__"): list(said) for key, said in row.items()}
    return errors


# How a form's field reads in OpenAPI. A kind that is not here is a text.
_SERIALIZER_FIELDS = (
    (forms.BooleanField, serializers.BooleanField),
    (forms.IntegerField, serializers.IntegerField),
    (forms.DateTimeField, serializers.DateTimeField),
    (forms.DateField, serializers.DateField),
    (forms.UUIDField, serializers.UUIDField),
)


def build_input_serializer(sheet: Any, name: str) -> type[serializers.Serializer]:
    """A serializer class that describes the input for OpenAPI; it parses nothing."""
    fields = {key: _build_serializer_field(each) for key, each in sheet.form.base_fields.items()}
    for key, formset in sheet.formsets.items():
        row = {each: _build_serializer_field(value) for each, value in formset.form.base_fields.items()}
        fields[key] = type(f"{name}{key.title()}", (serializers.Serializer,), row)(many=True, required=False)
    return type(name, (serializers.Serializer,), fields)


def _build_serializer_field(form_field: forms.Field) -> Field:
    options = {"required": form_field.required, "help_text": str(form_field.label or "")}
    if isinstance(form_field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return serializers.ListField(child=serializers.CharField(), **options)
    kind = next(
        (there for here, there in _SERIALIZER_FIELDS if isinstance(form_field, here)), serializers.CharField
    )
    return kind(**options)
