"""Replacing populations, and the LSOA to ICB look-up, by an official file: all or nothing, as `importer` does."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from psycopg import sql

from pairs.geography.csv_reader import ImportRefused, OfficialFile, ProgressCallback, read_top_rows
from pairs.geography.importer import open_official_file, read_rows, recognise_layout
from pairs.geography.models import AreaBoard, ImportKind, Population
from pairs.geography.population_layouts import (
    CENSUS_YEAR,
    CensusCount,
    PopulationFile,
    make_up_under_fives,
    read_board,
    read_census_count,
    read_population,
    recognise_boards,
    recognise_ethnicity,
    recognise_population,
)
from pairs.geography.replacing import ImportOutcome, ImportTarget, replace_rows
from pairs.geography.rules import Columns, InvalidRow, LayoutNotRecognised, parse_lsoa_code

WELSH_LSOA_START = "W01"


def import_population(
    *, path: Path, partial: bool, again: bool, say: ProgressCallback, check: bool = False
) -> ImportOutcome:
    """Load children aged 0 to 4 by LSOA in place of those of the same year; other years stay.

    The arguments are as for `importer.import_deprivation`. Raises ImportRefused, with nothing changed.
    """
    with open_official_file(path, say) as file:
        found = _recognise_population(path)
        file.skip_titles(found.titles)
        rows = (
            (line, code, name, lad, found.year, "", children)
            for line, code, name, lad, children in read_rows(
                _EnglishRows(file, found.columns), found.columns, read_population, parse_lsoa_code
            )
        )
        target = _build_population_target(ImportKind.POPULATION, found.year)
        layout = f"LSOA by single year of age, mid-{found.year}"
        return replace_rows(target, file, rows, layout, str(found.year), partial, again, check)


def _recognise_population(path: Path) -> PopulationFile:
    try:
        return recognise_population(read_top_rows(path), path.name)
    except LayoutNotRecognised as error:
        raise ImportRefused(f"{path.name}: {error}") from error


class _EnglishRows:
    """The rows of a file of England and Wales without those of Wales, which has no English index of deprivation."""

    def __init__(self, file: OfficialFile, columns: Columns) -> None:
        self.file, self.lsoa = file, columns["lsoa"]
        self.skip, self.unread = file.skip, file.unread

    def rows(self) -> Iterator[tuple[int, Any]]:
        for line, cells in self.file.rows():
            if self.lsoa < len(cells) and cells[self.lsoa].strip().startswith(WELSH_LSOA_START):
                self.file.tally.outside += 1
            else:
                yield line, cells


def import_boards(
    *, path: Path, partial: bool, again: bool, say: ProgressCallback, check: bool = False
) -> ImportOutcome:
    """Load which integrated care board each LSOA belongs to. Arguments and errors as for `import_population`."""
    with open_official_file(path, say) as file:
        columns = recognise_layout(recognise_boards, file)
        rows = read_rows(_EnglishRows(file, columns), columns, read_board, parse_lsoa_code)
        return replace_rows(_BOARD_TARGET, file, rows, "LSOA to ICB", "all", partial, again, check)


def import_ethnicity(
    *, path: Path, partial: bool, again: bool, say: ProgressCallback, check: bool = False
) -> ImportOutcome:
    """Load children aged 0 to 4 by ethnic group and district. Arguments and errors as for `import_population`.

    A table of other ages is refused: of all ages, or of "24 and under", it says nothing about under-fives. A district
    of which a row cannot be read is left out, as its sum would be too small.
    """
    with open_official_file(path, say) as file:
        columns = recognise_layout(recognise_ethnicity, file)
        rows = _add_up_groups(file, columns)
        target = _build_population_target(ImportKind.ETHNICITY, CENSUS_YEAR)
        layout = f"Census {CENSUS_YEAR}, ethnic group by age"
        return replace_rows(target, file, rows, layout, str(CENSUS_YEAR), partial, again, check)


def _add_up_groups(file: OfficialFile, columns: Columns) -> Iterator[tuple[Any, ...]]:
    counts: Counter[tuple[str, str, str]] = Counter()
    ages: defaultdict[str, set[range]] = defaultdict(set)
    spoiled: set[str] = set()
    for each in _read_census_counts(file, columns, spoiled):
        ages[each.lad_code].add(each.ages)
        counts[each.lad_code, each.lad_name, each.ethnic_group] += each.people
    for number, ((code, name, group), children) in enumerate(sorted(counts.items()), 2):
        if code in spoiled:
            file.unread.append(code)
        elif make_up_under_fives(ages[code]):
            yield number, code, name, code, CENSUS_YEAR, group, children
        else:
            raise ImportRefused(f"{file.path.name} has no ages that make 0 to 4 years, for {name} at least.")


def _read_census_counts(file: OfficialFile, columns: Columns, spoiled: set[str]) -> Iterator[CensusCount]:
    for _, cells in file.rows():
        try:
            found = read_census_count(cells, columns)
        except InvalidRow as reason:
            file.skip(reason)
            spoiled.add(cells[columns["lad"]].strip() if columns["lad"] < len(cells) else "")
        else:
            if found.is_counted:
                yield found


# ---------------------------------------------------------------- what is replaced
def _build_population_target(kind: ImportKind, year: int) -> ImportTarget:
    part = (
        "year = {} AND ethnic_group = ''"
        if kind == ImportKind.POPULATION
        else "year = {} AND ethnic_group <> ''"
    )
    return ImportTarget(
        kind=kind,
        table=Population._meta.db_table,
        columns=(
            ("area_code", "varchar"),
            ("area_name", "varchar"),
            ("lad_code", "varchar"),
            ("year", "smallint"),
            ("ethnic_group", "varchar"),
            ("aged_0_to_4", "integer"),
        ),
        key=("area_code", "ethnic_group", "year"),
        part=sql.SQL(part).format(sql.Literal(year)),
    )


_BOARD_TARGET = ImportTarget(
    kind=ImportKind.BOARDS,
    table=AreaBoard._meta.db_table,
    columns=(
        ("lsoa_code", "varchar"),
        ("lsoa_name", "varchar"),
        ("lad_code", "varchar"),
        ("icb_code", "varchar"),
    ),
    key=("lsoa_code",),
    part=sql.SQL("true"),
)
