"""One period's release as it is drawn: the whole service, by each axis, crossed, and how complete the records are."""

from collections.abc import Iterable, Sequence
from typing import Any

from reporting.evidence.definitions import INDICATORS, WAIT, Indicator, list_indicators
from reporting.evidence.disclosure import SUPPRESSED, publish_median
from reporting.evidence.groupings import Grouping
from reporting.evidence.indicators import Indicators
from reporting.evidence.published import keep_published
from reporting.evidence.release import CROSSED_COUNTS, CROSSED_SHARES, CROSSINGS, By, Release, list_cells
from reporting.evidence.rules import WHOLE_SERVICE

AXIS_TITLES = {"place": "place", "ethnicity": "ethnic group", "quintile": "deprivation"}
CHARTS = ("Referred", "Seen")
CROSSED_TITLES = {
    "referred": "Babies referred",
    "accepted": "Babies accepted",
    "seen": "Babies seen",
    "first_contact": "Babies with a first contact",
    "expected": "Expected attendances",
    "ended": "Babies whose episode ended",
    "ended_with_pair": "Babies whose episode ended with a pair",
    ("within_limit", "first_contact"): "Of babies with a first contact, share within 28 days",
    ("not_brought", "expected"): "Of expected attendances, share not brought",
}
UNKNOWN_ROWS = {"place": "District", "ethnicity": "Ethnic group", "quintile": "Deprivation"}
Table = dict[str, Any]


def draw_period(release: Release, found: Indicators, versions: dict[str, int]) -> dict[str, Any]:
    """Everything of one period in the snapshot, as JSON. ``versions``: referrals by deprivation index."""
    return _PeriodTables(release, found).draw(versions)


class _PeriodTables:
    """Its cells' texts come from the release alone, but for the waits, which have no count of their own."""

    def __init__(self, release: Release, found: Indicators) -> None:
        self.release, self.found, self.period = release, found, found.period
        self.ladders = release.exact.ladders

    def draw(self, versions: dict[str, int]) -> dict[str, Any]:
        drawn = {
            "key": self.period.key,
            "kind": self.period.kind,
            "name": self.period.name,
            "first": f"{self.period.first:%Y-%m-%d}",
            "last": f"{self.period.last:%Y-%m-%d}",
            "whole": self._draw_whole(),
            "breakdowns": [self._draw_breakdown(axis) for axis in self.ladders],
            "crossed": self._draw_crossed(),
            "quality": self._draw_quality(versions),
            "published": keep_published(self.release),
        }
        return drawn | {"withheld": count_withheld(drawn)}

    # ------------------------------------------------------------ by no axis and by one
    def _draw_whole(self) -> Table:
        rows = [[each.heading, self._format(each, ())] for each in INDICATORS]
        return _make_table(f"{WHOLE_SERVICE}, {self.period.name}", ["Figure", "Number"], rows)

    def _draw_breakdown(self, axis: str) -> dict[str, Any]:
        tables = [
            self._draw_columns(axis, grouping, title)
            for title in dict.fromkeys(each.table for each in INDICATORS)
            for grouping in self.ladders[axis]
        ]
        return {
            "axis": axis,
            "title": f"By {AXIS_TITLES[axis]}",
            "tables": [table for table in tables if len(table["headers"]) > 1],
            "charts": [chart for heading in CHARTS if (chart := self._draw_chart(axis, heading))["rows"]],
            "not_divided": [each.heading for each in INDICATORS if not self._get_division(each, axis)],
        }

    def _draw_columns(self, axis: str, grouping: Grouping, title: str) -> Table:
        """The indicators of one heading that are divided just so, with the whole service below."""
        columns = [each for each in list_indicators(title) if self._get_division(each, axis) == grouping]
        rows = [
            [by[0][2] if by else WHOLE_SERVICE, *(self._format(each, by) for each in columns)]
            for by in (*list_cells([grouping]), ())
        ]
        headers = [AXIS_TITLES[axis].capitalize(), *(each.heading for each in columns)]
        drawn = _make_table(f"{title}, by {_name_division(grouping)}, {self.period.name}", headers, rows)
        return _fold_small_rows(drawn) if grouping.name == "districts" else drawn

    def _draw_chart(self, axis: str, heading: str) -> dict[str, Any]:
        indicator = next(each for each in INDICATORS if each.heading == heading)
        cells = self.release.list_divided(self._get_division(indicator, axis))
        figures = [(by[0][2], self.release.get_figure(str(indicator.shows), by)) for by in cells]
        if (
            len(figures) > len(self.ladders["quintile"][0].labels) + 1
        ):  # many districts: only those with a bar
            figures = [(label, figure) for label, figure in figures if figure.shown is not None]
        return {
            "title": f"Babies {heading.lower()}, by {AXIS_TITLES[axis]}, {self.period.name}",
            "rows": [[label, figure.shown, figure.text] for label, figure in figures],
        }

    def _get_division(self, indicator: Indicator, axis: str) -> Grouping | None:
        if isinstance(indicator.shows, tuple):
            return self.release.get_share_division(indicator.shows, axis)
        return self.release.get_division(
            "first_contact" if indicator.shows == WAIT else indicator.shows, axis
        )

    def _format(self, indicator: Indicator, by: By) -> str:
        if indicator.shows == WAIT:
            waits = self.found.list_waits(self.release.exact.find_labels(by))
            return publish_median(waits, self.release.get_figure("first_contact", by)).text
        return self._format_figure(indicator.shows, by)

    def _format_figure(self, what: str | tuple[str, str], by: By) -> str:
        if isinstance(what, tuple):
            part, whole = what
            return self.release.get_share((part, by), (whole, by)).text
        return self.release.get_figure(what, by).text

    # ------------------------------------------------------------ by two axes
    def _draw_crossed(self) -> list[dict[str, Any]]:
        groups = [
            {
                "title": CROSSED_TITLES[what],
                "tables": [
                    self._draw_crossing(what, *groupings)
                    for axes in CROSSINGS
                    if (groupings := self.release.crossings.get((what, axes)))
                ],
            }
            for what in (*CROSSED_COUNTS, *CROSSED_SHARES)
        ]
        return [group for group in groups if group["tables"]]

    def _draw_crossing(self, what: str | tuple[str, str], down: Grouping, across: Grouping) -> Table:
        rows = [
            [row[0][2], *(self._format_figure(what, (*row, *column)) for column in list_cells([across]))]
            for row in list_cells([down])
        ]
        title = f"{CROSSED_TITLES[what]}, by {_name_division(down)} and {_name_division(across)}, {self.period.name}"
        return _make_table(title, [AXIS_TITLES[down.axis].capitalize(), *across.labels], rows)

    # ------------------------------------------------------------ how complete
    def _draw_quality(self, versions: dict[str, int]) -> dict[str, Any]:
        """Of the babies referred, those of whom a group is not known, as counts and as shares where that is safe."""
        rows = [
            [
                f"{words}: {by[0][2].lower()}",
                self.release.get_figure("referred", by).text,
                self.release.get_share(("referred", by), ("referred", ())).text,
            ]
            for axis, words in UNKNOWN_ROWS.items()
            for by in self.release.list_unknown(axis)
        ]
        drawn = _make_table(
            f"How complete the records are, babies referred, {self.period.name}",
            ["Of the babies referred", "Number", "Share"],
            rows,
        )
        joined = [words for axis, words in UNKNOWN_ROWS.items() if not self.release.list_unknown(axis)]
        indices = [version for version in versions if version]
        return drawn | {"not_divided": joined, "indices": indices}


def _name_division(grouping: Grouping) -> str:
    """As titles say it: no two divisions of an axis alike."""
    finest = {"districts": "district", "five groups": "ethnic group", "five fifths": "deprivation"}
    return finest.get(grouping.name) or f"{AXIS_TITLES[grouping.axis]} ({grouping.name})"


def _make_table(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    return {"title": title, "headers": list(headers), "rows": [list(row) for row in rows], "too_small": []}


def _fold_small_rows(table: Table) -> Table:
    """Districts with nothing but * are named in one line below the table."""
    small = [row[0] for row in table["rows"] if row[0] != WHOLE_SERVICE and set(row[1:]) == {SUPPRESSED}]
    return table | {"rows": [row for row in table["rows"] if row[0] not in small], "too_small": small}


def count_withheld(period: dict[str, Any]) -> dict[str, int]:
    """{"cells": figures in the tables of the whole and by each axis, "withheld": those of them that are *}."""
    tables = [period["whole"], *(table for each in period["breakdowns"] for table in each["tables"])]
    cells = [cell for table in tables for row in table["rows"] for cell in row[1:]]
    folded = sum(len(table["too_small"]) * (len(table["headers"]) - 1) for table in tables)
    return {"cells": len(cells) + folded, "withheld": cells.count(SUPPRESSED) + folded}
