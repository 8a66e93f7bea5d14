"""Replacing the rows of one official file, all or nothing: staged first, then only what differs is changed.

The rows are copied to a temporary table first, while everyone goes on reading the old ones; one short
transaction then changes only the rows that differ and writes the Import. Killed at any moment, the old data
stay whole.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from pairs.geography.csv_reader import ImportRefused, OfficialFile, compute_sha256
from pairs.geography.models import Import, ImportKind

_ADVISORY_LOCK_ID = 0x50416952  # advisory lock: 'PaIR'
SIDE_BY_SIDE = (
    ImportKind.DEPRIVATION,
    ImportKind.POPULATION,
    ImportKind.ETHNICITY,
)  # one of each scope is in force


@dataclass(frozen=True)
class ImportTarget:
    """The table a file replaces: its columns as the rows have them, its key, and the part that is replaced."""

    kind: ImportKind
    table: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    part: sql.Composable

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.columns]


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did: `record` is the Import in force (an earlier one when nothing had changed)."""

    record: Import
    unchanged: bool = False
    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0  # rows of before, for which the file's own could not be read


def replace_rows(
    target: ImportTarget,
    file: OfficialFile,
    rows: Iterable[tuple[Any, ...]],
    layout: str,
    scope: str,
    partial: bool,
    again: bool,
    check: bool,
) -> ImportOutcome:
    started_at, sha256 = timezone.now(), compute_sha256(file.path)
    with _hold_import_lock():
        standing = _find_import_in_force(target, scope)
        if standing and standing.sha256 == sha256 and not again:
            return ImportOutcome(standing, unchanged=True)
        with _create_staging_tables(target):
            _copy_to_staging(target, rows)
            _copy_unread_keys(file.unread)
            _skip_repeated_rows(target, file)
            with transaction.atomic():
                _refuse_shrinking(target, file, partial)
                removed, added, changed = _apply_differences(target)
                kept = _count_kept_rows(target)
                record = _record_import(target, file, started_at, sha256, layout, scope)
                transaction.set_rollback(check)
    return ImportOutcome(record, added=added, changed=changed, removed=removed, kept=kept)


def _find_import_in_force(target: ImportTarget, scope: str) -> Import | None:
    """The Import whose rows are in the table now, if it had this scope."""
    standing = Import.objects.filter(kind=target.kind)
    if target.kind in SIDE_BY_SIDE:
        standing = standing.filter(scope=scope)
    newest = standing.order_by("-finished_at").first()
    return newest if newest and newest.scope == scope else None


@contextmanager
def _hold_import_lock() -> Iterator[None]:
    """One import at a time; the lock goes with the connection, however the process ends."""
    if not _fetch_scalar(sql.SQL("SELECT pg_try_advisory_lock({})").format(_ADVISORY_LOCK_ID)):
        raise ImportRefused("Another import is running: wait until it has finished.")
    try:
        yield
    finally:
        _fetch_scalar(sql.SQL("SELECT pg_advisory_unlock({})").format(_ADVISORY_LOCK_ID))


@contextmanager
def _create_staging_tables(target: ImportTarget) -> Iterator[None]:
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in target.columns
    )
    _execute_sql(sql.SQL("CREATE TEMPORARY TABLE staging (line bigint, {})").format(columns))
    _execute_sql(sql.SQL("CREATE TEMPORARY TABLE unread (key varchar)"))
    try:
        yield
    finally:
        _execute_sql(sql.SQL("DROP TABLE IF EXISTS staging, unread"))


def _copy_to_staging(target: ImportTarget, rows: Iterable[tuple[Any, ...]]) -> None:
    statement = sql.SQL("COPY staging (line, {}) FROM STDIN").format(_join_identifiers(target.names))
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    _execute_sql(sql.SQL("ANALYZE staging"))


def _copy_unread_keys(keys: Iterable[str]) -> None:
    statement = sql.SQL("COPY unread (key) FROM STDIN")
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for key in keys:
            copy.write_row((key,))
    _execute_sql(sql.SQL("ANALYZE unread"))


def _count_kept_rows(target: ImportTarget) -> int:
    """How many rows of before stand where the file's own could not be read."""
    return _fetch_scalar(_COUNT_KEPT_SQL.format(**_build_sql_parts(target)))


def _skip_repeated_rows(target: ImportTarget, file: OfficialFile) -> None:
    """A key given twice: the first row counts, the later ones are skipped and said."""
    repeats = sql.SQL(
        "DELETE FROM staging WHERE line IN (SELECT line FROM ("
        " SELECT line, row_number() OVER (PARTITION BY {} ORDER BY line) AS nth FROM staging) numbered WHERE nth > 1)"
        " RETURNING line"
    ).format(_join_identifiers(target.key))
    with connection.cursor() as cursor:
        cursor.execute(repeats)
        for (line,) in cursor:
            file.tally.skip(line, "given more than once in the file")


def _refuse_shrinking(target: ImportTarget, file: OfficialFile, partial: bool) -> None:
    new = _fetch_scalar(sql.SQL("SELECT count(*) FROM staging"))
    old = _fetch_scalar(
        sql.SQL("SELECT count(*) FROM {} WHERE {}").format(sql.Identifier(target.table), target.part)
    )
    if not new:
        raise ImportRefused(f"{file.path.name} has no usable row ({file.tally.read:,} read).")
    if new < old / 2 and not partial:
        raise ImportRefused(
            f"{file.path.name} has {new:,} usable rows where {old:,} are loaded: it looks cut short. "
            "Accept far fewer rows (--partial) if that is meant."
        )


def _apply_differences(target: ImportTarget) -> tuple[int, int, int]:
    """Make the table's part equal to the staging table, touching only what differs: removed, added, changed."""
    parts = _build_sql_parts(target)
    removed = _execute_sql(_DELETE_SQL.format(**parts))
    changed = _execute_sql(_UPDATE_SQL.format(**parts))
    added = _execute_sql(_INSERT_SQL.format(**parts))
    return removed, added, changed


def _build_sql_parts(target: ImportTarget) -> dict[str, sql.Composable]:
    """What the statements below are filled in with."""
    rest = [name for name in target.names if name not in target.key]
    return {
        "table": sql.Identifier(target.table),
        "part": target.part,
        "key": _join_identifiers(target.key),
        "named": sql.Identifier(target.key[0]),
        "names": _join_identifiers(target.names),
        "same_key": _join_column_terms("old.{0} = staging.{0}", target.key, " AND "),
        "set": _join_column_terms("{0} = staging.{0}", rest, ", "),
        "differs": _join_column_terms("old.{0} IS DISTINCT FROM staging.{0}", rest, " OR "),
    }


_DELETE_SQL = sql.SQL(
    "DELETE FROM {table} old WHERE {part} AND NOT EXISTS (SELECT FROM staging WHERE {same_key})"
    " AND NOT EXISTS (SELECT FROM unread WHERE unread.key = old.{named})"
)
_COUNT_KEPT_SQL = sql.SQL(
    "SELECT count(*) FROM {table} old WHERE {part} AND NOT EXISTS (SELECT FROM staging WHERE {same_key})"
)
_UPDATE_SQL = sql.SQL("UPDATE {table} old SET {set} FROM staging WHERE {same_key} AND ({differs})")
_INSERT_SQL = sql.SQL(
    "INSERT INTO {table} ({names}) SELECT {names} FROM staging ORDER BY {key} ON CONFLICT DO NOTHING"
)


def _record_import(
    target: ImportTarget, file: OfficialFile, started_at: datetime, sha256: str, layout: str, scope: str
) -> Import:
    return Import.objects.create(
        kind=target.kind,
        file_name=file.path.name[:255],
        sha256=sha256,
        layout=layout,
        scope=scope,
        rows_read=file.tally.read,
        rows_written=_fetch_scalar(sql.SQL("SELECT count(*) FROM staging")),
        rows_outside=file.tally.outside,
        rows_skipped=file.tally.skipped,
        skipped=file.tally.as_json(),
        started_at=started_at,
        finished_at=timezone.now(),
    )


# ---------------------------------------------------------------- SQL
def _join_identifiers(names: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


def _join_column_terms(template: str, names: Iterable[str], joined_by: str) -> sql.Composable:
    return sql.SQL(joined_by).join(sql.SQL(template).format(sql.Identifier(name)) for name in names)


def _execute_sql(statement: sql.Composable) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def _fetch_scalar(statement: sql.Composable) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
