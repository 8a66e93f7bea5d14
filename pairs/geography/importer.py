"""Replacing the loaded deprivation release or postcode directory by an official file, all or nothing.

Where the file's own row for an area cannot be read, the old one stays (stale beats none) and is reported. How the
rows are replaced: `replacing`. Run by the owner with manage.py, or by the worker for an administrator's page.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from psycopg import sql

from pairs.geography.csv_reader import ImportRefused, OfficialFile, ProgressCallback, check_readable
from pairs.geography.models import Area, ImportKind, Postcode
from pairs.geography.replacing import ImportOutcome, ImportTarget, replace_rows
from pairs.geography.rules import (
    LSOAS_IN_ENGLAND,
    Columns,
    InvalidRow,
    LayoutNotRecognised,
    MissingArea,
    get_postcode_area,
    parse_lsoa_code,
    parse_postcode,
    read_area,
    read_postcode,
    recognise_directory,
    recognise_file_7,
)

# Lancashire and South Cumbria, and the areas around it that families move from and to.
NEARBY_AREAS = ("BB", "BL", "FY", "LA", "PR", "L", "WN", "OL", "CA", "BD", "WA")
# Northern Ireland's postcodes need a licence of their own.
EXCLUDED_AREAS = frozenset({"BT"})


def import_deprivation(
    *, path: Path, release: int | None, partial: bool, again: bool, say: ProgressCallback, check: bool = False
) -> ImportOutcome:
    """Load an IoD File 7 (2019 or 2025, as its header says) in place of that release.

    `release` refuses a file of another one; `partial` allows far fewer rows than before; `again` loads a file
    that is in force already; `say` hears the progress; `check` finds out what would change and changes nothing.
    Raises ImportRefused, and then nothing has changed.
    """
    with open_official_file(path, say) as file:
        found, columns = recognise_layout(recognise_file_7, file)
        if release not in (None, found):
            raise ImportRefused(f"{path.name} is the release of {found}, not {release}.")
        rows = ((*row, found) for row in read_rows(file, columns, read_area, parse_lsoa_code))
        outcome = replace_rows(
            _build_area_target(found), file, rows, f"IoD {found}", str(found), partial, again, check
        )
    if outcome.record.rows_written < LSOAS_IN_ENGLAND[found]:
        say(
            f"NOTE: {outcome.record.rows_written:,} of England's {LSOAS_IN_ENGLAND[found]:,} LSOAs are loaded."
        )
    return outcome


def import_postcodes(
    *,
    path: Path,
    areas: tuple[str, ...] | None,
    partial: bool,
    again: bool,
    say: ProgressCallback,
    check: bool = False,
) -> ImportOutcome:
    """Load these areas (None: all) of an ONS postcode directory in place of the one loaded.

    `partial`, `again`, `say` and `check` are as for `import_deprivation`. Raises ImportRefused, with nothing changed.
    """
    wanted = None if areas is None else frozenset(areas)
    with open_official_file(path, say) as file:
        layout, columns = recognise_layout(recognise_directory, file)

        def get_wanted_postcode(cells: Any, at: Columns) -> str | None:
            postcode = parse_postcode(cells, at)
            return postcode if postcode and _is_wanted(postcode, wanted) else None

        rows = _filter_wanted_areas(
            file, wanted, read_rows(file, columns, read_postcode, get_wanted_postcode)
        )
        scope = "all" if areas is None else ",".join(sorted(areas))
        return replace_rows(_POSTCODE_TARGET, file, rows, layout.name, scope, partial, again, check)


_POSTCODE_TARGET = ImportTarget(
    kind=ImportKind.POSTCODES,
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


def _build_area_target(release: int) -> ImportTarget:
    return ImportTarget(
        kind=ImportKind.DEPRIVATION,
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
def open_official_file(path: Path, say: ProgressCallback) -> Iterator[OfficialFile]:
    check_readable(path)
    with OfficialFile(path, say) as file:
        yield file


def recognise_layout(recognise: Callable[[list[str]], Any], file: OfficialFile) -> Any:
    try:
        return recognise(file.header)
    except LayoutNotRecognised as error:
        raise ImportRefused(f"{file.path.name}: {error}") from error


def read_rows(
    file: OfficialFile,
    columns: Columns,
    read: Callable[[Any, Columns], tuple[Any, ...]],
    named: Callable[[Any, Columns], str | None],
) -> Iterator[tuple[Any, ...]]:
    for line, cells in file.rows():
        try:
            yield (line, *read(cells, columns))
        except InvalidRow as reason:
            file.skip(reason)
            if not isinstance(reason, MissingArea) and (key := named(cells, columns)):
                file.unread.append(key)


def _filter_wanted_areas(
    file: OfficialFile, wanted: frozenset[str] | None, rows: Iterable[tuple[Any, ...]]
) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        if _is_wanted(row[1], wanted):
            yield row
        else:
            file.tally.outside += 1


def _is_wanted(postcode: str, wanted: frozenset[str] | None) -> bool:
    area = get_postcode_area(postcode)
    return area not in EXCLUDED_AREAS and (wanted is None or area in wanted)
