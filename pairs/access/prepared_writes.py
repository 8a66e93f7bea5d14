"""Rows written by statements that are prepared once a connection, as pages are read.

Each table's rows are one parameter, a JSON list that PostgreSQL reads by the table's own types: so the statement is the
same however many rows there are and whichever of their fields are empty. History's context is set in the same
statement: pghistory puts it before what Django's cursors send, and that cannot be prepared.
"""

import functools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, models

from pairs.access.statements import Statement
from pairs.database.history import get_history_context

Row = TypeVar("Row", bound=models.Model)
CONTEXT_NAMES = ("context id", "context metadata")
# The triggers that copy it into the history run when the whole statement is done.
CONTEXT_SQL = (
    "set_config('pghistory.context_id', ${}::text, true)",
    "set_config('pghistory.context_metadata', ${}::text, true)",
)


@dataclass(frozen=True)
class Write:
    """One INSERT or UPDATE of a statement, and what it returns. ``{}`` is where its JSON list goes."""

    sql: str
    returned: tuple[str, ...] = ()


def insert_rows(*groups: Sequence[models.Model]) -> None:
    """Insert several tables' rows in one statement; each group is of one model, and may be empty.

    As ``bulk_create`` does: fields fill themselves in, no signals are sent, and a row whose id the database chooses
    does not learn it. All of them are written, or none.
    """
    filled = [rows for rows in groups if rows]
    if not filled:
        return
    writes = tuple(_build_insert(type(rows[0])) for rows in filled)
    _run(writes, [[_build_values(row) for row in rows] for rows in filled])
    for row in (row for rows in filled for row in rows):
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_or_lock(row: Row, *fields: str) -> Row:
    """The row of that id as it stands in the database, with these fields: inserted when there was none, and locked.

    Whoever comes second waits until the first one's transaction has ended.
    """
    read = tuple(each for each in row._meta.concrete_fields if each.primary_key or each.name in fields)
    found = _run(
        (_build_insert_or_lock(type(row), tuple(each.column for each in read)),), [[_build_values(row)]]
    )
    return type(row).from_db(DEFAULT_DB_ALIAS, [each.attname for each in read], found[0][: len(read)])


def update_row(row: models.Model, *fields: str) -> None:
    """``save(update_fields=fields)`` of a row that is there: it is locked, or nobody deletes it."""
    _run((_build_update(type(row), fields),), [[_build_values(row, ("pk", *fields), adding=False)]])


# ---------------------------------------------------------------- values
def _build_values(row: models.Model, names: Iterable[str] = (), *, adding: bool = True) -> dict[str, Any]:
    """{column: value} of these fields, or of all; those without a value are left out, which says the same."""
    fields = [_get_field(type(row), name) for name in names] or _list_inserted_fields(type(row))
    values = {each.column: each.get_prep_value(each.pre_save(row, adding)) for each in fields}
    return {column: value for column, value in values.items() if value is not None}


def _get_field(model: type[models.Model], name: str) -> Any:
    return model._meta.pk if name == "pk" else model._meta.get_field(name)


@functools.cache
def _list_inserted_fields(model: type[models.Model]) -> list[models.Field]:
    """All but an id that the database chooses. Raises ValueError for what JSON cannot carry."""
    fields = [each for each in model._meta.concrete_fields if not isinstance(each, models.AutoField)]
    if any(isinstance(each, (models.BinaryField, models.DurationField)) for each in fields):
        raise ValueError(f"{model.__name__} has fields that cannot be written as JSON.")
    return fields


# ---------------------------------------------------------------- statements
@functools.cache
def _build_insert(model: type[models.Model], ending: str = "", returned: tuple[str, ...] = ()) -> Write:
    columns = ", ".join(_quote(each.column) for each in _list_inserted_fields(model))
    table = _quote(model._meta.db_table)
    rows = f"json_populate_recordset(NULL::{table}, {{}}::json)"
    return Write(f"INSERT INTO {table} AS stored ({columns}) SELECT {columns} FROM {rows}{ending}", returned)


@functools.cache
def _build_insert_or_lock(model: type[models.Model], returned: tuple[str, ...]) -> Write:
    """A row that is there is updated to what it is, since DO NOTHING would neither lock nor return it."""
    key, same = _quote(model._meta.pk.column), _quote(returned[-1])
    columns = [f"stored.{_quote(name)}" for name in returned]
    ending = f" ON CONFLICT ({key}) DO UPDATE SET {same} = stored.{same} RETURNING {', '.join(columns)}"
    return _build_insert(model, ending, tuple(map(_quote, returned)))


@functools.cache
def _build_update(model: type[models.Model], fields: tuple[str, ...]) -> Write:
    table, key = _quote(model._meta.db_table), _quote(model._meta.pk.column)
    columns = [_quote(model._meta.get_field(name).column) for name in fields]
    changes = ", ".join(f"{column} = changed.{column}" for column in columns)
    rows = f"json_populate_recordset(NULL::{table}, {{}}::json)"
    return Write(
        f"UPDATE {table} AS stored SET {changes} FROM {rows} AS changed WHERE stored.{key} = changed.{key}"
    )


def _run(writes: tuple[Write, ...], lists: list[list[dict[str, Any]]]) -> list[tuple]:
    """What the first write returned."""
    texts = {
        f"rows {number}": json.dumps(rows, default=str, ensure_ascii=False)
        for number, rows in enumerate(lists)
    }
    context = get_history_context()
    values = dict(zip(CONTEXT_NAMES, context, strict=True)) if context else {}
    return _build_statement(writes, has_context=context is not None).run(texts | values)


@functools.cache
def _build_statement(writes: tuple[Write, ...], *, has_context: bool) -> Statement:
    parts = [
        f"written{number} AS ({each.sql.format(f'${number + 1}')})" for number, each in enumerate(writes)
    ]
    chosen = [*(f"written0.{column}" for column in writes[0].returned)]
    if has_context:
        chosen += [each.format(len(writes) + number) for number, each in enumerate(CONTEXT_SQL, start=1)]
    source = " FROM written0" if writes[0].returned else ""
    names = tuple(f"rows {number}" for number in range(len(writes)))
    return Statement(
        f"WITH {', '.join(parts)} SELECT {', '.join(chosen) or '1'}{source}",
        (*names, *CONTEXT_NAMES) if has_context else names,
    )


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
