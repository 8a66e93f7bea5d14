"""Where the demo's families live: each place's real mix on made-up postcodes and neighbourhoods.

Deprivation: how many of a place's LSOAs are in decile 1, decile 2 and quintiles 2 to 5 (English Indices of
Deprivation 2025, MHCLG; LSOA to ICB lookup, ONS). The demo makes as many neighbourhoods, with the same deciles.
Ethnicity: per 1,000 residents of all ages (ONS Census 2021, table TS021; Traveller and Roma counted in C, Arab
in S). All ages: the district table by age was not at hand, and among under-fives the share of minorities is larger.
Both are published under the Open Government Licence v3.0. ``weight`` (how often the demo refers) is our own choice.

Postcode area ZQ and LSOA codes from E01900001 have never been issued.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pairs.service.reference import ICB_CODE, PLACES

RELEASE = 1  # No release of the Indices has this number: it marks the demo's areas as made up.
CATEGORIES = "ABCDEFGHJKLMNPRS"
POSTCODES_PER_AREA = 3
LETTERS = "ABDEFGHJLNPQRSTUWXYZ"  # those of the second half of a postcode


@dataclass(frozen=True)
class Mix:
    """One place: how often it refers, its neighbourhoods by deprivation, its residents by ethnic category."""

    weight: float
    areas: tuple[int, ...]
    ethnicity: tuple[float, ...]


# fmt: off
MIXES = {
    "blackpool": Mix(30, (38, 13, 27, 11, 5, 0), (903.6, 5.7, 37.6, 4.5, 2.9, 4.6, 3.7, 6.3, 4.1, 3.1, 8.7, 1.2, 3.2, 0.6, 3.8, 6.3)),
    "blackburn-with-darwen": Mix(34, (34, 19, 12, 8, 14, 4), (568.7, 3.8, 31.1, 2.4, 1.5, 8.6, 4.3, 157.6, 177.9, 9.5, 9.0, 1.1, 6.9, 1.1, 2.6, 14.0)),
    "hyndburn": Mix(15, (17, 10, 11, 5, 9, 1), (796.1, 4.4, 26.1, 2.3, 1.4, 7.0, 2.6, 4.4, 131.6, 5.5, 7.6, 0.5, 1.9, 0.3, 1.7, 6.5)),
    "preston": Mix(9, (15, 24, 13, 10, 9, 16), (661.0, 6.2, 58.7, 11.9, 3.4, 8.9, 5.3, 128.8, 51.1, 5.1, 11.8, 5.6, 15.9, 2.1, 4.8, 19.2)),
    "barrow-in-furness": Mix(6, (9, 6, 9, 11, 7, 6), (956.7, 2.7, 11.1, 1.7, 1.0, 3.4, 2.1, 3.6, 0.8, 0.9, 5.5, 0.2, 3.3, 0.2, 3.4, 3.6)),
    "burnley": Mix(2, (24, 5, 16, 6, 4, 5), (779.2, 4.8, 41.2, 2.0, 1.7, 8.7, 3.4, 4.0, 106.7, 28.9, 5.8, 1.0, 1.9, 0.5, 1.7, 8.2)),
    "lancaster": Mix(2, (10, 11, 12, 21, 19, 15), (878.4, 5.6, 46.9, 3.0, 2.4, 5.8, 4.3, 11.4, 4.3, 2.5, 6.7, 0.9, 7.1, 0.5, 11.2, 9.1)),
    "pendle": Mix(2, (20, 4, 14, 11, 8, 0), (661.3, 3.6, 40.9, 2.4, 1.0, 9.2, 2.9, 2.5, 255.9, 3.2, 3.8, 0.5, 1.8, 0.2, 1.7, 9.1)),
    "wyre": Mix(2, (9, 3, 10, 19, 16, 12), (957.3, 4.4, 13.2, 2.7, 1.8, 3.3, 2.4, 2.0, 0.9, 0.4, 3.7, 0.6, 1.5, 0.3, 2.9, 2.6)),
    "chorley": Mix(1, (3, 6, 12, 8, 19, 22), (929.6, 5.4, 21.3, 5.5, 2.0, 4.4, 3.1, 6.3, 6.5, 1.0, 2.2, 2.1, 2.6, 0.8, 2.6, 4.4)),
    "fylde": Mix(1, (2, 1, 9, 10, 16, 13), (931.4, 6.7, 24.5, 3.7, 2.1, 4.9, 3.6, 4.7, 2.1, 0.9, 3.7, 0.8, 2.3, 0.9, 3.0, 4.7)),
    "rossendale": Mix(1, (4, 10, 12, 6, 8, 3), (904.1, 7.2, 13.1, 3.7, 2.2, 6.0, 2.8, 3.2, 23.0, 22.4, 3.1, 0.8, 1.3, 0.4, 2.9, 3.8)),
    "south-ribble": Mix(1, (2, 5, 8, 13, 15, 27), (928.4, 5.6, 19.9, 6.8, 2.1, 5.7, 2.6, 10.5, 3.8, 0.5, 3.0, 1.9, 2.4, 0.6, 2.9, 3.3)),
    "west-lancashire": Mix(1, (4, 8, 11, 10, 23, 17), (928.2, 5.6, 35.3, 2.9, 2.7, 4.3, 3.3, 3.8, 1.0, 0.3, 3.1, 0.9, 2.1, 0.4, 2.2, 4.0)),
    "south-lakeland": Mix(0.5, (0, 0, 1, 24, 16, 17), (937.9, 4.3, 34.6, 2.0, 1.5, 3.5, 2.9, 1.6, 0.6, 0.3, 3.5, 1.0, 1.1, 0.3, 1.8, 3.1)),
    "ribble-valley": Mix(0.5, (0, 0, 2, 6, 15, 16), (940.7, 5.5, 16.2, 2.0, 2.0, 5.2, 2.7, 6.3, 9.4, 0.4, 2.2, 0.6, 1.2, 0.2, 2.3, 3.0)),
    "cumberland-part": Mix(0.1, (0, 1, 4, 1, 0, 0), (966.8, 2.4, 10.4, 1.5, 0.9, 2.6, 1.7, 1.8, 0.8, 0.8, 2.9, 0.5, 2.1, 0.1, 1.8, 2.7)),
    "north-yorkshire-part": Mix(0.1, (0, 0, 0, 1, 2, 0), (943.1, 4.3, 21.2, 2.2, 1.5, 3.7, 2.6, 3.6, 8.8, 0.3, 2.7, 0.4, 0.8, 0.3, 1.7, 2.7)),
}
# fmt: on


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


@cache
def areas() -> dict[str, list[DemoArea]]:
    """{place: its neighbourhoods}, in the order of PLACES."""
    found: dict[str, list[DemoArea]] = {}
    number = 0
    for district, (place, name, lad_code, prefix, _, _) in enumerate(PLACES, 1):
        found[place] = []
        for within, decile in enumerate(_deciles(MIXES[place].areas)):
            number += 1
            label = f"{prefix or name} {within // 5 + 1:03d}{'ABCDE'[within % 5]} (demo)"
            found[place].append(DemoArea(number, place, lad_code, label, decile, _postcodes(district, within)))
    return found


def _deciles(counts: tuple[int, ...]) -> Iterator[int]:
    """One decile for each neighbourhood; quintiles 2 to 5 are shared evenly between their two deciles."""
    first, second, *quintiles = counts
    yield from [1] * first + [2] * second
    for quintile, count in enumerate(quintiles, 2):
        yield from (2 * quintile - 1 + number % 2 for number in range(count))


def _postcodes(district: int, within: int) -> tuple[str, ...]:
    first = within * POSTCODES_PER_AREA
    return tuple(_postcode(district, first + step) for step in range(POSTCODES_PER_AREA))


def _postcode(district: int, number: int) -> str:
    sector, rest = divmod(number, len(LETTERS) ** 2)
    return f"ZQ{district} {sector + 1}{LETTERS[rest // len(LETTERS)]}{LETTERS[rest % len(LETTERS)]}"


def area_rows() -> Iterator[dict]:
    """Rows of the deprivation table: rank and score follow the decile and say nothing else."""
    for area in (each for place in areas().values() for each in place):
        rank = (area.decile - 1) * 3375 + area.number % 3375 + 1
        yield {
            "lsoa_code": area.code, "imd_version": RELEASE, "lsoa_name": area.name, "lad_code": area.lad_code,
            "lad_name": area.name.rsplit(" ", 2)[0], "imd_rank": rank, "imd_decile": area.decile,
            "imd_score": round(80 - rank / 450, 3),
        }  # fmt: skip


def postcode_rows() -> Iterator[dict]:
    """Rows of the postcode directory."""
    for area in (each for place in areas().values() for each in place):
        for postcode in area.postcodes:
            yield {"postcode": postcode, "lsoa_code": area.code, "lad_code": area.lad_code, "icb_code": ICB_CODE}
