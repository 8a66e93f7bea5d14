"""Replacing the loaded deprivation release or postcode directory by an official file, all or nothing.

The rows are copied to a temporary table first, while everyone goes on reading the old ones; one short
transaction then changes only the rows that differ and writes the Import. Killed at any moment, the old data
stay whole. Where the file's own row for an area cannot be read, the old one stays: stale beats none, and it is
said. Run by the database owner: the application's role may only read these tables.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from psycopg import sql

from pairs.geography.models import Area, Import, Postcode
from pairs.geography.reading import NotImported, OfficialFile, check_readable, fingerprint
from pairs.geography.rules import (
    LSOAS_IN_ENGLAND,
    Broken,
    Columns,
    NoArea,
    NotRecognised,
    area_named,
    postcode_area,
    postcode_named,
    read_area,
    read_postcode,
    recognise_directory,
    recognise_file_7,
)

# Lancashire and South Cumbria, and the areas around it that families move from and to.
NEARBY_AREAS = ("BB", "BL", "FY", "LA", "PR", "L", "WN", "OL", "CA", "BD", "WA")
# Northern Ireland's postcodes need a licence of their own.
NEVER_AREAS = frozenset({"BT"})
_ONE_AT_A_TIME = 0x50416952  # advisory lock: 'PaIR'

Say = Callable[[str], None]


@dataclass(frozen=True)
class Target:
    """The table a file replaces: its columns as the rows have them, its key, and the part that is replaced."""

    kind: Import.Kind
    table: str
    columns: tuple[tuple[str, str], ...]
    key: tuple[str, ...]
    part: sql.Composable

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.columns]


@dataclass(frozen=True)
class Outcome:
    """What an import did: `record` is the Import in force (an earlier one when nothing had changed)."""

    record: Import
    unchanged: bool = False
    added: int = 0
    changed: int = 0
    removed: int = 0
    kept: int = 0  # rows of before, for which the file's own could not be read


def import_deprivation(*, path: Path, release: int | None, partial: bool, again: bool, say: Say) -> Outcome:
    """Load an IoD File 7 (2019 or 2025, as its header says) in place of that release.

    `release` refuses a file of another one; `partial` allows far fewer rows than before; `again` loads a file
    that is in force already; `say` hears the progress. Raises NotImported, and then nothing has changed.
    """
    with _opened(path, say) as file:
        found, columns = _recognised(recognise_file_7, file)
        if release not in (None, found):
            raise NotImported(f"{path.name} is the release of {found}, not {release}.")
        rows = ((*row, found) for row in _read(file, columns, read_area, area_named))
        outcome = _replace(_areas(found), file, rows, f"IoD {found}", str(found), partial, again)
    if outcome.record.rows_written < LSOAS_IN_ENGLAND[found]:
        say(
            f"NOTE: {outcome.record.rows_written:,} of England's {LSOAS_IN_ENGLAND[found]:,} LSOAs are loaded."
        )
    return outcome


def import_postcodes(
    *, path: Path, areas: tuple[str, ...] | None, partial: bool, again: bool, say: Say
) -> Outcome:
    """Load these areas (None: all) of an ONS postcode directory in place of the one loaded.

    `partial`, `again` and `say` are as for `import_deprivation`. Raises NotImported; then nothing has changed.
    """
    wanted = None if areas is None else frozenset(areas)
    with _opened(path, say) as file:
        layout, columns = _recognised(recognise_directory, file)

        def named(cells: Any, at: Columns) -> str | None:
            postcode = postcode_named(cells, at)
            return postcode if postcode and _is_wanted(postcode, wanted) else None

        rows = _within(file, wanted, _read(file, columns, read_postcode, named))
        scope = "all" if areas is None else ",".join(sorted(areas))
        return _replace(_POSTCODES, file, rows, layout.name, scope, partial, again)


_POSTCODES = Target(
    kind=Import.Kind.POSTCODES,
    table=Postcode._meta.db_table,
    columns=(
        ("postcode", "varchar"),
        ("lsoa_code", "varchar"),
        ("lad_code", "varchar"),
        ("icb_code", "varchar"),
        ("terminated_on", "date"),
    ),
    key=("postcode",),
    part=sql.SQL("true"),
)


def _areas(release: int) -> Target:
    return Target(
        kind=Import.Kind.DEPRIVATION,
        table=Area._meta.db_table,
        columns=(
            ("lsoa_code", "varchar"),
            ("lsoa_name", "varchar"),
            ("lad_code", "varchar"),
            ("lad_name", "varchar"),
            ("imd_rank", "integer"),
            ("imd_decile", "smallint"),
            ("imd_score", "numeric"),
            ("imd_version", "smallint"),
        ),
        key=("lsoa_code", "imd_version"),
        part=sql.SQL("imd_version = {}").format(sql.Literal(release)),
    )


# ---------------------------------------------------------------- reading
@contextmanager
def _opened(path: Path, say: Say) -> Iterator[OfficialFile]:
    check_readable(path)
    with OfficialFile(path, say) as file:
        yield file


def _recognised(recognise: Callable[[list[str]], Any], file: OfficialFile) -> Any:
    try:
        return recognise(file.header)
    except NotRecognised as error:
        raise NotImported(f"{file.path.name}: {error}") from error


def _read(
    file: OfficialFile,
    columns: Columns,
    read: Callable[[Any, Columns], tuple[Any, ...]],
    named: Callable[[Any, Columns], str | None],
) -> Iterator[tuple[Any, ...]]:
    for line, cells in file.rows():
        try:
            yield (line, *read(cells, columns))
        except Broken as reason:
            file.skip(reason)
            if not isinstance(reason, NoArea) and (key := named(cells, columns)):
                file.unread.append(key)


def _within(
    file: OfficialFile, wanted: frozenset[str] | None, rows: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        if _is_wanted(row[1], wanted):
            yield row
        else:
            file.tally.outside += 1


def _is_wanted(postcode: str, wanted: frozenset[str] | None) -> bool:
    area = postcode_area(postcode)
    return area not in NEVER_AREAS and (wanted is None or area in wanted)


# ---------------------------------------------------------------- replacing
def _replace(
    target: Target,
    file: OfficialFile,
    rows: Iterable[tuple[Any, ...]],
    layout: str,
    scope: str,
    partial: bool,
    again: bool,
) -> Outcome:
    started_at, sha256 = timezone.now(), fingerprint(file.path)
    with _alone():
        standing = _in_force(target, scope)
        if standing and standing.sha256 == sha256 and not again:
            return Outcome(standing, unchanged=True)
        with _staging(target):
            _copy(target, rows)
            _copy_unread(file.unread)
            _name_repeats(target, file)
            with transaction.atomic():
                _refuse_less(target, file, partial)
                removed, added, changed = _swap(target)
                kept = _kept(target)
                record = _record(target, file, started_at, sha256, layout, scope)
    return Outcome(record, added=added, changed=changed, removed=removed, kept=kept)


def _in_force(target: Target, scope: str) -> Import | None:
    """The Import whose rows are in the table now, if it had this scope."""
    standing = Import.objects.filter(kind=target.kind)
    if target.kind == Import.Kind.DEPRIVATION:
        standing = standing.filter(scope=scope)  # releases stand side by side
    newest = standing.order_by("-finished_at").first()
    return newest if newest and newest.scope == scope else None


@contextmanager
def _alone() -> Iterator[None]:
    """One import at a time; the lock goes with the connection, however the process ends."""
    if not _scalar(sql.SQL("SELECT pg_try_advisory_lock({})").format(_ONE_AT_A_TIME)):
        raise NotImported("Another import is running: wait until it has finished.")
    try:
        yield
    finally:
        _scalar(sql.SQL("SELECT pg_advisory_unlock({})").format(_ONE_AT_A_TIME))


@contextmanager
def _staging(target: Target) -> Iterator[None]:
    columns = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in target.columns
    )
    _run(sql.SQL("CREATE TEMPORARY TABLE staging (line bigint, {})").format(columns))
    _run(sql.SQL("CREATE TEMPORARY TABLE unread (key varchar)"))
    try:
        yield
    finally:
        _run(sql.SQL("DROP TABLE IF EXISTS staging, unread"))


def _copy(target: Target, rows: Iterable[tuple[Any, ...]]) -> None:
    statement = sql.SQL("COPY staging (line, {}) FROM STDIN").format(_names(target.names))
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    _run(sql.SQL("ANALYZE staging"))


def _copy_unread(keys: Iterable[str]) -> None:
    statement = sql.SQL("COPY unread (key) FROM STDIN")
    with transaction.atomic(), connection.cursor() as cursor, cursor.copy(statement) as copy:
        for key in keys:
            copy.write_row((key,))
    _run(sql.SQL("ANALYZE unread"))


def _kept(target: Target) -> int:
    """How many rows of before stand where the file's own could not be read."""
    return _scalar(_KEPT.format(**_parts(target)))


def _name_repeats(target: Target, file: OfficialFile) -> None:
    """A key given twice: the first row counts, the later ones are skipped and said."""
    repeats = sql.SQL(
        "DELETE FROM staging WHERE line IN (SELECT line FROM ("
        " SELECT line, row_number() OVER (PARTITION BY {} ORDER BY line) AS nth FROM staging) numbered WHERE nth > 1)"
        " RETURNING line"
    ).format(_names(target.key))
    with connection.cursor() as cursor:
        cursor.execute(repeats)
        for (line,) in cursor:
            file.tally.skip(line, "given more than once in the file")


def _refuse_less(target: Target, file: OfficialFile, partial: bool) -> None:
    new = _scalar(sql.SQL("SELECT count(*) FROM staging"))
    old = _scalar(
        sql.SQL("SELECT count(*) FROM {} WHERE {}").format(sql.Identifier(target.table), target.part)
    )
    if not new:
        raise NotImported(f"{file.path.name} has no usable row ({file.tally.read:,} read).")
    if new < old / 2 and not partial:
        raise NotImported(
            f"{file.path.name} has {new:,} usable rows where {old:,} are loaded: it looks cut short. "
            "Say --partial if that is meant."
        )


def _swap(target: Target) -> tuple[int, int, int]:
    """Make the table's part equal to the staging table, touching only what differs: removed, added, changed."""
    parts = _parts(target)
    removed = _run(_REMOVE.format(**parts))
    changed = _run(_CHANGE.format(**parts))
    added = _run(_ADD.format(**parts))
    return removed, added, changed


def _parts(target: Target) -> dict[str, sql.Composable]:
    """What the statements below are filled in with."""
    rest = [name for name in target.names if name not in target.key]
    return {
        "table": sql.Identifier(target.table),
        "part": target.part,
        "key": _names(target.key),
        "named": sql.Identifier(target.key[0]),
        "names": _names(target.names),
        "same_key": _pairs("old.{0} = staging.{0}", target.key, " AND "),
        "set": _pairs("{0} = staging.{0}", rest, ", "),
        "differs": _pairs("old.{0} IS DISTINCT FROM staging.{0}", rest, " OR "),
    }


_REMOVE = sql.SQL(
    "DELETE FROM {table} old WHERE {part} AND NOT EXISTS (SELECT FROM staging WHERE {same_key})"
    " AND NOT EXISTS (SELECT FROM unread WHERE unread.key = old.{named})"
)
_KEPT = sql.SQL(
    "SELECT count(*) FROM {table} old WHERE {part} AND NOT EXISTS (SELECT FROM staging WHERE {same_key})"
)
_CHANGE = sql.SQL("UPDATE {table} old SET {set} FROM staging WHERE {same_key} AND ({differs})")
_ADD = sql.SQL(
    "INSERT INTO {table} ({names}) SELECT {names} FROM staging ORDER BY {key} ON CONFLICT DO NOTHING"
)


def _record(
    target: Target, file: OfficialFile, started_at: datetime, sha256: str, layout: str, scope: str
) -> Import:
    return Import.objects.create(
        kind=target.kind,
        file_name=file.path.name[:255],
        sha256=sha256,
        layout=layout,
        scope=scope,
        rows_read=file.tally.read,
        rows_written=_scalar(sql.SQL("SELECT count(*) FROM staging")),
        rows_outside=file.tally.outside,
        rows_skipped=file.tally.skipped,
        skipped=file.tally.as_json(),
        started_at=started_at,
        finished_at=timezone.now(),
    )


# ---------------------------------------------------------------- SQL
def _names(names: Iterable[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


def _pairs(template: str, names: Iterable[str], joined_by: str) -> sql.Composable:
    return sql.SQL(joined_by).join(sql.SQL(template).format(sql.Identifier(name)) for name in names)


def _run(statement: sql.Composable) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.rowcount


def _scalar(statement: sql.Composable) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]
