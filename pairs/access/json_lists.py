"""Lists of the API: rows in scope as PostgreSQL writes them in JSON, noted in the access log, page by page."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from pairs.access.fetch import with_family_id
from pairs.access.json_fields import object_of
from pairs.access.prepared import CompiledByShape, CompiledRows, RowsByPage, counting_statement
from pairs.access.statements import compile_statement

PER_PAGE = 50


class JsonList(CompiledByShape):
    """What ``serializer(rows, many=True)`` would write of the live rows in scope.

    ``build(*choices, **placeholders)`` returns the QuerySet in its order; the scope is added here.
    ``within``: another named door of the QuerySet that takes the scope.
    """

    def __init__(self, serializer: type, build: Callable[..., QuerySet], *, within: str = "visible_to"):
        self._serializer = serializer

        def build_in_scope(scope, *choices, **placeholders):
            queryset = build(*choices, **placeholders)
            return queryset, with_family_id(getattr(queryset, within)(scope))

        super().__init__(build_in_scope)

    def page(self, request, *choices: Any, **values: Any) -> dict:
        """{"pages": how many, "results": those of the page asked for with ?page=}, fifty a page."""
        rows = RowsByPage(self._compiled(request.scope, choices, values), request.scope.values | values)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        return {"pages": page.paginator.num_pages, "results": _noted(request, page.object_list)}

    def all(self, request, *choices: Any, **values: Any) -> list[dict]:
        """All of them. For what belongs to one open record."""
        compiled = self._compiled(request.scope, choices, values)
        return _noted(request, compiled.all(request.scope.values | values))

    def _compile(self, built):
        """Rows of (family, JSON of the row)."""
        queryset, rows = built
        written = object_of(self._serializer(), queryset)
        statement = compile_statement(rows.values_list("sight_id", written.expression))
        return CompiledRows(statement, counting_statement(rows), _reader(written.read))


def _reader(read):
    return (lambda rows: [(family, read(row)) for family, row in rows]) if read else list


def _noted(request, found):
    request.sight.listed.update(family for family, _ in found if family)
    return [row for _, row in found]
