"""The page of reach: financial years to choose from, and a row for each district and group of the workforce."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from interventions.training.rules import Reach, WorkforceGroup
from pairs.service.models import Place

PLACE_NOT_KNOWN = "Not known"
YEARS_OFFERED = 3


@dataclass(frozen=True)
class FinancialYear:
    """From April to March."""

    first: date
    last: date

    @property
    def key(self) -> str:
        return f"{self.first.year}"

    @property
    def name(self) -> str:
        return f"April {self.first.year} to March {self.last.year}"


def list_years(on: date) -> list[FinancialYear]:
    """The financial year of that day, and those before it."""
    newest = on.year if on.month >= 4 else on.year - 1
    years = range(newest, newest - YEARS_OFFERED, -1)
    return [FinancialYear(date(year, 4, 1), date(year + 1, 3, 31)) for year in years]


def build_reach_rows(found: Mapping[tuple[UUID | None, str], Reach]) -> list[tuple[str, str, Reach]]:
    """(district, group, reach) in the order of districts and groups; where people work that is not known, last."""
    names = dict(Place.objects.order_by("name").values_list("pk", "name"))
    places = [*names, None]
    return [
        (names.get(place, PLACE_NOT_KNOWN), group.label, found[place, group])
        for place in places
        for group in WorkforceGroup
        if (place, group.value) in found
    ]
