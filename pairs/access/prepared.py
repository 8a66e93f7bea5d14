"""SQL compiled once a process and prepared once on each connection: only the values differ from request to request.

Building a QuerySet and putting it into SQL costs far more than reading its rows. Here it is built once, with
placeholders for whoever asks and for what is asked about; each request sends its values alone. PostgreSQL keeps the
plan of a prepared statement, so that it is planned once a connection as well.

A placeholder is a UUID that no row has. In ``= %s`` it stands for one value, in ``IN (…)`` for a list of any length.
Everything else in the statement (a status, today's date) becomes part of its text.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from pairs.access.kept import kept_for_the_day
from pairs.access.placeholders import Placeholder, meaning_of, placeholder, placeholders_for
from pairs.access.scope import Scope, template_of
from pairs.access.short_sql import shorten

PARAMETERS = re.compile(r"IN \((%s(?:, %s)*)\)|%s|%%")


def by_name(wanted: Iterable[Placeholder]) -> dict[str, UUID]:
    """{name: its UUID}, as ``build`` takes them."""
    return {each.name: placeholder(each.name, is_list=each.is_list) for each in wanted}


@dataclass(frozen=True)
class Statement:
    """SQL text with $1, $2 … and the names of the values that go there, in that order."""

    sql: str
    names: tuple[str, ...]

    def run(self, values: Mapping[str, Any]) -> list[tuple]:
        """All rows. ``values``: name → UUID or a list of them."""
        with cursor() as prepared:
            prepared.execute(self.sql, [values[name] for name in self.names])
            return prepared.fetchall()


class PreparedCursor(psycopg.RawCursor):
    """Prepares whatever it runs, the first time already."""

    # pghistory leaves a cursor with a name alone: before any other it puts a statement of its own.
    name = "prepared"

    def execute(self, query, params=None, *, prepare=True, binary=None):
        return super().execute(query, params, prepare=prepare, binary=binary)


def cursor():
    """A cursor of Django's connection with server-side parameters: for reading alone.

    Django's own cursors send values inside the text, which history's triggers need: their context is a statement
    of its own before each write.
    """
    connection.ensure_connection()
    raw = PreparedCursor(connection.connection)
    return connection.make_debug_cursor(raw) if connection.queries_logged else connection.make_cursor(raw)


def compile_statement(queryset: QuerySet) -> Statement | None:
    """The QuerySet's SQL; None when it can have no rows."""
    try:
        sql, params = queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    return statement_of(sql, params)


def statement_of(sql: str, params: Iterable[Any]) -> Statement:
    """Text as Django compiles it, with its placeholders as parameters and every other value written out.

    Raises ValueError where a list mixes placeholders with other values.
    """
    names: list[str] = []
    values = iter(params)

    def write(match: re.Match) -> str:
        if match[0] == "%%":
            return "%"
        if match[0] == "%s":
            return _single(next(values), names)
        return _list([next(values) for _ in range(match[1].count("%s"))], names)

    return Statement(PARAMETERS.sub(write, shorten(sql)), tuple(names))


def _single(value, names):
    meaning = meaning_of(value)
    if meaning is None:
        return _literal(value)
    if meaning.is_list:
        raise ValueError(f"The list {meaning.name!r} stands where one value belongs.")
    return _parameter(meaning, names)


def _list(values, names):
    meanings = [meaning_of(value) for value in values]
    if not any(meanings):
        return f"IN ({', '.join(map(_literal, values))})"
    if not all(meanings):
        raise ValueError("A list holds placeholders and other values.")
    return f"= ANY({' || '.join(_array(each, names) for each in meanings)})"


def _array(meaning, names):
    return _parameter(meaning, names) if meaning.is_list else f"ARRAY[{_parameter(meaning, names)}]"


def _parameter(meaning: Placeholder, names):
    if meaning.name not in names:
        names.append(meaning.name)
    number = f"${names.index(meaning.name) + 1}::uuid"
    return f"{number}[]" if meaning.is_list else number


def _literal(value):
    return psycopg.sql.Literal(value).as_string(None)


# ---------------------------------------------------------------- rows of a model
@dataclass(frozen=True)
class _Compiled:
    """A statement, and how Django turns one of its rows into an instance."""

    statement: Statement | None
    compiler: Any
    queryset: QuerySet

    def instances(self, values: Mapping[str, Any]) -> list:
        if self.statement is None:
            return []
        rows = self.compiler.results_iter([self.statement.run(values)])
        return list(build_instances(self.compiler, rows))


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

    def _compile(self, shape, *choices_and_placeholders):
        *choices, wanted = choices_and_placeholders
        queryset = self._build(template_of(shape), *choices, **by_name(wanted))
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            statement = statement_of(*compiler.as_sql())
        except EmptyResultSet:
            statement = None
        return _Compiled(statement, compiler, queryset)
