"""Populations and the LSOA to ICB look-up: what is loaded of the official layouts, and what is refused."""

import pytest

from pairs.geography.csv_reader import ImportRefused
from pairs.geography.models import AreaBoard, Import, Population
from pairs.geography.official_files import import_file, list_official_files
from tests.unit.geography.sample_files import (
    BOARDS,
    CENSUS,
    POPULATION,
    make_board_row,
    make_census_row,
    make_population_row,
    write_csv_file,
)

pytestmark = pytest.mark.django_db
ASIAN = "Asian, Asian British or Asian Welsh: Pakistani"
CHINESE = "Asian, Asian British or Asian Welsh: Chinese"
WHITE = "White: English, Welsh, Scottish, Northern Irish or British"


@pytest.fixture
def folder(settings, tmp_path):
    settings.OFFICIAL_FILES = str(tmp_path)
    return tmp_path


def load(path, *, partial=False, check=False):
    """What the administrator's page does: the file's kind is known by its header."""
    (found,) = [each for each in list_official_files() if each.name == path.name]
    return import_file(
        kind=found.kind, file_name=path.name, partial=partial, check=check, say=lambda text: None
    )


def write_sheet(folder, rows, *, name="Mid-2024 LSOA 2021.csv", titles=()):
    return write_csv_file(
        folder / name,
        titles[0] if titles else POPULATION,
        [*titles[1:], *([POPULATION] if titles else []), *rows],
    )


# ---------------------------------------------------------------- by LSOA
def test_children_under_five_are_added_up_over_sex_and_age(folder):
    outcome = load(
        write_sheet(folder, [make_population_row(1, children=7), make_population_row(2, children=0)])
    )
    assert dict(Population.objects.values_list("area_code", "aged_0_to_4")) == {
        "E01990001": 70,
        "E01990002": 0,
    }
    assert set(Population.objects.values_list("year", "ethnic_group", "lad_code")) == {
        (2024, "", "E06990001")
    }
    assert (outcome.record.layout, outcome.record.scope) == ("LSOA by single year of age, mid-2024", "2024")


def test_the_header_may_stand_below_the_titles_of_the_sheet(folder):
    titles = [["Lower layer Super Output Area estimates, mid-2023"], [""], ["Notes"]]
    load(write_sheet(folder, [make_population_row(1)], name="sheet.csv", titles=titles))
    assert Population.objects.get().year == 2023


def test_a_sheet_that_gives_no_year_is_no_official_file(folder):
    path = write_sheet(folder, [make_population_row(1)], name="populations.csv")
    (found,) = list_official_files()
    assert (found.name, found.kind) == (path.name, "")


def test_years_stand_side_by_side_and_a_file_replaces_its_own(folder):
    load(write_sheet(folder, [make_population_row(1, children=1)], name="Mid-2023 LSOA 2021.csv"))
    load(write_sheet(folder, [make_population_row(1, children=2)]))
    load(write_sheet(folder, [make_population_row(1, children=3)], name="revised mid-2024.csv"))
    assert dict(Population.objects.values_list("year", "aged_0_to_4")) == {2023: 10, 2024: 30}


def test_wales_is_left_out_and_a_row_that_cannot_be_read_is_named(folder):
    broken = make_population_row(3)
    broken[POPULATION.index("F2")] = "x"
    done = load(
        write_sheet(folder, [make_population_row(1), make_population_row(2, lsoa="W01000001"), broken])
    ).record
    assert (done.rows_written, done.rows_outside, done.skipped["first"]) == (
        1,
        1,
        [{"line": 4, "reason": "number not valid"}],
    )


def test_a_check_changes_nothing(folder):
    assert load(write_sheet(folder, [make_population_row(1)]), check=True).added == 1
    assert not Population.objects.exists()
    assert not Import.objects.exists()


# ---------------------------------------------------------------- by ethnic group
def write_census(folder, rows):
    return write_csv_file(folder / "custom.csv", CENSUS, rows)


@pytest.mark.parametrize(
    "ages",
    [
        ["Aged 4 years and under"],
        ["Aged 0 to 4 years"],
        ["Aged under 1 year", "Aged 1 year", "Aged 2 years", "Aged 3 to 4 years"],
    ],
)
def test_under_fives_are_added_up_by_group_whatever_ages_make_them(folder, ages):
    rows = [
        make_census_row(group, age, 10)
        for group in (WHITE, ASIAN, CHINESE)
        for age in [*ages, "Aged 5 to 9 years"]
    ]
    load(write_census(folder, [*rows, make_census_row("Does not apply", ages[0], 3)]))
    found = Population.objects.by_ethnic_group().values_list("ethnic_group", "aged_0_to_4", "year")
    assert sorted(found) == [("asian", 20 * len(ages), 2021), ("white", 10 * len(ages), 2021)]


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        (["Aged 24 years and under"], "no usable row"),
        (["Aged 0 to 9 years", "Aged 1 year"], "no usable row"),
        (["Aged under 1 year", "Aged 2 to 4 years"], "no ages that make 0 to 4"),
        (["Aged 4 years and under", "Aged 2 years"], "no ages that make 0 to 4"),
    ],
)
def test_a_table_of_other_ages_is_refused_and_nothing_changes(folder, ages, words):
    load(write_census(folder, [make_census_row(WHITE, "Aged 4 years and under", 10)]))
    with pytest.raises(ImportRefused, match=words):
        load(write_census(folder, [make_census_row(WHITE, age, 99) for age in ages]))
    assert Population.objects.get().aged_0_to_4 == 10


def test_a_district_with_a_row_that_cannot_be_read_is_left_out(folder):
    rows = [
        make_census_row(WHITE, "Aged 4 years and under", 10),
        make_census_row(WHITE, "Aged 4 years and under", 10, lad="E06990002"),
        make_census_row("Martian", "Aged 4 years and under", 1, lad="E06990002"),
    ]
    load(write_census(folder, rows))
    assert Population.objects.get().lad_code == "E06990001"


# ---------------------------------------------------------------- boards
def test_the_board_of_each_lsoa_is_loaded(folder):
    load(
        write_csv_file(folder / "lookup.csv", BOARDS, [make_board_row(1), make_board_row(2, icb="E54000050")])
    )
    assert dict(AreaBoard.objects.values_list("lsoa_code", "icb_code")) == {
        "E01990001": "E54000048",
        "E01990002": "E54000050",
    }
