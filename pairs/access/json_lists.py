"""Lists of the API: rows in scope as PostgreSQL writes them in JSON, noted in the access log, page by page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from pairs.access.fetch import with_family_id
from pairs.access.json_fields import object_of
from pairs.access.kept import kept_for_the_day
from pairs.access.placeholders import placeholders_for
from pairs.access.prepared import by_name
from pairs.access.scope import Scope, template_of
from pairs.access.statements import Statement, compile_statement

PER_PAGE = 50


class JsonList:
    """What ``serializer(rows, many=True)`` would write of the live rows in scope, read by a prepared statement.

    ``build(*choices, **placeholders)`` returns the QuerySet in its order; the scope is added here. Choices are what
    changes the SQL, and must be hashable; values are UUIDs or lists of them, by the names of the placeholders.
    ``within``: another named door of the QuerySet that takes the scope.
    """

    def __init__(self, serializer: type, build: Callable[..., QuerySet], *, within: str = "visible_to"):
        self._serializer, self._build, self._within = serializer, build, within
        self._compiled = kept_for_the_day(self._compile)

    def page(self, request, *choices: Any, **values: Any) -> dict:
        """{"pages": how many, "results": those of the page asked for with ?page=}, fifty a page."""
        rows = self._in_scope(request.scope, choices, values)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        return {"pages": page.paginator.num_pages, "results": _noted(request, page.object_list)}

    def all(self, request, *choices: Any, **values: Any) -> list[dict]:
        """All of them. For what belongs to one open record."""
        return _noted(request, self._in_scope(request.scope, choices, values)[0:None])

    def _in_scope(self, scope: Scope, choices, values):
        compiled = self._compiled(scope.shape, *choices, placeholders_for(values))
        return _RowsInScope(compiled, scope.values | values)

    def _compile(self, shape, *choices_and_placeholders):
        *choices, wanted = choices_and_placeholders
        queryset = self._build(*choices, **by_name(wanted))
        written = object_of(self._serializer(), queryset)
        rows = with_family_id(getattr(queryset, self._within)(template_of(shape)))
        return _Compiled(
            rows=compile_statement(rows.values_list("sight_id", written.expression)),
            to_count=compile_statement(rows.order_by().values_list("pk")),
            read=written.read,
        )


@dataclass(frozen=True)
class _Compiled:
    """The statement of (family, JSON of the row), one of as many rows to be counted, and how the JSON is read."""

    rows: Statement | None
    to_count: Statement | None
    read: Callable[[dict], dict] | None


@dataclass(frozen=True)
class _RowsInScope:
    """As Paginator knows a list: how many, and a slice of (family, row)."""

    compiled: _Compiled
    values: Mapping[str, Any]

    def count(self) -> int:
        statement = self.compiled.to_count
        return statement.counted().run(self.values)[0][0] if statement else 0

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[tuple]:
        statement, read = self.compiled.rows, self.compiled.read
        if statement is None:
            return []
        limit = None if part.stop is None else part.stop - part.start
        found = statement.piece().run(self.values | {"limit": limit, "offset": part.start})
        return [(family, read(row)) for family, row in found] if read else found


def _noted(request, found):
    request.sight.listed.update(family for family, _ in found if family)
    return [row for _, row in found]
