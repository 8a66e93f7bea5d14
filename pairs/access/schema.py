"""The API's own description, drawn from the addresses of all rooms and from what their views say of themselves."""

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import extend_schema

from pairs.access.described import Undescribed


class DescribedViews(SchemaGenerator):
    """drf-spectacular's generator, over views that are described by `pairs.access.described`."""

    def create_view(self, callback, method, request=None):
        describe(callback)
        return super().create_view(callback, method, request)


def describe(view):
    """Hand a view's words to drf-spectacular; once, since the class that answers for the view remembers them."""
    if isinstance(view.cls.schema, Undescribed):
        view.cls.schema, view.cls.kwargs = AutoSchema(), {"schema": AutoSchema}
        for words in getattr(view, "described", []):
            extend_schema(**words)(getattr(view, "loaded", view))
