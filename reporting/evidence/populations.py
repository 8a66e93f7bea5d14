"""Children aged 0 to 4 who live in the service's area, by the finest labels of each axis: what rates divide by.

Populations are official figures (pairs.geography); where one is missing there is no rate, and it is said why.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pairs.code_lists.reference import CENSUS_DISTRICTS, ETHNIC_GROUPS
from pairs.geography.models import Area, AreaBoard, Import, ImportKind, Population
from pairs.geography.rules import find_place
from pairs.service.models import Place
from reporting.evidence.rules import get_quintile_name

NO_POPULATION = (
    "No population is loaded, so there are shares and no rates. An administrator loads it under Official files: the "
    "ONS populations by LSOA and single year of age."
)
MADE_UP = "Children aged 0 to 4: made-up populations of the demonstration, of no real place."
AXES = ("quintile", "place", "ethnicity")


@dataclass(frozen=True)
class Populations:
    """{axis: {label: children aged 0 to 4}}; an axis without a population is left out, and `missing` says why."""

    whole: int = 0
    by_axis: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def count(self, axis: str, labels: Iterable[str]) -> int | None:
        """Of a group of labels; None where one of them has no population, as “not known” never has."""
        known = self.by_axis.get(axis, {})
        found = [known.get(label) for label in labels]
        return None if None in found or not found else sum(each for each in found if each)


def load_populations(first: date, indices: Sequence[int | str]) -> Populations:
    """For a year that begins on `first`; ``indices``: the releases of the deprivation index its referrals used."""
    places = list(Place.objects.all())
    areas = _load_areas(first, places)
    if not areas:
        return Populations(missing=(NO_POPULATION,))
    by_place = _add_up(areas, lambda each: each.place.name)
    by_quintile, why_no_quintile = _add_up_quintiles(areas, indices)
    by_ethnicity, why_no_ethnicity = _add_up_ethnic_groups(places)
    by_axis = {"place": by_place, "quintile": by_quintile, "ethnicity": by_ethnicity}
    return Populations(
        whole=sum(each.children for each in areas),
        by_axis={axis: counts for axis, counts in by_axis.items() if counts},
        sources=tuple(_list_sources(areas[0].year, by_ethnicity)),
        missing=tuple(filter(None, (why_no_quintile, why_no_ethnicity))),
    )


def _list_sources(year: int, by_ethnicity: Mapping[str, int]) -> Iterable[str]:
    if not Import.objects.filter(kind=ImportKind.POPULATION, scope=str(year)).exists():
        yield MADE_UP
        return
    yield f"Children aged 0 to 4: Office for National Statistics, mid-{year} estimates by LSOA."
    if by_ethnicity:
        year = Population.objects.by_ethnic_group().latest("year").year
        yield (
            f"By ethnic group: Office for National Statistics, Census {year}, districts that lie wholly in the area."
        )


# ---------------------------------------------------------------- by LSOA
@dataclass(frozen=True)
class CountedArea:
    """An LSOA of the service's area."""

    code: str
    place: Place
    children: int
    year: int


def _load_areas(first: date, places: Sequence[Place]) -> list[CountedArea]:
    rows = Population.objects.of_everyone().filter(lad_code__in={place.lad_code for place in places})
    year = _choose_year(set(rows.values_list("year", flat=True)), first)
    if year is None:
        return []
    boards = dict(AreaBoard.objects.values_list("lsoa_code", "icb_code"))
    found = []
    for each in rows.filter(year=year):
        place = find_place(each.lad_code, each.area_name, boards.get(each.area_code, ""), places)
        if place:
            found.append(CountedArea(each.area_code, place, each.aged_0_to_4, year))
    return found


def _choose_year(years: set[int], first: date) -> int | None:
    """The mid-year in the period's first calendar year, else the nearest one."""
    return min(years, key=lambda year: (abs(year - first.year), -year), default=None)


def _add_up(areas: Iterable[CountedArea], get_label: Any) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for each in areas:
        counts[get_label(each)] += each.children
    return dict(counts)


def _add_up_quintiles(
    areas: Sequence[CountedArea], indices: Sequence[int | str]
) -> tuple[dict[str, int], str]:
    """The children by quintile of the one index that the year's referrals used, or why they cannot be counted."""
    if len(indices) != 1:
        return {}, "No rates by deprivation: the year’s referrals used more than one index, or none."
    rows = Area.objects.filter(imd_version=indices[0], lsoa_code__in=[each.code for each in areas])
    deciles = dict(rows.values_list("lsoa_code", "imd_decile"))
    without = sum(each.code not in deciles for each in areas)
    if without:
        return {}, f"No rates by deprivation: {without} areas with a population have no decile in that index."
    return _add_up(areas, lambda each: get_quintile_name(deciles[each.code])), ""


# ---------------------------------------------------------------- by ethnic group
def _add_up_ethnic_groups(places: Iterable[Place]) -> tuple[dict[str, int], str]:
    """The children by group over all whole districts, or why they cannot be counted."""
    rows = Population.objects.by_ethnic_group()
    if not rows.exists():
        return {}, "No rates by ethnic group: no census table of ages 0 to 4 is loaded."
    wanted = {
        CENSUS_DISTRICTS.get(each.code, each.lad_code): each.name for each in places if not each.needs_icb
    }
    rows = rows.filter(year=rows.latest("year").year, lad_code__in=wanted)
    without = sorted(
        set(wanted.values()) - {wanted[code] for code in rows.values_list("lad_code", flat=True)}
    )
    if without:
        return {}, f"No rates by ethnic group: the census table has no figures for {', '.join(without)}."
    names, counts = {code: name for code, name, _ in ETHNIC_GROUPS}, Counter[str]()
    for group, children in rows.values_list("ethnic_group", "aged_0_to_4"):
        counts[names[group]] += children
    return dict(counts), ""
