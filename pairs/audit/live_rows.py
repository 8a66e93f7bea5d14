"""Whether each record is what its history says last: one that was changed with its triggers switched off is not.

The database's owner can switch a table's triggers off, change a row and switch them on again. History never hears of
it, so no digest of history shows it. Here every row of every table with a history is held against the last version in
it, column by column; a row that history does not know, and a version whose row is gone, are named as well.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db import connection, transaction
from psycopg import sql

from pairs.audit.row_hashes import STEADY_TEXT_SQL, list_columns
from pairs.database.history import list_history_models

MAX_NAMED_ROWS = 20  # of one table; the others are counted
# As text: what a collation or a type takes for equal (another case, 1 and 1.0) is a change all the same.
COMPARE_SQL = """
WITH newest AS (SELECT max(pgh_id) AS pgh_id FROM {history} GROUP BY pgh_obj_id),
    said AS (SELECT version.* FROM {history} version JOIN newest USING (pgh_id))
SELECT coalesce(live.{key}::text, said.pgh_obj_id::text), CASE
    WHEN said.pgh_id IS NULL THEN 'unknown' WHEN live.{key} IS NULL THEN 'gone'
    WHEN said.pgh_label = 'delete' THEN 'back' ELSE 'edited' END,
    array_remove(ARRAY[{differing}], NULL)
FROM {table} live FULL JOIN said ON said.pgh_obj_id = live.{key}
WHERE CASE WHEN live.{key} IS NULL THEN said.pgh_label <> 'delete'
    ELSE said.pgh_id IS NULL OR said.pgh_label = 'delete' OR ROW({live})::text <> ROW({said})::text END
ORDER BY 1
"""
DIFFERS_SQL = "CASE WHEN live.{name}::text IS DISTINCT FROM said.{name}::text THEN {words} END"
MEANINGS = {
    "unknown": "its history does not know it",
    "gone": "it is gone, and its history does not know of that",
    "back": "its history says that it was deleted",
}


@dataclass(frozen=True)
class TrackedTable:
    """A table with a history: their names, and the column that names a row of it."""

    name: str
    history: str
    key: str


@dataclass(frozen=True)
class ChangedRow:
    """A row that is not what its history says. ``how``: "edited", or one of MEANINGS; ``columns``: of an edited one."""

    table: str
    key: str
    how: str
    columns: tuple[str, ...]

    def __str__(self) -> str:
        edited = f"not what its history says last ({', '.join(self.columns)})"
        return f"{self.table}, row {self.key}: {MEANINGS.get(self.how, edited)}."


def describe_changed_rows() -> list[str]:
    """A line for each row, of one table twenty and how many more; none where every row is as its history says."""
    by_table = defaultdict(list)
    for row in list_changed_rows():
        by_table[row.table].append(str(row))
    return [line for table, lines in by_table.items() for line in _shorten(table, lines)]


def _shorten(table: str, lines: list[str]) -> list[str]:
    more = len(lines) - MAX_NAMED_ROWS
    return [
        *lines[:MAX_NAMED_ROWS],
        *([f"{table}: {more} more rows are not what their history says."] if more > 0 else []),
    ]


@transaction.atomic
def list_changed_rows() -> list[ChangedRow]:
    """Of every table with a history, by one statement each: what is saved meanwhile is in both or in neither."""
    with connection.cursor() as cursor:
        cursor.execute(STEADY_TEXT_SQL)
    return [row for table in list_tracked_tables() for row in _compare(table)]


def list_tracked_tables() -> list[TrackedTable]:
    """Every table with a history."""
    tracked = [(each.pgh_tracked_model._meta, each._meta.db_table) for each in list_history_models()]
    return [TrackedTable(meta.db_table, history, meta.pk.column) for meta, history in tracked]


def _compare(table: TrackedTable) -> list[ChangedRow]:
    with connection.cursor() as cursor:
        cursor.execute(_build_comparison(table))
        return [
            ChangedRow(table.name, key, how, tuple(columns) if how == "edited" else ())
            for key, how, columns in cursor.fetchall()
        ]


def _build_comparison(table: TrackedTable) -> sql.Composed:
    """Of the columns that history keeps: it cannot tell of a password's hash, or of what else is left out of it."""
    columns = sorted({*list_columns(table.name)} & {*list_columns(table.history)})
    differing = [
        sql.SQL(DIFFERS_SQL).format(name=sql.Identifier(each), words=sql.Literal(each)) for each in columns
    ]
    return sql.SQL(COMPARE_SQL).format(
        history=sql.Identifier(table.history),
        table=sql.Identifier(table.name),
        key=sql.Identifier(table.key),
        differing=sql.SQL(", ").join(differing),
        live=_name_columns("live", columns),
        said=_name_columns("said", columns),
    )


def _name_columns(alias: str, columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(alias, each) for each in columns)
