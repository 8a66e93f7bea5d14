"""Postcodes, quintiles, places and the official headers, one test a row of each rule's table."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pairs.geography import rules
from tests.unit.geography.sample_files import AUGUST_2026, FILE_7, LATE_2025, TO_MAY_2025


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("FY1 1AA", "FY1 1AA"),
        ("fy11aa", "FY1 1AA"),
        ("  la14  5qw ", "LA14 5QW"),
        ("l39\u00a01aa", "L39 1AA"),
        ("W1A 0AX", "W1A 0AX"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("gir 0aa", "GIR 0AA"),
        ("ZZ99 3VZ", "ZZ99 3VZ"),
        ("zz993wz", "ZZ99 3WZ"),
        ("\ufeffBB1\u20097\u200bAA", "BB1 7AA"),  # as it is pasted
        ("bfpo57", "BFPO 57"),
        ("BFPO 5423", "BFPO 5423"),
        ("BF1 2AT", "BF1 2AT"),
        ("BFPO", None),
        ("BFPO 0", None),
        ("", None),
        ("FY1", None),
        ("FY1 1A", None),
        ("FY1 1AC", None),
        ("QY1 1AA", None),
        ("ZZ98 3VZ", None),
        ("FY1 1AA1", None),
        ("\u017fk1 1aa", None),
        ("FY\u0661 1AA", None),
        ("FY1 1AA\x00", None),
    ],
)
def test_a_postcode_is_normalised_or_refused(text, normal):
    assert rules.normalise_postcode(text) == normal


@given(
    st.text(st.characters(exclude_categories=["Cs"]))
)  # text() alone tries all 1.1 million characters for these
def test_any_text_gives_a_postcode_or_none_and_normalising_twice_changes_nothing(text):
    normal = rules.normalise_postcode(text)
    assert normal is None or rules.normalise_postcode(normal) == normal


def test_pseudo_postcodes_stand_for_no_place():
    assert rules.is_pseudo("ZZ99 3VZ")
    assert not rules.is_pseudo("FY1 1AA")
    assert all(map(rules.stands_for_no_place, ["ZZ99 3VZ", "BFPO 57", "BF1 2AT"]))
    assert not any(map(rules.stands_for_no_place, ["FY1 1AA", "B1 1AA", ""]))


@pytest.mark.parametrize(
    ("typed", "reading"),
    [
        ("BBI 7AA", "BB1 7AA"),
        ("BBl 7AA", "BB1 7AA"),
        ("\u0392 \u03921 7AA", "BB1 7AA"),  # letters of another alphabet, and a space: not B1 of Birmingham
        ("BB1O 1AA", "BB10 1AA"),
        ("0L1 1AA", "OL1 1AA"),
        ("E1 OAA", "E1 0AA"),
        ("BLI 1AA", "BL1 1AA"),  # B11 changes two letters
        ("bb1-7aa", "BB1 7AA"),
        ("BB1\u20137AA", "BB1 7AA"),
        ("BB1, 7AA", "BB1 7AA"),
        ("BB1 7AA.", "BB1 7AA"),
        ("B.F.P.O. 57", "BFPO 57"),
        ("BFPO 5O", "BFPO 50"),
        ("BFPO No. 57", "BFPO 57"),
        ("8B1 7AA", "BB1 7AA"),
        ("PR1 SHU", "PR1 5HU"),
        ("ZZ99 3V2", "ZZ99 3VZ"),
        ("BB01 7AA", "BB1 7AA"),  # no district begins with 0
        ("PRO1 5HU", "PR1 5HU"),
        ("“BB1 7AA”", "BB1 7AA"),
        ("BB1;7AA", "BB1 7AA"),
        ("\u0412\u0412\u0031 7\u0410\u0391", "BB1 7AA"),  # Cyrillic and Greek letters of the same looks
        ("Blackburn, BB1 7AA (mum’s)", "BB1 7AA"),
        ("FY1 1AA UK", "FY1 1AA"),
        ("BB1 7AA or FY1 1AA", ""),
        ("FY1 1A", ""),
        ("nowhere", ""),
        ("OOOOOOOOOOOOOOOOOOOOOOOOOOOO", ""),
        ("", ""),
    ],
)
def test_a_mistyped_postcode_has_one_reading_or_none(typed, reading):
    assert rules.suggest_postcode(typed) == reading


@pytest.mark.parametrize(("postcode", "area"), [("FY1 1AA", "FY"), ("L39 1AA", "L"), ("WN1 1AA", "WN")])
def test_a_postcode_area_is_its_letters(postcode, area):
    assert rules.get_postcode_area(postcode) == area


@pytest.mark.parametrize(
    ("decile", "quintile"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4), (9, 5), (10, 5)]
)
def test_a_quintile_is_two_deciles(decile, quintile):
    assert rules.get_quintile(decile) == quintile


# Source: computed on every LSOA of IoD 2025 File 7 and IoD 2019 (MHCLG): quintile = ceil(rank * 5 / N).
@pytest.mark.parametrize(
    ("rank", "of", "decile", "quintile"),
    [
        (1, 33755, 1, 1),
        (3375, 33755, 1, 1),
        (3376, 33755, 2, 1),
        (6751, 33755, 2, 1),
        (6752, 33755, 3, 2),
        (10126, 33755, 3, 2),
        (10127, 33755, 4, 2),
        (30379, 33755, 9, 5),
        (30380, 33755, 10, 5),
        (33755, 33755, 10, 5),
        (3284, 32844, 1, 1),
        (3285, 32844, 2, 1),
        (6568, 32844, 2, 1),
        (6569, 32844, 3, 2),
        (32844, 32844, 10, 5),
    ],
)
def test_quintile_by_published_decile_is_the_national_one(rank, of, decile, quintile):
    assert -(-rank * 10 // of) == decile
    assert rules.get_quintile(decile) == -(-rank * 5 // of) == quintile


@pytest.mark.parametrize("decile", [0, 11, -1])
def test_there_is_no_quintile_of_what_is_not_a_decile(decile):
    with pytest.raises(ValueError, match="1 to 10"):
        rules.get_quintile(decile)


@dataclass
class Place:
    name: str
    lad_code: str
    lsoa_name_prefix: str = ""
    needs_icb: bool = False


PLACES = [
    Place("Blackpool", "E06000009"),
    Place("Barrow-in-Furness", "E06000064", "Barrow-in-Furness"),
    Place("South Lakeland", "E06000064", "South Lakeland"),
    Place("Cumberland (part)", "E06000063", needs_icb=True),
    Place("North Yorkshire (part)", "E06000065", needs_icb=True),
]
OUR_ICB, OTHER_ICB = "E54000048", "E54000050"


@pytest.mark.parametrize(
    ("lad", "lsoa_name", "icb", "name"),
    [
        ("E06000009", "Blackpool 010A", OUR_ICB, "Blackpool"),
        ("E06000009", "", "", "Blackpool"),
        ("E06000064", "Barrow-in-Furness 003B", OUR_ICB, "Barrow-in-Furness"),
        ("E06000064", "South Lakeland 001C", OUR_ICB, "South Lakeland"),
        ("E06000064", "Eden 002A", OTHER_ICB, None),
        ("E06000064", "", OUR_ICB, None),
        ("E06000063", "Copeland 008A", OUR_ICB, "Cumberland (part)"),
        ("E06000063", "Carlisle 001A", OTHER_ICB, None),
        ("E06000063", "Carlisle 001A", "", None),
        ("E06000065", "Craven 001A", OUR_ICB, "North Yorkshire (part)"),
        ("E06000065", "Harrogate 001A", OTHER_ICB, None),
        ("E08000001", "Bolton 001A", OTHER_ICB, None),
    ],
)
def test_the_place_of_an_address(lad, lsoa_name, icb, name):
    place = rules.find_place(lad, lsoa_name, icb, PLACES)
    assert (place and place.name) == name


@pytest.mark.parametrize(
    ("header", "layout"),
    [
        (AUGUST_2026, "August 2026"),
        (LATE_2025, "late 2025"),
        (TO_MAY_2025, "to May 2025"),
        ([name.upper() for name in AUGUST_2026], "August 2026"),
        ([name.replace("26cd", "27cd") for name in AUGUST_2026], "like August 2026, other years"),
    ],
)
def test_a_postcode_directory_is_known_by_its_header(header, layout):
    found, at = rules.recognise_directory(header)
    assert found.name == layout
    assert header[at["postcode"]].lower() == "pcds"
    assert header[at["lsoa"]].lower().startswith("lsoa21")


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ([], "postcode"),
        (["pcds", "doterm", "lad26cd", "icb26cd", "lsoa11cd"], "lsoa"),
        (FILE_7, "postcode"),
        ([*AUGUST_2026, "pcds"], "postcode"),
    ],
)
def test_another_header_is_refused_by_what_it_lacks(header, says):
    with pytest.raises(rules.LayoutNotRecognised, match=says):
        rules.recognise_directory(header)


def test_file_7_is_known_by_how_its_columns_begin():
    assert rules.recognise_file_7(FILE_7)[0] == 2025
    other_brackets = [name.replace("(where 1 is most deprived)", "(1 = most deprived)") for name in FILE_7]
    assert rules.recognise_file_7(other_brackets)[0] == 2025
    assert rules.recognise_file_7([name.replace("(2021)", "(2011)") for name in FILE_7])[0] == 2019


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ([name for name in FILE_7 if "Decile" not in name], "Decile"),
        ([name.replace("(2021)", "(2031)") for name in FILE_7], "2031"),
        (AUGUST_2026, "LSOA code"),
        ([*FILE_7, FILE_7[0]], "LSOA code"),
    ],
)
def test_what_is_not_file_7_is_refused(header, says):
    with pytest.raises(rules.LayoutNotRecognised, match=says):
        rules.recognise_file_7(header)


FILE_7_POSITIONS = rules.recognise_file_7(FILE_7)[1]
VALID_AREA_ROW = ["E01990001", "Madeup 001A", "E06990001", "Madeup", "48.601", "2,615", "1"]


def test_a_row_of_file_7_is_read():
    assert rules.read_area(VALID_AREA_ROW, FILE_7_POSITIONS) == (
        "E01990001", "Madeup 001A", "E06990001", "Madeup", 2615, 1, Decimal("48.601")
    )  # fmt: skip


@pytest.mark.parametrize(
    ("at", "text", "reason"),
    [
        (0, "W01990001", "LSOA code not valid"),
        (0, "", "LSOA code not valid"),
        (1, "Mad\ufffdup", "LSOA name not readable"),
        (1, "Mad\x00up", "LSOA name not readable"),
        (2, "Madeup", "district code not valid"),
        (3, "", "district name not readable"),
        (4, "NaN", "score not valid"),
        (4, "-1", "score not valid"),
        (4, "", "score not valid"),
        (5, "0", "rank not valid"),
        (5, "1.5", "rank not valid"),
        (6, "11", "decile not valid"),
        (6, "\u0661", "decile not valid"),
    ],
)
def test_a_broken_row_of_file_7_says_why(at, text, reason):
    with pytest.raises(rules.InvalidRow, match=reason):
        rules.read_area([*VALID_AREA_ROW[:at], text, *VALID_AREA_ROW[at + 1 :]], FILE_7_POSITIONS)


DIRECTORY_POSITIONS = {"postcode": 0, "lsoa": 1, "lad": 2, "icb": 3, "terminated": 4}
VALID_POSTCODE_ROW = ["FY1 9ZZ", "E01990001", "E06990001", "E54000048", ""]


def test_a_row_of_the_directory_is_read():
    assert rules.read_postcode(VALID_POSTCODE_ROW, DIRECTORY_POSITIONS) == (
        "FY1 9ZZ",
        "E01990001",
        "E06990001",
        "E54000048",
        None,
    )
    assert rules.read_postcode([*VALID_POSTCODE_ROW[:4], "202306"], DIRECTORY_POSITIONS)[4] == date(
        2023, 6, 1
    )
    assert rules.read_postcode([*VALID_POSTCODE_ROW[:3], "", ""], DIRECTORY_POSITIONS)[3] == ""


@pytest.mark.parametrize(
    ("at", "text", "reason"),
    [
        (0, "FY1", "postcode not valid"),
        (0, "ZZ99 3VZ", "postcode not valid"),
        (1, "E99999999", "no LSOA"),
        (1, "", "no LSOA"),
        (1, "E0199", "LSOA code not valid"),
        (2, "", "district code not valid"),
        (3, "QE1", "ICB code not valid"),
        (4, "202313", "month it ended not valid"),
    ],
)
def test_a_broken_row_of_the_directory_says_why(at, text, reason):
    with pytest.raises(rules.InvalidRow, match=reason):
        rules.read_postcode(
            [*VALID_POSTCODE_ROW[:at], text, *VALID_POSTCODE_ROW[at + 1 :]], DIRECTORY_POSITIONS
        )


def test_a_short_row_is_broken():
    with pytest.raises(rules.InvalidRow, match="too few columns"):
        rules.read_postcode(VALID_POSTCODE_ROW[:3], DIRECTORY_POSITIONS)
