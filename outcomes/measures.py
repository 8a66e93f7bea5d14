"""The catalogue of measures, read once from outcomes/catalogue/*.yaml into frozen dataclasses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from outcomes.rules import why_not_age

CATALOGUE = Path(__file__).parent / "catalogue"
DIRECTIONS = {"lower", "higher", "neither"}
KINDS = {"items", "goal"}


@dataclass(frozen=True)
class Subscale:
    """Some items of a measure and what their mean says. ``better``: lower, higher or neither."""

    id: str
    name: str
    items: tuple[int, ...]
    better: str
    meaning: str


@dataclass(frozen=True)
class Measure:
    """One version of a measure: facts with their source, never the items' words."""

    id: str
    version: str
    name: str
    short_name: str
    kind: str  # "items": answered by item number; "goal": one rating of the family's own goal
    construct: str
    core: bool
    respondent: str
    age_from_months: int | None
    age_until_months: int | None  # up to, and without, the day the infant reaches this age
    items: int
    lowest: int
    highest: int
    lowest_means: str
    highest_means: str
    reversed: tuple[int, ...]
    subscales: tuple[Subscale, ...]
    cut_offs: tuple[Any, ...]
    reliable_change: int | None
    national_tool: str | None  # what the national list (MHSDS) calls it; None: it is not on the list
    licence: str
    sources: tuple[str, ...]
    confidence: str

    def subscale(self, id: str) -> Subscale:
        return next(each for each in self.subscales if each.id == id)

    def why_not(self, *, born: date | None, on: date) -> str:
        """'' when the infant is within the measure's age window on that day, else why not."""
        return why_not_age(
            name=self.short_name,
            from_months=self.age_from_months,
            until_months=self.age_until_months,
            born=born,
            on=on,
        )


@cache
def catalogue() -> Mapping[str, Measure]:
    """{id: Measure}. Raises ValueError, naming the file, for a sheet that contradicts itself."""
    found = [_read(path) for path in sorted(CATALOGUE.glob("*.yaml"))]
    return {measure.id: measure for measure in found}


def item_measures() -> list[Measure]:
    """Those answered item by item, the core ones first."""
    found = (measure for measure in catalogue().values() if measure.kind == "items")
    return sorted(found, key=lambda measure: (not measure.core, measure.name))


def core_measures() -> list[Measure]:
    """The relationship measures that may make a pair."""
    return [measure for measure in catalogue().values() if measure.core]


def _read(path: Path) -> Measure:
    sheet = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        measure = measure_from(sheet)
    except (TypeError, KeyError) as error:
        raise ValueError(f"{path.name}: {error}") from error
    wrong = contradictions(measure) + ([] if path.stem == measure.id else ["the file is named otherwise"])
    if wrong:
        raise ValueError(f"{path.name}: {'; '.join(wrong)}")
    return measure


def measure_from(sheet: Mapping[str, Any]) -> Measure:
    """A Measure from one YAML sheet; unknown and missing keys raise TypeError."""
    subscales = tuple(Subscale(**(each | {"items": tuple(each["items"])})) for each in sheet["subscales"])
    lists = {name: tuple(sheet[name]) for name in ("reversed", "cut_offs", "sources")}
    return Measure(**(dict(sheet) | lists | {"subscales": subscales}))


def contradictions(measure: Measure) -> list[str]:
    """What cannot be true of a sheet, in words; [] for a sound one."""
    counted = sorted(item for subscale in measure.subscales for item in subscale.items)
    checks = (
        (measure.kind in KINDS, "an unknown kind"),
        (
            not measure.core or measure.construct.startswith("relationship"),
            "core, but not of the relationship",
        ),
        (measure.lowest < measure.highest, "an empty response range"),
        (counted == list(range(1, measure.items + 1)), "items missing from, or twice in, the subscales"),
        (set(measure.reversed) <= set(counted), "a reversed item that no subscale counts"),
        (all(each.better in DIRECTIONS for each in measure.subscales), "an unknown direction"),
        (
            bool(measure.sources and measure.licence and measure.confidence),
            "no source, licence, confidence",
        ),
    )
    return [problem for sound, problem in checks if not sound]
