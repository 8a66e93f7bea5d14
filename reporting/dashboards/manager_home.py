"""What a manager sees first: the newest month in six tiles with their trend, as its report published them."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from pairs.access.scope import Scope
from pairs.web.time_chart import TimeChart, chart_over_time
from reporting.evidence.definitions import WITHIN_LIMIT_HEADING
from reporting.evidence.disclosure import SUPPRESSED
from reporting.evidence.month_figures import MonthFigures, list_month_figures
from reporting.evidence.rules import get_newest_month_due

# Heading of the report's tables → what the tile says, and what its number is of.
TILES = (
    ("Referred", "Babies referred", ""),
    ("Accepted", "Babies accepted", ""),
    ("Seen", "Babies seen", ""),
    ("Median wait", "Median wait for the first contact", "days"),
    (WITHIN_LIMIT_HEADING, "First contacts within 28 days of the referral", ""),
    ("Not brought", "Expected attendances where the baby was not brought", ""),
)
SCALE_STEP = 10


@dataclass(frozen=True)
class Tile:
    """One figure: the newest month's published text, the month's before, and a trend where two or more are shown."""

    words: str
    text: str
    unit: str
    before: str
    chart: TimeChart | None

    @property
    def is_protected(self) -> bool:
        return self.text == SUPPRESSED


def build_manager_home(scope: Scope, on: date) -> dict[str, Any] | None:
    """Tiles, the table behind them and which report they are of; ``report`` is None before the first one is made."""
    months = list_month_figures(scope)
    newest = months[-1] if months else None
    return {
        "report": newest.report if newest else None,
        "month": newest.month if newest else None,
        "before": months[-2].month if len(months) > 1 else None,
        "waiting": _get_waiting_month(newest, on),
        "tiles": [_build_tile(months, *tile) for tile in TILES] if months else [],
        "headers": ["Month", *(words for _, words, _ in TILES)],
        "rows": [_build_row(each) for each in reversed(months)],
    }


def _get_waiting_month(newest: MonthFigures | None, on: date) -> date | None:
    """The month whose report should be there and is not made yet."""
    due = get_newest_month_due(on)
    return due if newest is None or newest.month < due else None


def _build_tile(months: list[MonthFigures], heading: str, words: str, unit: str) -> Tile:
    return Tile(
        words,
        months[-1].get_text(heading),
        unit,
        months[-2].get_text(heading) if len(months) > 1 else "",
        _build_trend(months, heading),
    )


def _build_trend(months: list[MonthFigures], heading: str) -> TimeChart | None:
    """From nought; a share up to 100. Months whose figure is protected are left out, not drawn as nought."""
    known = [(each.month, value) for each in months if (value := each.get_value(heading)) is not None]
    if len(known) < 2:
        return None
    is_share = any("%" in each.get_text(heading) for each in months)
    top = 100 if is_share else SCALE_STEP * max(1, ceil(max(value for _, value in known) / SCALE_STEP))
    return chart_over_time(known, 0, top)


def _build_row(month: MonthFigures) -> list[str]:
    return [f"{month.month:%B %Y}", *(month.get_text(heading) for heading, _, _ in TILES)]
