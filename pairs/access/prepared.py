"""SQL compiled once a process and prepared once on each connection: only the values differ from request to request.

Building a QuerySet and putting it into SQL costs far more than reading its rows. Here it is built once, with
placeholders for whoever asks and for what is asked about; each request sends its values alone. PostgreSQL keeps the
plan of a prepared statement, so that it is planned once a connection as well.

A placeholder is a UUID that no row has. In ``= %s`` it stands for one value, in ``IN (…)`` for a list of any length.
Everything else in the statement (a status, today's date) becomes part of its text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from pairs.access.kept import kept_for_the_day
from pairs.access.placeholders import Placeholder, moment_placeholder, placeholder, placeholders_for
from pairs.access.scope import Scope, template_of
from pairs.access.statements import Statement, compile_statement, statement_of


def by_name(wanted: Iterable[Placeholder]) -> dict[str, Any]:
    """{name: what stands for it}, as ``build`` takes them."""
    return {
        each.name: moment_placeholder(each.name)
        if each.is_moment
        else placeholder(each.name, is_list=each.is_list)
        for each in wanted
    }


# ---------------------------------------------------------------- rows of a model
@dataclass(frozen=True)
class _Compiled:
    """A statement, and how Django turns one of its rows into an instance."""

    statement: Statement | None
    compiler: Any
    counting: Statement | None

    def instances(self, values: Mapping[str, Any]) -> list:
        if self.statement is None:
            return []
        statement = self.statement.piece() if "limit" in values else self.statement
        return list(build_instances(self.compiler, self.compiler.results_iter([statement.run(values)])))

    def count(self, values: Mapping[str, Any]) -> int:
        return self.counting.run(values)[0][0] if self.counting else 0


def build_instances(compiler: Any, rows: Iterable[Sequence[Any]]) -> Iterator[Model]:
    """The model's instances from rows of the compiled query, with related ones and annotations."""
    info = compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)
    annotations = (compiler.annotation_col_map or {}).items()
    for row in rows:
        instance = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for each in related:
            each.populate(row, instance)
        for name, position in annotations:
            setattr(instance, name, row[position])
        yield instance


class PreparedQuery:
    """Instances of a QuerySet that is built once for each shape of scope, with ``select_related`` and annotations.

    ``build(scope, *choices, **placeholders)`` returns the QuerySet; ``choices`` are what changes its SQL (an order,
    a filter that is there or not) and must be hashable. Prefetching is the caller's.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self._build = build
        self._compiled = kept_for_the_day(self._compile)

    def rows(self, scope: Scope, *choices: Any, **values: Any) -> list:
        """Values are UUIDs or lists of them, by the names of ``build``'s placeholders."""
        compiled = self._compiled(scope.shape, *choices, placeholders_for(values))
        return compiled.instances(scope.values | values)

    def first(self, scope: Scope, *choices: Any, **values: Any):
        """The first row, or None."""
        return next(iter(self.rows(scope, *choices, **values)), None)

    def pages(self, scope: Scope, *choices: Any, **values: Any) -> "PreparedRows":
        """The same rows, counted and sliced by the database: for Django's Paginator."""
        return PreparedRows(self, scope, choices, values)

    def count(self, scope: Scope, *choices: Any, **values: Any) -> int:
        """How many rows there are."""
        return self._compiled(scope.shape, *choices, placeholders_for(values)).count(scope.values | values)

    def piece(self, scope: Scope, piece: slice, *choices: Any, **values: Any) -> list:
        """Rows ``start`` to ``stop``."""
        compiled = self._compiled(scope.shape, *choices, placeholders_for(values))
        limits = {"limit": piece.stop - piece.start, "offset": piece.start}
        return compiled.instances(scope.values | values | limits)

    def _compile(self, shape, *choices_and_placeholders):
        *choices, wanted = choices_and_placeholders
        queryset = self._build(template_of(shape), *choices, **by_name(wanted))
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            statement = statement_of(*compiler.as_sql())
        except EmptyResultSet:
            return _Compiled(None, compiler, None)
        return _Compiled(statement, compiler, _counting(queryset))


def _counting(queryset):
    """How many rows, without working out what is annotated to each; None of rows that are locked."""
    if queryset.query.select_for_update:
        return None
    counted = compile_statement(queryset.order_by().values("pk"))
    return counted and counted.counted()


@dataclass(frozen=True)
class PreparedRows:
    """The rows of a PreparedQuery as Django's Paginator wants them."""

    query: PreparedQuery
    scope: Scope
    choices: tuple
    values: Mapping[str, Any]

    ordered = True

    def count(self) -> int:
        return self.query.count(self.scope, *self.choices, **self.values)

    def __getitem__(self, piece: slice) -> list:
        return self.query.piece(self.scope, piece, *self.choices, **self.values)
