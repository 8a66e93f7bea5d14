"""The counts that a period published, read back from its snapshot: all that rates, ladders and sentences are made of.

Nothing here sees an exact count. What is worked out of published figures and public populations tells nobody more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reporting.evidence.definitions import COUNT_HEADINGS


@dataclass(frozen=True)
class Group:
    """One group of a division: its label, the finest labels in it, and its count as shown (None: *)."""

    label: str
    members: tuple[str, ...]
    shown: int | None


class PublishedCounts:
    """Of one period of a snapshot (`published.keep_published`)."""

    def __init__(self, period: Mapping[str, Any]) -> None:
        kept = period["published"]
        self.name, self.kind = period["name"], period["kind"]
        self.withheld = frozenset(kept.get("withheld", ()))  # in full, whatever their size
        self._members = {(axis, name): members for axis, name, members in kept["groupings"]}
        self._figures = {
            (name, tuple(tuple(each) for each in by)): shown for name, by, shown in kept["figures"]
        }

    def has(self, name: str) -> bool:
        """Whether the period says anything of the count, be it that it is too small or withheld."""
        return (name, ()) in self._figures

    def get_whole(self, name: str) -> int | None:
        """Of the whole service; None where it is *."""
        return self._figures.get((name, ()))

    def list_groupings(self, name: str, axis: str) -> list[str]:
        """By which groupings of one axis a count is divided, the finest first; [] where it is not."""
        found = [by[0][1] for what, by in self._figures if what == name and _is_on_axis(by, axis)]
        return sorted(dict.fromkeys(found), key=lambda grouping: -found.count(grouping))

    def list_groups(self, name: str, axis: str, grouping: str) -> list[Group]:
        """The groups of one division, in their order; [] where the count is not divided like this."""
        return [
            Group(by[0][2], tuple(self._members[axis, grouping][by[0][2]]), shown)
            for (what, by), shown in self._figures.items()
            if what == name and _is_on_axis(by, axis) and by[0][1] == grouping
        ]

    def list_finest_groups(self, name: str, axis: str) -> list[Group]:
        groupings = self.list_groupings(name, axis)
        return self.list_groups(name, axis, groupings[0]) if groupings else []


def _is_on_axis(by: Sequence[Sequence[str]], axis: str) -> bool:
    return len(by) == 1 and by[0][0] == axis


def describe_withheld(period: Mapping[str, Any]) -> str:
    """The line of a period that names the counts withheld in full; "" where there are none.

    Without it a reader would take each of their * for a small number, and work out others by that mistake.
    """
    withheld = period.get("published", {}).get("withheld", ())
    names = "; ".join(heading for name, heading in COUNT_HEADINGS.items() if name in withheld)
    if not names:
        return ""
    return (
        f"Withheld in full from {period['name']}, not because they are small but so that small numbers stay safe: "
        f"{names}. Their * can be any number."
    )


def list_withheld_lines(periods: Sequence[Mapping[str, Any]]) -> list[str]:
    """The lines of those of these periods that have one."""
    return [line for each in periods if (line := describe_withheld(each))]
