"""The OpenAPI description, generated from the addresses of all apps and what their views declare."""

import re
from functools import cache
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.views import APIView

from pairs.access.policy import PERMISSION, PUBLIC
from pairs.api.form_schema import build_form_serializer
from pairs.api.idempotency import MAX_KEY_LENGTH
from pairs.api.views import ApiView, FormApi
from pairs.submissions.actions import IDEMPOTENCY_HEADER

NO_TEXT = {"type": "string", "maxLength": 0}
# The web server's own answer, before anything of ours reads the request: it has no JSON.
TOO_LONG = OpenApiResponse(description="The address and its parameters have more than 4,094 bytes.")
METHOD_DOC = re.compile(r"(GET|POST|PUT|PATCH|DELETE): ")
IDEMPOTENCY_PARAMETER = OpenApiParameter(
    IDEMPOTENCY_HEADER, {"type": "string", "maxLength": MAX_KEY_LENGTH}, OpenApiParameter.HEADER,
    description="Any text of your own. Sent again with the same text, the request makes nothing new and answers the "
    "record that it made the first time (200).",
)  # fmt: skip
IF_MATCH_PARAMETER = OpenApiParameter(
    "If-Match", {"type": "string"}, OpenApiParameter.HEADER,
    description="The ETag that the record was read with: if it has changed since, nothing is done (412).",
)  # fmt: skip


class Refusal(serializers.Serializer):
    """Why nothing was done."""

    detail = serializers.CharField()


class FieldErrors(serializers.Serializer):
    """What is wrong, by field: "" is the whole, "people.0.name" a field of the first of several rows."""

    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class PairsSchemaGenerator(SchemaGenerator):
    """drf-spectacular's generator, with a schema of our own for each view."""

    def _get_paths_and_endpoints(self) -> Any:
        """What is ours: not the description itself, nor what answers that an address is not there."""
        found = super()._get_paths_and_endpoints()
        return [each for each in found if isinstance(each[3], ApiView)]

    def create_view(self, callback: Any, method: str, request: Any = None) -> APIView:
        cls = callback.cls
        if issubclass(cls, ApiView) and not isinstance(vars(cls).get("schema"), PairsSchema):
            cls.schema = PairsSchema()
        return super().create_view(callback, method, request)


class TokenOrSessionScheme(OpenApiAuthenticationExtension):
    """A token of one's own, or the session of a browser that is signed in."""

    target_class = "pairs.api.authentication.TokenOrSessionAuthentication"
    name = ["token", "session"]

    def get_security_requirement(self, auto_schema: Any) -> Any:
        return [{"token": []}, {"session": []}]

    def get_security_definition(self, auto_schema: Any) -> Any:
        return [
            {
                "type": "http",
                "scheme": "bearer",
                "description": "A token of your own, made at /account/tokens/.",
            },
            {
                "type": "apiKey",
                "in": "cookie",
                "name": "sessionid",
                "description": "Signed in by browser. What changes something sends the header X-CSRFToken too.",
            },
        ]


class PairsSchema(AutoSchema):
    """What one view declares, in the words of OpenAPI."""

    view: Any

    def get_operation_id(self) -> str:
        """ "families_goals_list", "goals_update"; an act has its path alone: "goals_close"."""
        path = super().get_operation_id().replace("_partial_update", "_update")
        acts = self.method == "POST" and not getattr(self.view, "answers_list", False)
        return path.removesuffix("_create") if acts else path

    def get_summary(self) -> str:
        """The first sentence about this method."""
        return re.split(r"(?<=[.;])\s|:\s", self.get_description(), maxsplit=1)[0].rstrip(".;")

    def get_description(self) -> str:
        text = self._get_method_doc()
        return text[:1].upper() + text[1:]

    def _get_method_doc(self) -> str:
        """The docstring; of one with a part for each method, the part of this one."""
        text = " ".join((self.view.__doc__ or "").split())
        parts = METHOD_DOC.split(text)
        by_method = dict(zip(parts[1::2], parts[2::2], strict=True))
        return by_method.get(self.method, parts[0]).strip()

    def get_tags(self) -> list[str]:
        """The record at the beginning of the address."""
        return self._tokenize_path()[:1]

    def _map_basic_serializer(self, serializer: Any, direction: str) -> dict[str, Any]:
        """Of a model's row everything is there, also what may be empty; but for what says ``required=False``."""
        schema = super()._map_basic_serializer(serializer, direction)
        if direction == "response" and isinstance(serializer, serializers.ModelSerializer):
            names = set(schema.get("properties", {}))
            schema["required"] = sorted(names - list_optional_keys(serializer))
        return schema

    def get_auth(self) -> list[dict[str, Any]]:
        """Never nobody: DRF is told AllowAny, since the policy is asked before it."""
        return [each for each in super().get_auth() if each or self._is_public()]

    def _is_public(self) -> bool:
        return self.view.policy.kind == PUBLIC

    def get_override_parameters(self) -> list[Any]:
        if self.method != "GET":
            once = [IDEMPOTENCY_PARAMETER] if self.method == "POST" and self._creates_once() else []
            return [*once, *([IF_MATCH_PARAMETER] if self._has_version() else [])]
        return [
            OpenApiParameter(each.name, _build_parameter_schema(each), description=each.description)
            for each in self.view.query_parameters
        ]

    def _creates_once(self) -> bool:
        return isinstance(self.view, FormApi) and not self.view.changes_nothing

    def _has_version(self) -> bool:
        return isinstance(self.view, FormApi) and self.view.changes_record

    def get_request_serializer(self) -> Any:
        if self.method not in ("POST", "PATCH", "PUT"):
            return None
        if (described := self.view.get_input_class()) is not None:
            return described
        if not getattr(self.view, "form_class", None):
            return None
        return _build_input_serializer(type(self.view))

    def get_response_serializers(self) -> dict[Any, Any]:
        return (
            self._get_answers()
            | dict.fromkeys(self._list_refusal_codes(), Refusal)
            | {400: FieldErrors}  # of every address: text that cannot be stored is refused in any query
            | ({412: FieldErrors} if self.method != "GET" and self._has_version() else {})
            | ({422: FieldErrors} if self.method == "POST" and self._creates_once() else {})
            | ({414: TOO_LONG} if self.method == "GET" else {})
        )

    def _get_answers(self) -> dict[Any, Any]:
        shape = self.view.serializer_class
        if self.method == "GET" and self.view.answers_file:
            return {(200, self.view.answers_file): OpenApiTypes.BINARY}
        if self.method == "GET":
            return {200: shape(many=True) if self.view.answers_list else shape}
        if self.method == "POST" and not self.view.changes_nothing:
            created = self.view.created_class or shape
            return {201: created} | ({200: created} if self._creates_once() else {})
        return {200: shape}

    def _list_refusal_codes(self) -> list[int]:
        """Of those that answer ``{"detail": …}``."""
        signed_in = [] if self._is_public() else [401]
        role = [403] if self.view.policy.kind == PERMISSION else []
        missing = [404] if "{" in self.path or self.view.answers_list else []
        return [*signed_in, *role, *missing]


def list_optional_keys(serializer: Any) -> set[str]:
    """Keys that a ModelSerializer, or its class, declares ``required=False``: some answers leave them out."""
    declared = {name: field._kwargs for name, field in serializer._declared_fields.items()}
    options = [*declared.items(), *getattr(serializer.Meta, "extra_kwargs", {}).items()]
    return {name for name, each in options if each.get("required") is False}


@cache
def _build_input_serializer(view: type[FormApi]) -> type[serializers.Serializer]:
    """One class for a view however often its methods are described, or the component would be named twice."""
    return build_form_serializer(f"{view.__name__}Input", view.form_class, view.formset_classes)


def _build_parameter_schema(parameter: Any) -> dict[str, Any]:
    extras = {"enum": list(parameter.enum) or None, "format": parameter.format or None}
    return {"type": parameter.kind} | {name: value for name, value in extras.items() if value}


def tidy_document(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A postprocessing hook. Marks of drf-spectacular's own go. A text that may be empty or an address of the web is
    "any of" the two: whoever does not check the form of addresses finds that an empty one is both.
    """
    _tidy(result)
    return result


def _tidy(node: Any) -> None:
    if isinstance(node, dict):
        node.pop("x-spec-enum-id", None)
        if NO_TEXT in node.get("oneOf", ()):
            node["anyOf"] = node.pop("oneOf")
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        _tidy(each)
