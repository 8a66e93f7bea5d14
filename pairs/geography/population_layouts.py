"""Populations and the LSOA to ICB look-up: how the official files are recognised and their rows read. Pure.

Layouts: ONS "Lower layer Super Output Area population estimates" (a sheet a year, header below a few title rows);
ONS Census 2021 custom dataset of ethnic group by age; ONS "LSOA (2021) to SICBL to ICB to LAD" look-up.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pairs.geography.rules import (
    ENGLISH_LSOA_PATTERN,
    GSS_CODE_PATTERN,
    Columns,
    InvalidRow,
    Layout,
    LayoutNotRecognised,
    get_cell,
    join_quoted,
    parse_name,
    parse_whole_number,
    require_match,
)

OLDEST_COUNTED_AGE = 4
_AGE_COLUMNS = {f"{sex}{age}": f"{sex}{age}" for sex in "FM" for age in range(OLDEST_COUNTED_AGE + 1)}
_AREA_COLUMNS = {
    "lsoa": r"LSOA 2021 Code",
    "lsoa_name": r"LSOA 2021 Name",
    "lad": r"LAD 20\d\d Code",
}
POPULATION_LAYOUT = Layout("single year of age", _AREA_COLUMNS | _AGE_COLUMNS)
BOARD_LAYOUT = Layout(
    "LSOA to ICB",
    {"lsoa": r"lsoa21cd", "lsoa_name": r"lsoa21nm", "icb": r"icb\d\dcd", "lad": r"lad\d\dcd"},
)
ETHNICITY_LAYOUT = Layout(
    "ethnic group by age",
    {
        "lad": r"lower tier local authorities code",
        "lad_name": r"lower tier local authorities",
        "ethnicity": r"ethnic group \(\d+ categories\)",
        "age": r"age \(.*\)",
        "count": r"observation",
    },
)
CENSUS_YEAR = 2021
_MID_YEAR_PATTERN = re.compile(r"\bmid[- ]?(20\d\d)\b", re.IGNORECASE)
# A census category by how it begins, and the group of five that it is in (pairs.code_lists.reference.ETHNIC_GROUPS).
_CENSUS_GROUPS = {"asian": "asian", "black": "black", "mixed": "mixed", "white": "white", "other": "other"}
NOT_APPLICABLE = "does not apply"


@dataclass(frozen=True)
class PopulationFile:
    """Where the header is (rows above it), the year of its figures, and its columns."""

    titles: int
    year: int
    columns: Columns


def recognise_population(top: Sequence[Sequence[str]], file_name: str) -> PopulationFile:
    """A sheet of the LSOA estimates saved as CSV. Raises LayoutNotRecognised.

    The year is not in the header: it is in a title above it or in the name of the file ("Mid-2024 LSOA 2021").
    """
    titles = next((at for at, row in enumerate(top) if not POPULATION_LAYOUT.list_missing_columns(row)), None)
    if titles is None:
        wanting = POPULATION_LAYOUT.list_missing_columns(top[0] if top else ())
        raise LayoutNotRecognised(
            f"These are not LSOA populations by single year of age: no column for {join_quoted(wanting[:3])}."
        )
    year = _find_year([file_name, *(cell for row in top[:titles] for cell in row)])
    if year is None:
        raise LayoutNotRecognised(
            "The year of these populations is not given. Save the sheet under its own name, such as "
            "“Mid-2024 LSOA 2021.csv”."
        )
    return PopulationFile(titles, year, POPULATION_LAYOUT.find_columns(top[titles]))


def _find_year(texts: Iterable[str]) -> int | None:
    return next(
        (int(found[1]) for text in texts if (found := _MID_YEAR_PATTERN.search(text.replace("_", " ")))), None
    )


def recognise_boards(header: Sequence[str]) -> Columns:
    """The LSOA to ICB look-up. Raises LayoutNotRecognised."""
    return _find_columns(BOARD_LAYOUT, header)


def recognise_ethnicity(header: Sequence[str]) -> Columns:
    """The census table of ethnic group by age and district. Raises LayoutNotRecognised."""
    return _find_columns(ETHNICITY_LAYOUT, header)


def _find_columns(layout: Layout, header: Sequence[str]) -> Columns:
    wanting = layout.list_missing_columns(header)
    if wanting:
        raise LayoutNotRecognised(
            f"This is not the {layout.name} file: no column for {join_quoted(wanting)}."
        )
    return layout.find_columns(header)


# ---------------------------------------------------------------- reading a row
PopulationRow = tuple[str, str, str, int]
BoardRow = tuple[str, str, str, str]


def read_population(cells: Sequence[str], at: Columns) -> PopulationRow:
    """(LSOA code, LSOA name, district code, children aged 0 to 4). Raises InvalidRow."""
    ages = (parse_whole_number(get_cell(cells, at[column]), 0, 99_999, "number") for column in _AGE_COLUMNS)
    return (
        require_match(ENGLISH_LSOA_PATTERN, get_cell(cells, at["lsoa"]), "LSOA code"),
        parse_name(get_cell(cells, at["lsoa_name"]), "LSOA name"),
        require_match(GSS_CODE_PATTERN, get_cell(cells, at["lad"]), "district code"),
        sum(ages),
    )


def read_board(cells: Sequence[str], at: Columns) -> BoardRow:
    """(LSOA code, LSOA name, district code, ICB code). Raises InvalidRow."""
    return (
        require_match(ENGLISH_LSOA_PATTERN, get_cell(cells, at["lsoa"]), "LSOA code"),
        parse_name(get_cell(cells, at["lsoa_name"]), "LSOA name"),
        require_match(GSS_CODE_PATTERN, get_cell(cells, at["lad"]), "district code"),
        require_match(GSS_CODE_PATTERN, get_cell(cells, at["icb"]), "ICB code"),
    )


@dataclass(frozen=True)
class CensusCount:
    """One row of the census table: people of a district, an ethnic group (“” where it is for nobody) and ages."""

    lad_code: str
    lad_name: str
    ethnic_group: str
    ages: range
    people: int

    @property
    def is_counted(self) -> bool:
        """Of a known group, and aged 0 to 4."""
        return bool(self.ethnic_group) and self.ages.stop <= OLDEST_COUNTED_AGE + 1


def read_census_count(cells: Sequence[str], at: Columns) -> CensusCount:
    """Raises InvalidRow; an age group that begins under five and ends later is one, as it cannot be divided."""
    return CensusCount(
        require_match(GSS_CODE_PATTERN, get_cell(cells, at["lad"]), "district code"),
        parse_name(get_cell(cells, at["lad_name"]), "district name"),
        _parse_ethnic_group(get_cell(cells, at["ethnicity"])),
        _parse_ages(get_cell(cells, at["age"])),
        parse_whole_number(get_cell(cells, at["count"]), 0, 999_999, "number"),
    )


def _parse_ethnic_group(text: str) -> str:
    words = " ".join(text.split()).casefold()
    if words == NOT_APPLICABLE:
        return ""
    found = next((group for start, group in _CENSUS_GROUPS.items() if words.startswith(start)), None)
    if found is None:
        raise InvalidRow("ethnic group not known")
    return found


def _parse_ages(text: str) -> range:
    """“Aged under 1 year”, “Aged 4 years and under”, “Aged 2 to 4 years”, “Aged 3 years”, “Aged 90 years and over”."""
    words = " ".join(text.split()).casefold().removeprefix("aged ")
    numbers = [int(each) for each in re.findall(r"\d{1,3}", words)]
    match numbers:
        case [last] if "and under" in words:
            ages = range(last + 1)
        case [end] if words.startswith("under"):
            ages = range(end)
        case [first] if "and over" in words:
            ages = range(first, 150)
        case [first]:
            ages = range(first, first + 1)
        case [first, last] if first <= last:
            ages = range(first, last + 1)
        case _:
            raise InvalidRow("age not known")
    if ages.start <= OLDEST_COUNTED_AGE < ages.stop - 1:
        raise InvalidRow("an age group that does not end at 4")
    return ages


def make_up_under_fives(groups: Iterable[range]) -> bool:
    """Whether these age groups make exactly the ages 0 to 4, each age once."""
    return sorted(age for ages in set(groups) for age in ages) == list(range(OLDEST_COUNTED_AGE + 1))
