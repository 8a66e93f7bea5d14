"""One page for parents and partners, of a report that is signed off: its published figures alone, for plain words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reporting.evidence.definitions import WAIT_HEADING
from reporting.evidence.first_page import get_text
from reporting.evidence.published_counts import PublishedCounts

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class ParentsPage:
    """Of one financial year; each figure as it was published, None where it was not.

    ``rate``: seen in every 1,000 children under five. ``half_waited``: days. ``judged``, ``better``: of the babies
    referred in the year. ``places``: where fewer are seen than in the whole area, beyond chance.
    """

    first: date
    last: date
    seen: int | None
    rate: float | None
    half_waited: int | None
    in_four_weeks: int | None
    first_contacts: int | None
    judged: int | None
    better: int | None
    places: tuple[str, ...]


def build_parents_page(snapshot: Figures) -> ParentsPage:
    year, access = snapshot["periods"][-1], snapshot.get("access") or {}
    counts, wait = PublishedCounts(year), get_text(year, WAIT_HEADING)
    whole = access.get("whole")
    return ParentsPage(
        date.fromisoformat(year["first"]),
        date.fromisoformat(year["last"]),
        counts.get_whole("seen"),
        whole["rate"] if whole else None,
        int(wait) if wait.isdigit() else None,
        counts.get_whole("within_limit"),
        counts.get_whole("first_contact"),
        counts.get_whole("followed_judged"),
        counts.get_whole("followed_better"),
        _list_places(access) if whole else (),
    )


def _list_places(access: Figures) -> tuple[str, ...]:
    """Whose upper limit is below the rate of the whole area."""
    groups = access["rates"].get("place", ())
    return tuple(
        each["label"]
        for each in groups
        if each["rate"] is not None and each["high"] < access["whole"]["rate"]
    )
