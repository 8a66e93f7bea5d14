"""What a request, a start, a set-up and a report may cost: script/bench measures it, and the suite its short form.

CPU is of web and PostgreSQL together, as a multiple of the baseline page that does the same kind of work in the same
run; bytes of SQL are those sent to PostgreSQL for one request of a process that has served the page before.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class RequestBudget:
    """The most that one request may cost. ``baseline``: the page of baseline_pages it is measured against."""

    baseline: str
    ratio: float
    queries: int
    sql_bytes: int = 15_000


@dataclass(frozen=True)
class Exceeded:
    """A page that is not within its budget yet: what the suite lets it cost meanwhile, since which day."""

    since: str
    ratio: float | None = None
    queries: int | None = None
    sql_bytes: int | None = None


REQUEST_BUDGETS = {
    "home of a practitioner": RequestBudget("list", 4, 12),
    "home of duty": RequestBudget("list", 4, 12),
    "home of a supervisor": RequestBudget("list", 4, 12),
    "home of a manager": RequestBudget("list", 4, 12),
    "caseload": RequestBudget("list", 5, 12),
    "to-do": RequestBudget("list", 4, 12),
    "triage": RequestBudget("list", 4, 12),
    "decision of a referral": RequestBudget("detail", 4, 12),
    "family": RequestBudget("detail", 4, 12),
    "episode": RequestBudget("detail", 4, 12),
    "contact form": RequestBudget("detail", 4, 12),
    "API: fifty families": RequestBudget("API list", 3, 8),
    "API: contacts of an episode": RequestBudget("API list", 3, 8),
    "record a contact": RequestBudget("API create", 3, 15),
}
# This list may only grow shorter, and its figures smaller: whoever makes a page lighter takes it down here.
EXCEEDED = {
    "decision of a referral": Exceeded("2026-11-29", ratio=6),
    # Ages by both counts, who has died and cautions by home came in.
    "family": Exceeded("2026-11-29", ratio=5),
}

# Figure → the most it may be, for whatever is measured outside a request.
FIGURE_BUDGETS = {
    "start: CPU × bare Django": 3,
    "memory: a web worker after 60 requests, MB": 70,
    "memory: all programs, MB": 500,
    "set-up: tables on an empty database, CPU s": 12,
    "set-up: 600 families, CPU s": 12,
    "report: protecting the year, CPU s": 0.7,
    "report: all steps, CPU s": 9,
    "sizes: to-do, largest ÷ smallest": 1.5,
}

LIMIT_NAMES = ("ratio", "queries", "sql_bytes")


def get_suite_limit(page: str, what: str) -> float:
    """What the suite lets a page cost: its budget, or more while in EXCEEDED. ``what``: of LIMIT_NAMES."""
    allowed = getattr(EXCEEDED.get(page), what, None)
    return getattr(REQUEST_BUDGETS[page], what) if allowed is None else allowed


def is_over(value: float, limit: float | None) -> bool:
    """A figure without a budget is never over it."""
    return limit is not None and value > limit
