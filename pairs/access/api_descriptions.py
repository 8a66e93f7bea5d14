"""An API view's own description, kept until somebody asks for the API schema.

drf-spectacular's own decorator loads its generator, and makes a class of twenty methods for every view and process.
"""

from collections.abc import Callable
from typing import Any

from rest_framework.schemas.inspectors import ViewInspector


class UndescribedSchema(ViewInspector):
    """A view's placeholder schema: pairs.access.api_schema replaces it by drf-spectacular's when needed."""


def extend_schema(**words: Any) -> Callable[[Any], Any]:
    """Takes what `drf_spectacular.utils.extend_schema` takes; above `@api_view`, and more than once if need be."""

    def describe(view: Any) -> Any:
        view.described = [*getattr(view, "described", []), words]
        return view

    return describe
