"""A record and everything a page shows of it, read by one prepared statement.

A page names its parts, each a QuerySet, a Query, a list of Queries or a Total. Together they are one statement of one
row: a JSON list for each part, in the part's own order. Rows of a QuerySet become instances of its model again, with
``select_related`` and ``only()``; name the few fields that the page shows, since the statement's length is paid for as
well. Of a list of Queries come what the rows of each say, one list a Query, in no order; of a Total a list of one.
``load_parts`` does the same once, unprepared, for a page that few open and whose queries differ each time.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql.compiler import SQLCompiler
from django.db.models import Field, ForeignKey, Func, JSONField, QuerySet

from pairs.access.batch_query import Query, build_union
from pairs.access.json_ids import parse_id
from pairs.access.prepared_queries import CompiledByScopeShape, make_instance_builder
from pairs.access.scope import Scope
from pairs.access.statements import Statement, build_statement

MAX_COLUMNS = 100  # PostgreSQL's limit of arguments to a function
JSON_READERS: dict[str, Callable[[str], Any]] = {
    "UUIDField": parse_id,
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": lambda number: Decimal(str(number)),
}
UNCHANGED_FIELD_TYPES = {
    "BigAutoField", "AutoField", "BooleanField", "CharField", "EmailField", "IntegerField", "PositiveIntegerField",
    "PositiveSmallIntegerField", "SlugField", "SmallIntegerField", "TextField",
}  # fmt: skip


@dataclass(frozen=True)
class Total:
    """The sum of the one number that each row of these QuerySets has; 0 without rows."""

    rows: Sequence[QuerySet]


Part = QuerySet | Query | Sequence[Query] | Total


class PreparedRecords(CompiledByScopeShape):
    """Parts of a page, read by one statement: ``build`` returns {part: Part}."""

    def rows(self, scope: Scope, *choices: Any, **values: Any) -> dict[str, list]:
        """{part: its instances, or what its rows say}; an empty list for a part without rows."""
        readers, statement = self._compiled(scope, choices, values)
        return _read_parts(readers, statement.run(scope.values | values)[0] if statement else ())

    def _compile(self, built: Any) -> tuple[Any, ...]:
        return _compile_parts(built)


def load_parts(built: Mapping[Any, Part]) -> dict[Any, list]:
    """{part: its instances, or what its rows say} of such parts, with their values as they are."""
    readers, statement = _compile_parts(built)
    return _read_parts(readers, statement.run_by_values({})[0] if statement else ())


@dataclass(frozen=True)
class _CompiledPart:
    """SQL of one JSON value a row, and what makes the page's rows of the whole list."""

    sql: str
    params: tuple
    read: Callable[[list], list]


def _compile_parts(
    built: Mapping[Any, Part],
) -> tuple[dict[Any, Callable[[list], list] | None], Statement | None]:
    parts = {name: _compile_part(each) for name, each in built.items()}
    readers = {name: part.read if part else None for name, part in parts.items()}
    return readers, _combine_statements([part for part in parts.values() if part])


def _read_parts(
    readers: Mapping[Any, Callable[[list], list] | None], found: Sequence[Any]
) -> dict[Any, list]:
    lists = iter(found)
    return {name: read(next(lists)) if read else [] for name, read in readers.items()}


def _combine_statements(parts: Sequence[_CompiledPart]) -> Statement | None:
    if not parts:
        return None
    columns = ", ".join(f"to_json(ARRAY({part.sql}))" for part in parts)
    return build_statement(f"SELECT {columns}", [value for part in parts for value in part.params])


def _compile_part(asked: Part) -> _CompiledPart | None:
    """None for what can have no rows."""
    try:
        return _find_part_compiler(asked)(asked)
    except EmptyResultSet:
        return None


def _find_part_compiler(asked: Part) -> Callable[[Any], _CompiledPart]:
    kinds: dict[type[Any], Callable[[Any], _CompiledPart]] = {
        Query: _compile_query_part,
        Total: _compile_total_part,
        QuerySet: _compile_queryset_part,
    }
    return next((found for kind, found in kinds.items() if isinstance(asked, kind)), _compile_batch_part)


def _compile_query_part(question: Query) -> _CompiledPart:
    names, fields, to_items = list(question.fields), question.fields.values(), question.to_items
    rows = question.rows.values_list(Func(*fields, function="json_build_array", output_field=JSONField()))
    sql, params = rows.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()

    def read(found: list[list[Any]]) -> list[Any]:
        rows = (dict(zip(names, row, strict=True)) for row in found)
        return [said for row in rows for said in to_items(row)]

    return _CompiledPart(sql, tuple(params), read)


def _compile_batch_part(questions: Sequence[Query]) -> _CompiledPart:
    sql, params = build_union(questions).query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    to_items = [question.to_items for question in questions]

    def read(found: list[list[Any]]) -> list[list[Any]]:
        items: list[list[Any]] = [[] for _ in to_items]
        for number, row in found:
            items[int(number)].extend(to_items[int(number)](row))
        return items

    return _CompiledPart(
        f"SELECT json_build_array(number, row) FROM ({sql}) AS told (number, row)", tuple(params), read
    )


def _compile_total_part(total: Total) -> _CompiledPart:
    first, *others = total.rows
    rows = first.union(*others, all=True) if others else first
    sql, params = rows.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    added = f"SELECT COALESCE(SUM(number), 0)::int FROM ({sql}) AS added (number)"
    return _CompiledPart(added, tuple(params), list)


def _compile_queryset_part(queryset: QuerySet) -> _CompiledPart:
    compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    readers = [get_json_reader(expression.output_field) for expression, _, _ in compiler.select]
    build_all = make_instance_builder(compiler)

    def read(found: list[list[Any]]) -> list[Any]:
        return build_all(_convert_row(row, readers) for row in found)

    return _CompiledPart(_select_as_arrays(sql, compiler), tuple(params), read)


def _select_as_arrays(sql: str, compiler: SQLCompiler) -> str:
    """The same rows, each as one JSON list of its columns. Raises ValueError where that cannot be written."""
    quote = compiler.connection.ops.quote_name
    columns = [column for _, (column, _), _ in compiler.select]
    named = [f"{sql} AS {quote(alias)}" if alias else sql for _, (sql, _), alias in compiler.select]
    start = f"SELECT {', '.join(named)} FROM "
    if not sql.startswith(start) or len(columns) > MAX_COLUMNS:
        raise ValueError(
            f"{compiler.klass_info['model'].__name__}: too many columns, or DISTINCT. Use only()."
        )
    return f"SELECT json_build_array({', '.join(columns)}) FROM {sql[len(start) :]}"


def _convert_row(row: list[Any], readers: list[Callable[..., Any] | None]) -> list[Any]:
    return [
        value if read is None or value is None else read(value)
        for value, read in zip(row, readers, strict=True)
    ]


@functools.cache
def _get_reader_for_type(name: str) -> Callable | None:
    if name not in JSON_READERS and name not in UNCHANGED_FIELD_TYPES:
        raise ValueError(f"No JSON reader for a {name}: add it to JSON_READERS.")
    return JSON_READERS.get(name)


def get_json_reader(field: Field) -> Callable | None:
    """What makes the field's value of the one in JSON; None where they are the same."""
    if isinstance(field, ForeignKey):
        return get_json_reader(field.target_field)
    if isinstance(field, ArrayField):
        read = get_json_reader(field.base_field)
        return read and (lambda values: [read(each) for each in values])
    return None if isinstance(field, JSONField) else _get_reader_for_type(field.get_internal_type())


def attach_rows(record: Any, relation: str, rows: list) -> QuerySet:
    """Attach the rows to the record as a prefetch would: ``record.relation.all()`` then needs no query."""
    foreign_key = getattr(record._meta.get_field(relation), "field", None)
    for row in rows if isinstance(foreign_key, ForeignKey) else ():
        foreign_key.set_cached_value(row, record)
    found = getattr(record, relation).all()
    found._result_cache, found._prefetch_done = rows, True
    record.__dict__.setdefault("_prefetched_objects_cache", {})[relation] = found
    return found
