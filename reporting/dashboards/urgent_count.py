"""How much of what is due cannot wait: about safety, overdue or due today. Shown beside To do and in the digest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pairs.families.due import CLINICAL, SAFETY, DueItem
from reporting.dashboards.due_acts import describe_due_day
from reporting.dashboards.due_cache import MAX_COUNTED, DueLists

URGENT_KINDS = (SAFETY, CLINICAL)  # gaps in records are never urgent


@dataclass(frozen=True)
class UrgentCount:
    """What is urgent by why it is. ``and_more``: the list was read to its first page, and goes on."""

    safety: int = 0
    overdue: int = 0
    today: int = 0
    and_more: bool = False

    @property
    def total(self) -> int:
        return self.safety + self.overdue + self.today


def count_urgent(found: DueLists, on: date) -> UrgentCount:
    """Of somebody's own first page of what is due, of URGENT_KINDS at least."""
    clinical = found.items[CLINICAL]
    goes_on = CLINICAL in found.goes_on and clinical[-1].due_on <= on
    more = goes_on or SAFETY in found.goes_on
    return count_urgent_items([*found.items[SAFETY], *clinical], on, and_more=more)


def count_urgent_items(items: Iterable[DueItem], on: date, *, and_more: bool = False) -> UrgentCount:
    """Of any items; whatever only waits since some day, or is due later, is not among them."""
    severities = [describe_due_day(item, on).severity for item in items]
    return UrgentCount(
        safety=severities.count("safety"),
        overdue=severities.count("overdue"),
        today=severities.count("today"),
        and_more=and_more,
    )


def format_due_count(count: int) -> str:
    """“12”, “100 or more”: of what is counted to MAX_COUNTED."""
    return f"{MAX_COUNTED} or more" if count >= MAX_COUNTED else str(count)


def format_urgent_count(count: UrgentCount) -> str:
    """“7”, “50+”; '' where nothing is urgent."""
    return f"{count.total}{'+' if count.and_more else ''}" if count.total else ""


def describe_urgent(count: UrgentCount) -> str:
    """“1 about safety, 3 overdue, 2 due today”; what there is none of is left out."""
    parts = ((count.safety, "about safety"), (count.overdue, "overdue"), (count.today, "due today"))
    return ", ".join(f"{number} {words}" for number, words in parts if number)
