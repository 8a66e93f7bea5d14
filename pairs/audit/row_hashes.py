"""Hashes of what history and logs hold, a day at a time and worked out by PostgreSQL.

A day is one of UTC, by the moment that the database wrote on the row. Of a day's rows, in the order of their keys, the
text of the columns is hashed row by row, and these hashes together, with SHA-256. The columns are part of what is kept:
one that is added later changes no earlier day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from psycopg import sql

LOG_TABLES = dict.fromkeys(("audit_accessentry", "audit_accountevent", "audit_destruction"), ("at", "id"))
HISTORY_MOMENT, HISTORY_KEY = "pgh_created_at", "pgh_id"
FIND_HISTORIES_SQL = """
SELECT table_name FROM information_schema.columns
WHERE table_schema = 'public' AND column_name = %s ORDER BY table_name
"""
FIND_COLUMNS_SQL = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s ORDER BY column_name
"""
# Text of the same value is the same whoever asks, and from wherever.
STEADY_TEXT_SQL = """
SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601';
SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'
"""
HASH_SQL = """
SELECT ({moment} AT TIME ZONE 'UTC')::date AS day, count(*), encode(sha256(string_agg(
    sha256(convert_to(ROW({columns})::text, 'UTF8')), ''::bytea ORDER BY {key})), 'hex')
FROM {table} WHERE {moment} >= {since} AND {moment} < {until} GROUP BY 1 ORDER BY 1
"""
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True)
class DayHash:
    """How many rows were written that day, and their hash in hexadecimal."""

    rows: int
    hash: str


def list_sealed_tables() -> list[str]:
    """The logs, and every history table that the database has."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_HISTORIES_SQL, [HISTORY_MOMENT])
        return sorted([*LOG_TABLES, *(name for (name,) in cursor.fetchall())])


def list_columns(table: str) -> list[str]:
    """By name; none where there is no such table."""
    with connection.cursor() as cursor:
        cursor.execute(FIND_COLUMNS_SQL, [table])
        return [name for (name,) in cursor.fetchall()]


def hash_days(table: str, columns: Sequence[str], *, since: date | None, until: date) -> dict[date, DayHash]:
    """{day: DayHash} of the days with rows, from ``since`` (None: the first) to ``until``, both included.

    One pass over the table. In a transaction, whose text settings it changes.
    """
    moment, key = LOG_TABLES.get(table, (HISTORY_MOMENT, HISTORY_KEY))
    statement = sql.SQL(HASH_SQL).format(
        moment=sql.Identifier(moment),
        key=sql.Identifier(key),
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
        since=sql.Literal(f"{since or EARLIEST} 00:00:00+00"),
        until=sql.Literal(f"{until + timedelta(days=1)} 00:00:00+00"),
    )
    with connection.cursor() as cursor:
        cursor.execute(STEADY_TEXT_SQL)
        cursor.execute(statement)
        return {day: DayHash(rows, found) for day, rows, found in cursor.fetchall()}
