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
from outcomes.experience.rules import CANNOT_SAY, QUESTIONS, closes_on, months_later, quarter_of
from pairs.access.scope import Scope
from pairs.service.models import Site
from reporting.evidence.disclosure import LEAST_SHOWN, Axis, Published, Table, publish_together

MAY_READ = ("read_reports", "supervise")
# What is read together → the answers in it; None was left out.
BANDS = {
    "Yes or mostly": {1, 2},
    "Partly": {3},
    "Not much or no": {4, 5},
    "Can’t say, or left out": {CANNOT_SAY, None},
}
NOT_SHOWN = "Too few to show"
PERIODS_SHOWN = 8
ENOUGH = 20  # our own choice: of fewer answers the rule for small numbers leaves little but stars
LONGEST = 4  # quarters to wait for that many


@dataclass(frozen=True)
class ShownPeriod:
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

    def bars(self, question: str) -> list[int | None]:
        """What may be shown of each band, and what is left of the total: from published figures, so about."""
        shown = [count.shown for count in self.answers[question]]
        return [*shown, max((self.total.shown or 0) - sum(filter(None, shown)), 0)]


def sites_to_read(scope: Scope):
    """The sites whose answers one may read."""
    return Site.objects.filter(pk__in=scope.sites(*MAY_READ)).order_by("name")


def pooled(quarters: Mapping[date, int], on: date) -> list[tuple[date, date]]:
    """(first day of the first, first day of the last quarter) of each period that is shown on that day, in order.

    ``quarters``: answers by the quarter's first day. Periods join without a gap from the first answer on; what is
    left at the end with too few waits for the quarters to come.
    """
    periods: list[tuple[date, date]] = []
    quarter = start = min(quarters, default=on)
    while closes_on(quarter) <= on:
        counted = sum(
            quarters.get(months_later(start, 3 * number), 0) for number in range(_long(start, quarter))
        )
        if counted >= (ENOUGH if _long(start, quarter) < LONGEST else LEAST_SHOWN):
            periods.append((start, quarter))
            start = months_later(quarter, 3)
        quarter = months_later(quarter, 3)
    return periods


def _long(first: date, last: date) -> int:
    """How many quarters from the first to the last, both counted."""
    return 4 * (last.year - first.year) + (last.month - first.month) // 3 + 1


def shown_periods(site: Site, answers: Sequence[ExperienceAnswer], on: date) -> list[ShownPeriod]:
    """The last periods of a site's ``answers`` (all there are), oldest first."""
    by_quarter: dict[date, list[ExperienceAnswer]] = {}
    for answer in answers:
        by_quarter.setdefault(quarter_of(answer.month), []).append(answer)
    periods = pooled({quarter: len(rows) for quarter, rows in by_quarter.items()}, on)
    return [_shown(site, first, last, by_quarter) for first, last in periods[-PERIODS_SHOWN:]]


def _shown(site, first, last, by_quarter):
    rows = [row for quarter, rows in by_quarter.items() if first <= quarter <= last for row in rows]
    about = {"count": "answers", "site": site.code, "period": f"{first:%Y-%m} to {last:%Y-%m}"}
    tables = publish_together([_table(about, name, rows) for name in QUESTIONS])
    answers = {name: table.row_totals for name, table in zip(QUESTIONS, tables, strict=True)}
    until = months_later(last, 3) - timedelta(days=1)
    return ShownPeriod(first, until, tables[0].total, answers, _in_no_order(rows))


def _table(about, question, rows):
    counts = tuple((sum(getattr(row, question) in band for row in rows),) for band in BANDS.values())
    return Table(about, Axis(question, tuple(BANDS)), None, counts)


def _in_no_order(rows):
    """Another order at each look: none of them tells who came first."""
    words = [row.words for row in rows if row.words]
    random.SystemRandom().shuffle(words)
    return words
