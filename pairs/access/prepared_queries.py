"""SQL compiled once a process and prepared once on each connection: only the values differ from request to request.

Building a QuerySet and putting it into SQL costs far more than reading its rows. Here it is built once, with
placeholders for whoever asks and for what is asked about; each request sends its values alone. PostgreSQL keeps the
plan of a prepared statement, so that it is planned once a connection as well.

A placeholder is a UUID that no row has. In ``= %s`` it stands for one value, in ``IN (…)`` for a list of any length.
Everything else in the statement (a status, today's date) becomes part of its text.
"""

import abc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from pairs.access.daily_cache import cache_for_the_day
from pairs.access.placeholders import Placeholder, build_placeholders, map_placeholders_by_name
from pairs.access.scope import Scope, ScopeShape, get_template_scope
from pairs.access.statements import Statement, build_statement, compile_statement


class CompiledByScopeShape(abc.ABC):
    """What ``build(scope, *choices, **placeholders)`` returns, compiled once for each shape of scope and each day.

    ``choices`` are what changes the SQL (an order, a filter that is there or not) and must be hashable. Values are
    UUIDs, lists of them or moments, by the names of ``build``'s placeholders. A subclass says how to compile.
    """

    def __init__(self, build: Callable[..., Any]) -> None:
        self._build = build
        self._kept = cache_for_the_day(self._compile_for)

    def _compiled(self, scope: Scope, choices: tuple, values: Mapping[str, Any]) -> Any:
        return self._kept(scope.shape, choices, build_placeholders(values))

    def _compile_for(
        self, shape: ScopeShape, choices: tuple[Any, ...], wanted: tuple[Placeholder, ...]
    ) -> "CompiledRows | tuple[Any, Statement | None]":
        return self._compile(
            self._build(get_template_scope(shape), *choices, **map_placeholders_by_name(wanted))
        )

    @abc.abstractmethod
    def _compile(self, built: Any) -> Any:
        """What is kept of what ``build`` returned: text, and no QuerySet. One takes 20 KB in each web process."""


# ---------------------------------------------------------------- rows, whole or by pages
@dataclass(frozen=True)
class CompiledRows:
    """A statement of rows (None when there can be none), one of as many to be counted, and how the rows are read."""

    statement: Statement | None
    to_count: Statement | None
    read: Callable[[list[tuple]], list]

    def all(self, values: Mapping[str, Any]) -> list:
        return self.read(self.statement.run(values)) if self.statement else []


@dataclass(frozen=True)
class PagedRows:
    """The same rows as Django's Paginator wants them: counted and sliced by the database."""

    compiled: CompiledRows
    values: Mapping[str, Any]

    def count(self) -> int:
        to_count = self.compiled.to_count
        return to_count.run(self.values)[0][0] if to_count else 0

    def __getitem__(self, part: slice) -> list:
        statement = self.compiled.statement
        if statement is None:
            return []
        limits = {"limit": part.stop - part.start, "offset": part.start}
        return self.compiled.read(statement.page_statement.run(self.values | limits))


def compile_count_statement(queryset: QuerySet) -> Statement | None:
    """How many rows, without working out what is annotated to each; None of rows that are locked, or cannot be."""
    if queryset.query.select_for_update:
        return None
    counted = compile_statement(queryset.order_by().values("pk"))
    return counted and counted.to_count_statement()


# ---------------------------------------------------------------- rows of a model
def make_instance_builder(compiler: Any) -> Callable[[Iterable[Sequence[Any]]], list[Model]]:
    """What makes the model's instances of rows of a query that was compiled, with related ones and annotations."""
    info = compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    # Django looks for each of the model's fields among these, for every row: in a list, one after the other.
    names = frozenset(column[0].target.attname for column in compiler.select[first:last])
    related = get_related_populators(info, compiler.select, DEFAULT_DB_ALIAS)
    for each in related:
        each.init_list = frozenset(each.init_list)
    annotations = (compiler.annotation_col_map or {}).items()

    def build(row: Sequence[Any]) -> Model:
        instance = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[first:last])
        for each in related:
            each.populate(row, instance)
        for name, position in annotations:
            setattr(instance, name, row[position])
        return instance

    return lambda rows: [build(row) for row in rows]


def make_row_converter(compiler: Any) -> Callable[[Iterable[Sequence[Any]]], Iterable[Sequence[Any]]]:
    """What does with rows what the compiler's ``results_iter`` does, and keeps neither it nor its query."""
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns).items()

    def convert(row: Sequence[Any]) -> Sequence[Any]:
        converted = list(row)
        for position, (steps, expression) in converters:
            for step in steps:
                converted[position] = step(converted[position], expression, connection)
        return converted

    return (lambda rows: map(convert, rows)) if converters else (lambda rows: rows)


class PreparedQuery(CompiledByScopeShape):
    """Instances of the QuerySet that ``build`` returns, with ``select_related`` and annotations.

    Prefetching is the caller's.
    """

    def rows(self, scope: Scope, *choices: Any, **values: Any) -> list:
        """All of them."""
        return self._compiled(scope, choices, values).all(scope.values | values)

    def first(self, scope: Scope, *choices: Any, **values: Any) -> Any:
        """The first row, or None."""
        return next(iter(self.rows(scope, *choices, **values)), None)

    def pages(self, scope: Scope, *choices: Any, **values: Any) -> PagedRows:
        """The same rows, for Django's Paginator."""
        return PagedRows(self._compiled(scope, choices, values), scope.values | values)

    def count(self, scope: Scope, *choices: Any, **values: Any) -> int:
        """How many rows there are."""
        return self.pages(scope, *choices, **values).count()

    def _compile(self, built: Any) -> CompiledRows:
        compiler = built.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            statement = build_statement(*compiler.as_sql())
        except EmptyResultSet:
            return CompiledRows(None, None, list)
        convert, build_all = make_row_converter(compiler), make_instance_builder(compiler)
        to_count = self._compile_count(built)
        return CompiledRows(statement, to_count, lambda rows: build_all(convert(rows)))

    def _compile_count(self, built: Any) -> Statement | None:
        return compile_count_statement(built)


class PreparedLookup(PreparedQuery):
    """One row by its key, which nobody counts."""

    def _compile_count(self, built: Any) -> None:
        return None
