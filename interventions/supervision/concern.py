"""The order of concern: which family of a caseload to talk about first, and in which order to say why. Pure.

The reasons themselves come from the rules of each app (pairs/families/agenda.py), which cite the source of every
threshold; what a page shows beside a family is what this rule has ranked it by.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar


class Reason(Protocol):
    """What a family is on the agenda for, and since when."""

    @property
    def kind(self) -> str: ...

    @property
    def since(self) -> date: ...


SomeReason = TypeVar("SomeReason", bound=Reason)


def rank_concern(reasons: Sequence[Reason], order: Sequence[str]) -> tuple[int, int, date]:
    """For sorting families, the most concern first: the gravest reason, then how many, then the longest since.

    ``order``: kinds of reasons, the gravest first. A family without a reason comes last.
    """
    if not reasons:
        return len(order), 0, date.max
    return min(order.index(each.kind) for each in reasons), -len(reasons), min(each.since for each in reasons)


def sort_reasons(reasons: Iterable[SomeReason], order: Sequence[str]) -> list[SomeReason]:
    """The gravest first; of one kind the longest first."""
    return sorted(reasons, key=lambda each: (order.index(each.kind), each.since))
