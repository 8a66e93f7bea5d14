"""A statement of SQL as text, prepared on the server once a connection: only its values are sent each time."""

import functools
import re
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pghistory.runtime
import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorDebugWrapper
from django.db.models import QuerySet

from pairs.access.placeholders import Placeholder, find_placeholder
from pairs.access.short_sql import shorten_sql

NUMBERED_PATTERN = re.compile(r"\$(\d+)::")
PARAMETER_PATTERN = re.compile(r"IN \((%s(?:, %s)*)\)|%s|%%")


@dataclass(frozen=True)
class Statement:
    """SQL text with $1, $2 … and the names of the values that go there, in that order."""

    sql: str
    names: tuple[str, ...]

    def run(self, values: Mapping[str, Any]) -> list[tuple]:
        """All rows. ``values``: name → UUID or a list of them."""
        return _fetch_all(PreparedCursor, self._sent, [write_ids(values[name]) for name in self.names])

    def run_by_values(self, values: Mapping[str, Any]) -> list[tuple]:
        """The same, planned by these values: for what is found by an index or not at all, as they are."""
        return _fetch_all(ValuesCursor, self._sql_for_values, {name: values[name] for name in self.names})

    @functools.cached_property
    def _sent(self) -> bytes:
        """The SQL as it is sent: the same object each time, of which Python works out once what it is looked up by."""
        return self.sql.encode()

    @functools.cached_property
    def _sql_for_values(self) -> bytes:
        escaped = self.sql.replace("%", "%%")
        return NUMBERED_PATTERN.sub(lambda found: f"%({self.names[int(found[1]) - 1]})s::", escaped).encode()

    def to_count_statement(self) -> "Statement":
        """How many rows there are."""
        return Statement(f"SELECT COUNT(*) FROM ({self.sql}) AS counted", self.names)

    @functools.cached_property
    def page_statement(self) -> "Statement":
        """The same, of so many rows ("limit") after so many ("offset")."""
        first = len(self.names) + 1
        sql = f"{self.sql} LIMIT ${first}::int OFFSET ${first + 1}::int"
        return Statement(sql, (*self.names, "limit", "offset"))


class PreparedCursor(psycopg.RawCursor):
    """Prepares whatever it runs, the first time already."""

    # pghistory leaves a cursor with a name alone: before any other it puts a statement of its own.
    name = "prepared"

    def execute(self, query, params=None, *, prepare=True, binary=None):
        return super().execute(query, params, prepare=prepare, binary=binary)


class ValuesCursor(psycopg.ClientCursor):
    """Writes the values into what it reads: PostgreSQL plans by them."""

    name = "by values"  # for pghistory, as above


class LoggedCursor(CursorDebugWrapper):
    """For Django's query log: psycopg keeps no text of what it prepared."""

    def debug_sql(
        self,
        sql: str | None = None,
        params: Any = None,
        use_last_executed_query: bool = False,
        many: bool = False,
    ) -> AbstractContextManager:
        return super().debug_sql(sql, params, use_last_executed_query=False, many=many)


def write_ids(value: Any) -> Any:
    """A list of ids as PostgreSQL writes one, which psycopg would put together for longer; other values as they are."""
    if type(value) is list and value and type(value[0]) is UUID:
        return f"{{{','.join(map(str, value))}}}"
    return value


def _fetch_all(kind: type[PreparedCursor | ValuesCursor], sql: bytes, parameters: Any) -> list[tuple]:
    """What Django's connection answers by a cursor for the SQL kept here.

    Before what is written by Django's own cursors pghistory puts a statement with the context that history's triggers
    copy. It leaves these alone: whoever writes by them hands the context on (pairs.access.prepared_writes). So it is
    not even asked, which would read through the whole of each statement to see what it is.
    """
    here = connections[DEFAULT_DB_ALIAS]  # once: ``connection`` looks it up each time that it is named
    here.close_if_health_check_failed()  # the first of a request finds out whether the server went away
    here.ensure_connection()
    if here.queries_logged or _is_watched(here):
        return _fetch_watched(here, kind, sql, parameters)
    here.validate_no_broken_transaction()
    with here.wrap_database_errors:
        rows = here.fetch_prepared(sql, parameters) if kind is PreparedCursor else None
        return here.get_kept_cursor(kind).execute(sql, parameters).fetchall() if rows is None else rows


def _fetch_watched(
    here: BaseDatabaseWrapper, kind: type[PreparedCursor | ValuesCursor], sql: bytes, parameters: Any
) -> list[tuple]:
    """The same by a cursor of Django's, which tells whoever wants to know."""
    raw = here.get_kept_cursor(kind)
    cursor = LoggedCursor(raw, here) if here.queries_logged else here.make_cursor(raw)
    cursor.execute(sql.decode(), parameters)
    return cursor.fetchall()


def _is_watched(here: BaseDatabaseWrapper) -> bool:
    """Does anything but pghistory want to know what is run, as a test does?"""
    return any(each.__module__ != pghistory.runtime.__name__ for each in here.execute_wrappers)


def compile_statement(queryset: QuerySet) -> Statement | None:
    """The QuerySet's SQL; None when it can have no rows."""
    try:
        sql, params = queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return None
    return build_statement(sql, params)


def build_statement(sql: str, params: Iterable[Any]) -> Statement:
    """Text as Django compiles it, with its placeholders as parameters and every other value written out.

    Raises ValueError where a list mixes placeholders with other values.
    """
    names: list[str] = []
    values = iter(params)

    def write_match(match: re.Match) -> str:
        if match[0] == "%%":
            return "%"
        if match[0] == "%s":
            return _write_value(next(values), names)
        return _write_list([next(values) for _ in range(match[1].count("%s"))], names)

    return Statement(PARAMETER_PATTERN.sub(write_match, shorten_sql(sql)), tuple(names))


def _write_value(value: Any, names: list[str]) -> str:
    meaning = find_placeholder(value)
    if meaning is None:
        return _write_literal(value)
    if meaning.is_list:
        raise ValueError(f"Placeholder {meaning.name!r} is a list, used where a single value belongs.")
    return _write_parameter(meaning, names)


def _write_list(values: list[Any], names: list[str]) -> str:
    meanings = [find_placeholder(value) for value in values]
    if not any(meanings):
        return f"IN ({', '.join(map(_write_literal, values))})"
    if not all(meanings):
        raise ValueError("An IN list mixes placeholders with other values.")
    return f"= ANY({' || '.join(_write_array(each, names) for each in meanings)})"


def _write_array(meaning: Any, names: list[str]) -> str:
    return (
        _write_parameter(meaning, names) if meaning.is_list else f"ARRAY[{_write_parameter(meaning, names)}]"
    )


def _write_parameter(meaning: Placeholder, names: list[str]) -> str:
    if meaning.name not in names:
        names.append(meaning.name)
    return f"${names.index(meaning.name) + 1}::{meaning.type}"


def _write_literal(value: int | str | date) -> str:
    return psycopg.sql.Literal(value).as_string(None)
