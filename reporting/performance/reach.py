"""Reach against need: babies seen in a financial year beside the children who are thought to need the service."""

from collections.abc import Mapping
from datetime import date

from reporting.performance.counting.service import PlaceNeed, add_needs
from reporting.performance.drawing import Table
from reporting.performance.figures import Whole
from reporting.performance.models import NeedFigure
from reporting.performance.published import Publisher, ShownRow

NOT_TYPED = "Not recorded"
HEADERS = [
    "Place",
    "Children aged 0 to 4",
    "Need the service",
    "Babies seen",
    "Seen of the children",
    "Seen of the need",
]


def load_needs(until: date) -> dict[str, PlaceNeed]:
    """{district: its newest recorded need of that day or before}."""
    rows = NeedFigure.objects.newest(until).values_list("place__name", "population", "percent")
    return {name: PlaceNeed(population, percent) for name, population, percent in rows}


def draw_reach(publisher: Publisher, whole: Whole, needs: Mapping[str, PlaceNeed], period: str) -> Table:
    """A row for each place as babies seen are divided, and the whole service; shares of the published count."""
    division = whole.get_division("place")
    rows = publisher.list_rows(whole, division)
    total = ShownRow("Whole service", tuple(needs), publisher.get_total(whole))
    lines = [_draw_row(row, needs) for row in rows] + [_draw_row(total, needs)]
    return {
        "title": f"Babies seen beside the need, {period}",
        "headers": HEADERS,
        "rows": lines,
        "too_small": [],
        "note": _describe_need(needs),
    }


def _draw_row(row: ShownRow, needs: Mapping[str, PlaceNeed]) -> list[str]:
    found = add_needs(row.members, needs)
    if found is None:
        return [row.label, NOT_TYPED, NOT_TYPED, row.shown.text, NOT_TYPED, NOT_TYPED]
    population, need = found
    shares = [_format_share(row.shown.value, each) for each in (population, need)]
    return [row.label, f"{population:,}", f"{need:,.0f}", row.shown.text, *shares]


def _format_share(shown: float | None, whole: float) -> str:
    """From the figure as it is published, so that it tells nothing more."""
    if shown is None:
        return "*"
    return f"{100 * shown / whole:.1f}%" if whole else NOT_TYPED


def _describe_need(needs: Mapping[str, PlaceNeed]) -> str:
    percents = sorted({each.percent for each in needs.values()})
    said = ", ".join(f"{each.normalize():f}%" for each in percents)
    return f"Need: {said} of the children aged 0 to 4, as recorded for each district." if said else ""
