"""An API view's placeholder schema, until somebody asks for the description of the whole API.

drf-spectacular's own loads its generator in every process, and makes a class of twenty methods for every view.
"""

from rest_framework.schemas.inspectors import ViewInspector


class UndescribedSchema(ViewInspector):
    """Replaced by `pairs.api.schema` when the description is generated."""
