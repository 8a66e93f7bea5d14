"""What an API view says of itself for the API's schema, kept until somebody asks for the schema.

drf-spectacular's own decorator loads its generator, and makes a class of twenty methods for every view and process.
"""

from collections.abc import Callable
from typing import Any

from rest_framework.schemas.inspectors import ViewInspector


class Undescribed(ViewInspector):
    """A view's schema as long as nobody has asked for it: pairs.access.schema puts drf-spectacular's in its place."""


def extend_schema(**words: Any) -> Callable[[Any], Any]:
    """Takes what `drf_spectacular.utils.extend_schema` takes; above `@api_view`, and more than once if need be."""

    def describe(view: Any) -> Any:
        view.described = [*getattr(view, "described", []), words]
        return view

    return describe
