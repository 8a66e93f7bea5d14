"""What a request, a start, a set-up and a report may cost: script/bench measures it.

The suite counts a request's queries and bytes of SQL; CPU depends on how busy the machine is, and no test asserts it.

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


REQUEST_BUDGETS = {
    "home of a practitioner": RequestBudget("list", 4, 12),
    "home of duty": RequestBudget("list", 4, 12),
    "home of a supervisor": RequestBudget("list", 4, 12),
    "home of a manager": RequestBudget("list", 4, 12),
    "caseload": RequestBudget("list", 5, 12),
    "to-do": RequestBudget("list", 4, 12),
    "review of a colleague": RequestBudget("list", 5, 12),
    "triage": RequestBudget("list", 4, 12),
    "decision of a referral": RequestBudget("detail", 4, 12),
    "family": RequestBudget("detail", 4, 12),
    "episode": RequestBudget("detail", 4, 12),
    "contact form": RequestBudget("detail", 4, 12),
    "API: fifty families": RequestBudget("API list", 3, 8),
    "API: contacts of an episode": RequestBudget("API list", 3, 8),
    "record a contact": RequestBudget("API create", 3, 15),
}

# Figure → the most it may be, for whatever is measured outside a request.
FIGURE_BUDGETS = {
    "start: CPU × bare Django": 3,
    "memory: a web worker after 60 requests, MB": 70,
    "memory: all programs, MB": 500,
    "set-up: tables on an empty database, CPU s": 12,
    "set-up: 600 families, CPU s": 12,
    "report: counting, CPU s": 1,
    "report: protecting, CPU s": 2,
    "report: all steps, CPU s": 6,
    "sizes: to-do, largest ÷ smallest": 1.5,
}

LIMIT_NAMES = ("ratio", "queries", "sql_bytes")


def is_over(value: float, limit: float | None) -> bool:
    """A figure without a budget is never over it."""
    return limit is not None and value > limit
