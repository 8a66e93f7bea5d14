"""Lists of the API: rows in scope as PostgreSQL writes them in JSON, noted in the access log, page by page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from pairs.access.json_fields import build_row_json
from pairs.access.prepared_queries import (
    CompiledByScopeShape,
    CompiledRows,
    PagedRows,
    compile_count_statement,
)
from pairs.access.requests import ScopedRequest
from pairs.access.scope import TemplateScope
from pairs.access.statements import compile_statement
from pairs.access.visible_records import annotate_family_id


@dataclass(frozen=True)
class JsonRows:
    """Rows in scope as a paginator wants them, each with the family it is of."""

    rows: PagedRows

    def count(self) -> int:
        return self.rows.count()

    def __getitem__(self, part: slice) -> list[tuple[UUID | None, dict[str, Any]]]:
        return self.rows[part]

    def record_and_read(self, request: ScopedRequest, found: Any) -> list[dict[str, Any]]:
        """Their JSON; their families are noted as listed."""
        request.access_log.listed.update(family for family, _ in found if family)
        return [row for _, row in found]


class JsonList(CompiledByScopeShape):
    """What ``serializer(rows, many=True)`` would write of the live rows in scope.

    ``build(*choices, **placeholders)`` returns the QuerySet in its order; the scope is added here.
    ``within``: another method of the QuerySet that takes the scope.
    """

    def __init__(
        self, serializer: type, build: Callable[..., QuerySet], *, within: str = "visible_to"
    ) -> None:
        self._serializer = serializer

        def build_in_scope(
            scope: TemplateScope, *choices: Any, **placeholders: UUID
        ) -> tuple[QuerySet[Any], QuerySet[Any]]:
            queryset = build(*choices, **placeholders)
            return queryset, annotate_family_id(getattr(queryset, within)(scope))

        super().__init__(build_in_scope)

    def rows(self, request: ScopedRequest, *choices: Any, **values: Any) -> JsonRows:
        """All of them, for a paginator."""
        return JsonRows(
            PagedRows(self._compiled(request.scope, choices, values), request.scope.values | values)
        )

    def _compile(self, built: Any) -> CompiledRows:
        """Rows of (family, JSON of the row)."""
        queryset, rows = built
        written = build_row_json(self._serializer(), queryset)
        statement = compile_statement(rows.values_list("family_id_for_log", written.expression))
        return CompiledRows(statement, compile_count_statement(rows), _build_rows_reader(written.read))


def _build_rows_reader(read: Callable[..., Any] | None) -> Callable[..., Any]:
    return (lambda rows: [(family, read(row)) for family, row in rows]) if read else list
