"""The OpenAPI schema, generated from the URLs of all apps and the descriptions of their views."""

from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema
from rest_framework.views import APIView

from pairs.access.api_descriptions import UndescribedSchema


class DescribedSchemaGenerator(SchemaGenerator):
    """drf-spectacular's generator, over views that are described by `pairs.access.api_descriptions`."""

    def create_view(self, callback: Any, method: str, request: Any = None) -> APIView:
        describe_view(callback)
        return super().create_view(callback, method, request)


def describe_view(view: Any) -> None:
    """Hand a view's words to drf-spectacular; once, since the class that answers for the view remembers them."""
    if isinstance(view.cls.schema, UndescribedSchema):
        view.cls.schema, view.cls.kwargs = AutoSchema(), {"schema": AutoSchema}
        for words in getattr(view, "described", []):
            extend_schema(**words)(getattr(view, "loaded", view))
