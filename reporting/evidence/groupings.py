"""Into which groups a count may be divided, from fine to coarse: groups are collapsed before anything is withheld.

Each step of a ladder only joins groups of the one before. After the last a count is shown for the whole service.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pairs.code_lists.reference import LARGE_PLACES
from reporting.evidence.rules import ETHNICITY_NAMES, PLACE_UNKNOWN_NAME, QUINTILE_NAMES

OTHER_DISTRICTS = "Other districts"


@dataclass(frozen=True)
class Grouping:
    """One way of dividing an axis: `members` are its labels in order, each with the finest labels in it."""

    axis: str
    name: str
    members: Mapping[str, tuple[str, ...]]

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self.members)


Ladder = Sequence[Grouping]
Ladders = Mapping[str, Ladder]

WHITE, *OTHER_GROUPS, NOT_STATED, NOT_KNOWN = ETHNICITY_NAMES
MOST_DEPRIVED, *OTHER_FIFTHS, NO_FIFTH = QUINTILE_NAMES
ETHNICITY_LADDER = (
    Grouping("ethnicity", "five groups", {name: (name,) for name in ETHNICITY_NAMES}),
    Grouping(
        "ethnicity",
        "White and all other",
        {
            WHITE: (WHITE,),
            "All other groups": tuple(OTHER_GROUPS),
            "Not stated or not known": (NOT_STATED, NOT_KNOWN),
        },
    ),
    Grouping(
        "ethnicity",
        "White and the rest",
        {WHITE: (WHITE,), "All other groups, or not known": (*OTHER_GROUPS, NOT_STATED, NOT_KNOWN)},
    ),
)
QUINTILE_LADDER = (
    Grouping("quintile", "five fifths", {name: (name,) for name in QUINTILE_NAMES}),
    Grouping(
        "quintile",
        "most deprived fifth",
        {
            "Most deprived fifth": (MOST_DEPRIVED,),
            "Other four fifths": tuple(OTHER_FIFTHS),
            "Not known": (NO_FIFTH,),
        },
    ),
    Grouping(
        "quintile",
        "most deprived fifth and the rest",
        {
            "Most deprived fifth": (MOST_DEPRIVED,),
            "Other four fifths, or not known": (*OTHER_FIFTHS, NO_FIFTH),
        },
    ),
)


@dataclass(frozen=True)
class District:
    """A place as the report divides by it."""

    code: str
    name: str
    has_site: bool  # a site of the service is there and open


def build_ladders(districts: Sequence[District]) -> Ladders:
    """By axis. “Not known” is added to the districts."""
    return {
        "place": _build_place_ladder(districts),
        "ethnicity": ETHNICITY_LADDER,
        "quintile": QUINTILE_LADDER,
    }


def _build_place_ladder(districts: Sequence[District]) -> Ladder:
    """Districts; the five large Places; those of them where the service has a site, and the rest."""
    unknown = {PLACE_UNKNOWN_NAME: (PLACE_UNKNOWN_NAME,)}
    large = _join_districts(districts)
    sites = {each.name for each in districts if each.has_site}
    near = {name: members for name, members in large.items() if sites & set(members)}
    rest = [each for name, members in large.items() if name not in near for each in members]
    return (
        Grouping("place", "districts", {each.name: (each.name,) for each in districts} | unknown),
        Grouping("place", "large Places", large | unknown),
        Grouping(
            "place",
            "large Places with a site",
            near | {"Elsewhere, or not known": (*rest, PLACE_UNKNOWN_NAME)},
        ),
    )


def _join_districts(districts: Sequence[District]) -> dict[str, tuple[str, ...]]:
    """{large Place: its districts}, of those that have any; districts of none come last, together."""
    large = {
        name: tuple(each.name for each in districts if each.code in codes)
        for name, codes in LARGE_PLACES.items()
    }
    placed = {name for members in large.values() for name in members}
    large[OTHER_DISTRICTS] = tuple(each.name for each in districts if each.name not in placed)
    return {name: members for name, members in large.items() if members}
