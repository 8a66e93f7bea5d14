"""How families found the help, as it may be shown: by site, in whole quarters, small numbers protected.

A quarter is shown a month after its end and takes no answer any more, so what was shown stays as it is. Quarters with
few answers are pooled with the ones that follow, up to a year, and longer while there are fewer than may be shown at
all. Of the five answers two and two are read together: with so few families, finer figures would be stars. The
questions are the service's own (outcomes.experience.rules) and are never scored.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outcomes.experience.models import ExperienceAnswer
from outcomes.experience.rules import (
    QUESTIONS,
    Agreement,
    add_calendar_months,
    get_quarter_publication_date,
    get_quarter_start,
)
from pairs.access.scope import Scope
from pairs.service.models import Site, SiteQuerySet
from reporting.evidence.disclosure import MIN_SHOWN_COUNT, Axis, Published, Table, publish_together

RESULT_PERMISSIONS = ("read_reports", "supervise")
# What is read together → the answers in it; None was left out.
ANSWER_BANDS = {
    "Yes or mostly": {Agreement.YES, Agreement.MOSTLY},
    "Partly": {Agreement.PARTLY},
    "Not much or no": {Agreement.NOT_MUCH, Agreement.NO},
    "Can’t say, or left out": {Agreement.CANNOT_SAY, None},
}
TOO_FEW_TEXT = "Too few to show"
MAX_PERIODS_SHOWN = 8
MIN_POOLED_ANSWERS = 20  # our own choice: of fewer answers the rule for small numbers leaves little but stars
MAX_POOLED_QUARTERS = 4  # quarters to wait for that many


@dataclass(frozen=True)
class PublishedPeriod:
    """One or more whole quarters: how many answered, what to each question, and in their own words, in no order."""

    first: date
    last: date
    total: Published
    answers: Mapping[str, Sequence[Published]]
    words: Sequence[str]

    @property
    def name(self) -> str:
        start = f"{self.first:%B}" if self.first.year == self.last.year else f"{self.first:%B %Y}"
        return f"{start} to {self.last:%B %Y}"

    def compute_bars(self, question: str) -> list[int | None]:
        """What may be shown of each band, and what is left of the total: from published figures, so about."""
        shown = [count.shown for count in self.answers[question]]
        return [*shown, max((self.total.shown or 0) - sum(filter(None, shown)), 0)]


def list_readable_sites(scope: Scope) -> SiteQuerySet:
    """The sites whose answers one may read."""
    return Site.objects.filter(pk__in=scope.sites(*RESULT_PERMISSIONS)).order_by("name")


def pool_quarters(quarters: Mapping[date, int], on: date) -> list[tuple[date, date]]:
    """(first day of the first, first day of the last quarter) of each period that is shown on that day, in order.

    ``quarters``: answers by the quarter's first day. Periods join without a gap from the first answer on; what is
    left at the end with too few waits for the quarters to come.
    """
    periods: list[tuple[date, date]] = []
    quarter = start = min(quarters, default=on)
    while get_quarter_publication_date(quarter) <= on:
        counted = sum(
            quarters.get(add_calendar_months(start, 3 * number), 0)
            for number in range(_count_quarters(start, quarter))
        )
        if counted >= (
            MIN_POOLED_ANSWERS if _count_quarters(start, quarter) < MAX_POOLED_QUARTERS else MIN_SHOWN_COUNT
        ):
            periods.append((start, quarter))
            start = add_calendar_months(quarter, 3)
        quarter = add_calendar_months(quarter, 3)
    return periods


def _count_quarters(first: date, last: date) -> int:
    """How many quarters from the first to the last, both counted."""
    return 4 * (last.year - first.year) + (last.month - first.month) // 3 + 1


def list_published_periods(
    site: Site, answers: Sequence[ExperienceAnswer], on: date
) -> list[PublishedPeriod]:
    """The last periods of a site's ``answers`` (all there are), oldest first."""
    by_quarter: dict[date, list[ExperienceAnswer]] = {}
    for answer in answers:
        by_quarter.setdefault(get_quarter_start(answer.month), []).append(answer)
    periods = pool_quarters({quarter: len(rows) for quarter, rows in by_quarter.items()}, on)
    return [_publish_period(site, first, last, by_quarter) for first, last in periods[-MAX_PERIODS_SHOWN:]]


def _publish_period(
    site: Site, first: date, last: date, by_quarter: dict[date, list[ExperienceAnswer]]
) -> PublishedPeriod:
    rows = [row for quarter, rows in by_quarter.items() if first <= quarter <= last for row in rows]
    about = {"count": "answers", "site": site.code, "period": f"{first:%Y-%m} to {last:%Y-%m}"}
    tables = publish_together([_build_answer_table(about, name, rows) for name in QUESTIONS])
    answers = {name: table.row_totals for name, table in zip(QUESTIONS, tables, strict=True)}
    until = add_calendar_months(last, 3) - timedelta(days=1)
    return PublishedPeriod(first, until, tables[0].total, answers, _shuffle_words(rows))


def _build_answer_table(about: dict[str, str], question: str, rows: list[ExperienceAnswer]) -> Table:
    counts = tuple((sum(getattr(row, question) in band for row in rows),) for band in ANSWER_BANDS.values())
    return Table(about, Axis(question, tuple(ANSWER_BANDS)), None, counts)


def _shuffle_words(rows: list[ExperienceAnswer]) -> list[str]:
    """Free texts in random order, so that the order reveals nothing."""
    words = [row.words for row in rows if row.words]
    random.SystemRandom().shuffle(words)
    return words
