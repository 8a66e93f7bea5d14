"""Where the demo's families live: each place's real mix (places.csv) on made-up postcodes and neighbourhoods.

Deprivation: how many of a place's LSOAs are in decile 1, decile 2 and quintiles 2 to 5 (English Indices of
Deprivation 2025, MHCLG; LSOA to ICB lookup, ONS). The demo makes as many neighbourhoods, with the same deciles.
Ethnicity: per 1,000 residents of all ages (ONS Census 2021, table TS021; Traveller and Roma counted in C, Arab
in S). All ages: the district table by age was not at hand, and among under-fives the share of minorities is larger.
Both are published under the Open Government Licence v3.0. ``weight`` (how often the demo refers) is our own choice.

Populations are made up: so many children an area and a decile that they add up to a district of ordinary size.

Postcode area ZQ and LSOA codes from E01900001 have never been issued.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pairs.code_lists.reference import CENSUS_DISTRICTS, ICB_CODE, PLACES, get_ethnic_group

POPULATION_YEAR, CENSUS_YEAR = 2024, 2021
CHILDREN_IN_LEAST_DEPRIVED_AREA, MORE_A_DECILE, SPREAD = 56, 5, 17
MADE_UP_RELEASE = 1  # No release of the Indices has this number: it marks the demo's areas as made up.
CATEGORIES = "ABCDEFGHJKLMNPRS"
DEPRIVATION_COLUMNS = 6
POSTCODES_PER_AREA = 3
POSTCODE_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those of the second half of a postcode


@dataclass(frozen=True)
class PlaceMix:
    """One place: how often it refers, its neighbourhoods by deprivation, its residents by ethnic category."""

    weight: float
    areas: tuple[int, ...]
    ethnicity: tuple[float, ...]


def _load_mixes() -> Iterator[tuple[str, PlaceMix]]:
    with (Path(__file__).parent / "places.csv").open(encoding="utf-8", newline="") as sheet:
        for place, weight, *numbers in list(csv.reader(sheet))[1:]:
            areas = tuple(int(number) for number in numbers[:DEPRIVATION_COLUMNS])
            ethnicity = tuple(float(number) for number in numbers[DEPRIVATION_COLUMNS:])
            yield place, PlaceMix(float(weight), areas, ethnicity)


MIXES = dict(_load_mixes())


@dataclass(frozen=True)
class DemoArea:
    """A made-up neighbourhood of a real place, its decile and its postcodes."""

    number: int
    place: str
    lad_code: str
    name: str
    decile: int
    postcodes: tuple[str, ...]

    @property
    def code(self) -> str:
        return f"E019{self.number:05d}"

    @property
    def children(self) -> int:
        """Aged 0 to 4: more where deprivation is higher, as in the real area."""
        return CHILDREN_IN_LEAST_DEPRIVED_AREA + MORE_A_DECILE * (10 - self.decile) + self.number * 7 % SPREAD


@cache
def list_areas() -> dict[str, list[DemoArea]]:
    """{place: its neighbourhoods}, in the order of PLACES."""
    found: dict[str, list[DemoArea]] = {}
    number = 0
    for district, (place, name, lad_code, prefix, _, _) in enumerate(PLACES, 1):
        found[place] = []
        for within, decile in enumerate(_list_deciles(MIXES[place].areas)):
            number += 1
            label = f"{prefix or name} {within // 5 + 1:03d}{'ABCDE'[within % 5]} (demo)"
            found[place].append(
                DemoArea(number, place, lad_code, label, decile, _make_postcodes(district, within))
            )
    return found


def _list_deciles(counts: tuple[int, ...]) -> Iterator[int]:
    """One decile for each neighbourhood; quintiles 2 to 5 are shared evenly between their two deciles."""
    first, second, *quintiles = counts
    yield from [1] * first + [2] * second
    for quintile, count in enumerate(quintiles, 2):
        yield from (2 * quintile - 1 + number % 2 for number in range(count))


def _make_postcodes(district: int, within: int) -> tuple[str, ...]:
    first = within * POSTCODES_PER_AREA
    return tuple(_make_postcode(district, first + step) for step in range(POSTCODES_PER_AREA))


def _make_postcode(district: int, number: int) -> str:
    sector, rest = divmod(number, len(POSTCODE_LETTERS) ** 2)
    first, second = divmod(rest, len(POSTCODE_LETTERS))
    return f"ZQ{district} {sector + 1}{POSTCODE_LETTERS[first]}{POSTCODE_LETTERS[second]}"


def build_area_rows() -> Iterator[dict]:
    """Rows of the deprivation table: rank and score follow the decile and say nothing else."""
    for area in (each for place in list_areas().values() for each in place):
        rank = (area.decile - 1) * 3375 + area.number % 3375 + 1
        yield {
            "lsoa_code": area.code, "imd_version": MADE_UP_RELEASE, "lsoa_name": area.name, "lad_code": area.lad_code,
            "lad_name": area.name.rsplit(" ", 2)[0], "imd_rank": rank, "imd_decile": area.decile,
            "imd_score": round(80 - rank / 450, 3),
        }  # fmt: skip


def build_postcode_rows() -> Iterator[dict]:
    """Rows of the postcode directory."""
    for area in (each for place in list_areas().values() for each in place):
        for postcode in area.postcodes:
            yield {
                "postcode": postcode,
                "lsoa_code": area.code,
                "lad_code": area.lad_code,
                "icb_code": ICB_CODE,
            }


def build_board_rows() -> Iterator[dict]:
    """Rows of the LSOA to ICB look-up."""
    for area in (each for place in list_areas().values() for each in place):
        yield {
            "lsoa_code": area.code, "lsoa_name": area.name, "lad_code": area.lad_code, "icb_code": ICB_CODE,
        }  # fmt: skip


def build_population_rows() -> Iterator[dict]:
    """Children aged 0 to 4 by neighbourhood, then by ethnic group of each whole district (Census boundaries)."""
    for area in (each for place in list_areas().values() for each in place):
        yield {
            "area_code": area.code, "area_name": area.name, "lad_code": area.lad_code, "year": POPULATION_YEAR,
            "aged_0_to_4": area.children,
        }  # fmt: skip
    for code, name, lad_code, _, needs_icb, _ in PLACES:
        if not needs_icb:
            yield from _build_group_rows(code, name, CENSUS_DISTRICTS.get(code, lad_code))


def _build_group_rows(place: str, name: str, lad_code: str) -> Iterator[dict]:
    children = sum(area.children for area in list_areas()[place])
    shares: defaultdict[str, float] = defaultdict(float)
    for category, share in zip(CATEGORIES, MIXES[place].ethnicity, strict=True):
        shares[get_ethnic_group(category)] += share
    for group, share in shares.items():
        yield {
            "area_code": lad_code, "area_name": name, "lad_code": lad_code, "year": CENSUS_YEAR,
            "ethnic_group": group, "aged_0_to_4": round(children * share / sum(shares.values())),
        }  # fmt: skip
