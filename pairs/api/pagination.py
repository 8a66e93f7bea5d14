"""Lists of the API: fifty rows a page, the next page's address with them, each row's family in the access log."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import PageNumberPagination

from pairs.access.json_lists import JsonRows
from pairs.access.visible_records import record_listed_rows

PAGE_SIZE = 50


class RecordPagination(PageNumberPagination):
    """``{"count", "next", "previous", "results"}``; a page that is not there is 404."""

    page_size = PAGE_SIZE

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        """The page's rows, noted as listed. ``queryset``: one in scope, or JsonRows, or a list that needs no note."""
        rows = super().paginate_queryset(queryset, request, view)
        if isinstance(queryset, JsonRows):
            return queryset.record_and_read(request, rows)
        if isinstance(queryset, QuerySet):
            record_listed_rows(request, rows)
        return rows

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """As OpenAPI 3.1 says "or null"; the framework's own words are those of 3.0."""
        described = super().get_paginated_response_schema(schema)
        for name in ("next", "previous"):
            described["properties"][name] = {"type": ["string", "null"], "format": "uri"}
        return described
