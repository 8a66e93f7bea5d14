"""Six figures of the service report over the months, as their reports published them: never counted anew."""

from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any

from pairs.access.scope import Scope
from pairs.web.time_chart import TimeChart, chart_over_time
from reporting.evidence.disclosure import SUPPRESSED
from reporting.evidence.month_figures import MOST_MONTHS
from reporting.performance.models import ServiceReport

# Heading of a figure → its unit.
FOLLOWED = (
    "Babies referred",
    "Waiting for a first contact on the last day",
    "Babies seen",
    "Episodes open on the last day",
    "Contacts with families",
    "Babies whose episode ended",
)
SCALE_STEP = 10


@dataclass(frozen=True)
class Trend:
    """One figure: the newest text, the month's before, and a chart where two or more are shown."""

    words: str
    text: str
    before: str
    chart: TimeChart | None

    @property
    def is_protected(self) -> bool:
        return self.text == SUPPRESSED


def list_trends(scope: Scope, until: date) -> list[Trend]:
    """Of the months up to this one, as far as they are made; [] where none is."""
    months = _list_months(scope, until)
    return [_build_trend(heading, months) for heading in FOLLOWED] if months else []


def list_trend_rows(scope: Scope, until: date) -> list[list[str]]:
    """The same as a table, newest month first: a month and its figures."""
    return [
        [f"{month:%B %Y}", *(headline.get(heading, SUPPRESSED) for heading in FOLLOWED)]
        for month, headline in reversed(_list_months(scope, until))
    ]


def _list_months(scope: Scope, until: date) -> list[tuple[date, dict[str, Any]]]:
    """(month, its published figures), oldest first."""
    return list(ServiceReport.objects.visible_to(scope).load_headlines(until, MOST_MONTHS).items())


def _build_trend(heading: str, months: list[tuple[date, dict[str, Any]]]) -> Trend:
    texts = [(month, headline.get(heading, SUPPRESSED)) for month, headline in months]
    known = [(month, float(text)) for month, text in texts if text.isdigit()]
    top = SCALE_STEP * max(1, ceil(max((value for _, value in known), default=0) / SCALE_STEP))
    chart = chart_over_time(known, 0, top) if len(known) > 1 else None
    return Trend(heading, texts[-1][1], texts[-2][1] if len(texts) > 1 else "", chart)
