"""The frozen snapshot: every figure of a report as it may be shown, and all that screen and paper need to show it.

Nothing in it is an exact count: figures pass disclosure.publish_together here, and only their texts go on.
"""

import contextlib
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from pairs.web.jinja_environment import format_day
from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS
from reporting.evidence import definitions
from reporting.evidence.disclosure import (
    SUPPRESSED,
    SUPPRESSION_NOTE,
    Axis,
    Published,
    PublishedTable,
    Table,
    publish_median,
    publish_together,
)
from reporting.evidence.indicators import (
    COUNT_NAMES,
    Indicators,
    compute_indicators,
    count_index_versions,
    load_places,
)
from reporting.evidence.rules import (
    DEFINITIONS_VERSION,
    ETHNICITY_NAMES,
    PLACE_UNKNOWN_NAME,
    QUINTILE_NAMES,
    WHOLE_SERVICE,
    list_report_periods,
)
from reporting.evidence.sections import build_sections
from reporting.evidence.shares import SHARE_NOTE, publish_share

AXIS_TITLES = {"place": "place", "ethnicity": "ethnic group", "quintile": "deprivation quintile"}
WITHIN_LIMIT_HEADING = f"In {FOUR_WEEK_LIMIT_DAYS} days"
# Of one table: (heading, what it shows). A share is (part, whole); "wait" is the median.
TABLE_COLUMNS = {
    "From referral to first contact": (
        ("Referred", "referred"),
        ("Accepted", "accepted"),
        ("Not accepted", "not_accepted"),
        ("Seen", "seen"),
        ("First contact", "first_contact"),
        ("Median wait", "wait"),
        (WITHIN_LIMIT_HEADING, ("within_limit", "first_contact")),
    ),
    "Attendance and endings": (
        ("Expected", "expected"),
        ("Not brought", ("not_brought", "expected")),
        ("Ended", "ended"),
        ("2+ contacts", "ended_engaged"),
        ("None fits", "ended_none_fits"),
        ("With a pair", "ended_with_pair"),
        ("Pair rate", ("ended_with_pair", "ended_fitting")),
    ),
}
# What a quarter and a year show crossed, and their pairs of axes: (rows, columns).
CROSSED_TABLES = (
    ("Babies referred", "referred"),
    ("Babies accepted", "accepted"),
    ("Babies seen", "seen"),
    (
        f"Of babies with a first contact, share within {FOUR_WEEK_LIMIT_DAYS} days",
        ("within_limit", "first_contact"),
    ),
    ("Of expected attendances, share not brought", ("not_brought", "expected")),
    ("Babies whose episode ended", "ended"),
    ("Babies whose episode ended with a pair", "ended_with_pair"),
)
CROSSINGS = (("ethnicity", "quintile"), ("place", "ethnicity"), ("place", "quintile"))
CHARTS = (("Babies referred", "referred"), ("Babies seen", "seen"))


def build_snapshot(
    month: date,
    *,
    frozen: dict[str, dict[str, Any]] | None = None,
    said: Callable[..., Any] = lambda per_cent, stage: None,
) -> dict:
    """The snapshot of the month's report, as JSON. ``said`` is called with the progress.

    ``frozen``: {period key: what an earlier report published of that quarter or year}. It is published again as
    it was: the same figure on two different days' records would show what was written in between.
    """
    frozen = frozen or {}
    said(5, f"Counting {month:%B %Y}, its quarter and year")
    with read_at_one_moment():
        names = load_places()
        counted = {
            period: (compute_indicators(period, names), count_index_versions(period), build_sections(period))
            for period in list_report_periods(month)
            if period.key not in frozen
        }
        on = format_day(timezone.localdate())
    periods = []
    for number, period in enumerate(list_report_periods(month)):
        said(40 + 13 * number, f"Protecting small numbers of {period.name}")
        if period.key in frozen:
            periods.append(frozen[period.key])
        else:
            found, versions, sections = counted[period]
            tables = PeriodTables(found, tuple(names.values())).to_snapshot(versions)
            periods.append(tables | {"sections": sections, "counted_on": on})
    return {
        "title": f"Service and equity report, {month:%B %Y}",
        "month": f"{month:%Y-%m}",
        "definitions_version": DEFINITIONS_VERSION,
        "note": f"{SUPPRESSION_NOTE} {SHARE_NOTE}",
        "about": [definitions.UNIT, definitions.PERIODS, definitions.BREAKDOWNS],
        "definitions": [list(each) for each in definitions.FIGURES],
        "sources": list(definitions.SOURCES),
        "periods": periods,
    }


@contextlib.contextmanager
def read_at_one_moment() -> Iterator[None]:
    """All queries inside see the database as it was at the first of them (a nested block sees its parent's)."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class PeriodTables:
    """One period: its published tables by count and axes, and what is drawn of them."""

    def __init__(self, found: Indicators, place_names: tuple[str, ...]) -> None:
        self.found, self.period = found, found.period
        self.axes = {
            "place": Axis("place", place_names),
            "ethnicity": Axis("ethnicity", ETHNICITY_NAMES),
            "quintile": Axis("quintile", QUINTILE_NAMES),
        }
        self.published: dict[tuple, PublishedTable] = {}
        for name in COUNT_NAMES:
            self._publish_count(name)

    def _publish_count(self, name: str) -> None:
        """Publish all tables of one count together, so that none reveals what another suppresses."""
        shapes = [(axis, None) for axis in self.axes] if self.period.kind == "month" else list(CROSSINGS)
        tables = [self._build_table(name, *shape) for shape in shapes]
        for shape, table in zip(shapes, publish_together(tables), strict=True):
            self.published[name, *shape] = table

    def _build_table(self, name: str, rows: str, columns: str | None) -> Table:
        counts = self.found.counts[name]
        across = self.axes[columns].labels if columns else (None,)
        grid = {(row, column): 0 for row in self.axes[rows].labels for column in across}
        for cell, count in counts.items():
            grid[getattr(cell, rows), getattr(cell, columns) if columns else None] += count
        return Table(
            about={"count": name, "period": self.period.key},
            rows=self.axes[rows],
            columns=self.axes[columns] if columns else None,
            counts=tuple(tuple(grid[row, column] for column in across) for row in self.axes[rows].labels),
        )

    def to_snapshot(self, versions: dict[str, int]) -> dict[str, Any]:
        return {
            "key": self.period.key,
            "kind": self.period.kind,
            "name": self.period.name,
            "first": f"{self.period.first:%Y-%m-%d}",
            "last": f"{self.period.last:%Y-%m-%d}",
            "breakdowns": [self._build_breakdown(axis) for axis in self.axes],
            "crossed": [] if self.period.kind == "month" else self._build_crossed_tables(),
            "quality": self._build_quality(versions),
        }

    def _build_breakdown(self, axis: str) -> dict[str, Any]:
        tables = [
            _fold_small_rows(
                axis,
                f"{title}, by {AXIS_TITLES[axis]}, {self.period.name}",
                [heading for heading, _ in columns],
                [
                    [label or WHOLE_SERVICE, *(self._format_figure(what, axis, label) for _, what in columns)]
                    for label in (*self.axes[axis].labels, None)
                ],
            )
            for title, columns in TABLE_COLUMNS.items()
        ]
        return {
            "axis": axis,
            "title": f"By {AXIS_TITLES[axis]}",
            "tables": tables,
            "charts": [self._build_chart(axis, title, name) for title, name in CHARTS],
        }

    def _build_chart(self, axis: str, title: str, name: str) -> dict[str, Any]:
        shown = [(label, self._get_label_figure(name, axis, label)) for label in self.axes[axis].labels]
        if axis == "place":
            shown = [(label, figure) for label, figure in shown if figure.shown is not None]
        return {
            "title": f"{title}, by {AXIS_TITLES[axis]}, {self.period.name}",
            "rows": [[label, figure.shown, figure.text] for label, figure in shown],
        }

    def _format_figure(self, what: str | tuple[str, ...], axis: str, label: str | None) -> str:
        if what == "wait":
            return publish_median(
                self._list_waits(axis, label), self._get_label_figure("first_contact", axis, label)
            ).text
        if isinstance(what, tuple):
            shown = (self._get_label_figure(name, axis, label) for name in what)
            return self._publish_share(what, {axis: label}, *shown)
        return self._get_label_figure(what, axis, label).text

    def _publish_share(self, names: tuple[str, ...], labels: dict[str, str | None], *shown: Published) -> str:
        return publish_share(*(self._count_exactly(name, labels) for name in names), *shown).text

    def _count_exactly(self, name: str, labels: dict[str, str | None]) -> int:
        """How many there are of what has these labels; None is any."""
        wanted = {axis: label for axis, label in labels.items() if label is not None}
        return sum(
            count
            for cell, count in self.found.counts[name].items()
            if all(getattr(cell, axis) == label for axis, label in wanted.items())
        )

    def _list_waits(self, axis: str, label: str | None) -> list[int]:
        return [
            days
            for cell, waits in self.found.waits.items()
            for days in waits
            if label is None or getattr(cell, axis) == label
        ]

    def _get_label_figure(self, name: str, axis: str, label: str | None) -> Published:
        """The published figure of one label (None: of all), from whichever table has it."""
        for (count, rows, columns), table in self.published.items():
            if count == name and label is None:
                return table.total
            if count == name and axis == rows:
                return table.row_totals[table.rows.labels.index(label)]
            if count == name and axis == columns:
                return table.column_totals[table.columns.labels.index(label)]
        raise KeyError((name, axis, label))

    def _build_crossed_tables(self) -> list[dict[str, Any]]:
        return [
            {"title": title, "tables": [self._build_crossed_table(title, what, *axes) for axes in CROSSINGS]}
            for title, what in CROSSED_TABLES
        ]

    def _build_crossed_table(
        self, title: str, what: str | tuple[str, ...], rows: str, columns: str
    ) -> dict[str, Any]:
        across = (*self.axes[columns].labels, None)
        return _fold_small_rows(
            rows,
            f"{title}, by {AXIS_TITLES[rows]} and {AXIS_TITLES[columns]}, {self.period.name}",
            [column or "All" for column in across],
            [
                [
                    row or WHOLE_SERVICE,
                    *(self._format_crossed_figure(what, rows, columns, row, column) for column in across),
                ]
                for row in (*self.axes[rows].labels, None)
            ],
        )

    def _format_crossed_figure(
        self, what: str | tuple[str, ...], rows: str, columns: str, row: str | None, column: str | None
    ) -> str:
        if isinstance(what, tuple):
            shown = (self._get_cell_figure(name, rows, columns, row, column) for name in what)
            return self._publish_share(what, {rows: row, columns: column}, *shown)
        return self._get_cell_figure(what, rows, columns, row, column).text

    def _get_cell_figure(
        self, name: str, rows: str, columns: str, row: str | None, column: str | None
    ) -> Published:
        table = self.published[name, rows, columns]
        if row is None:
            return table.total if column is None else table.column_totals[table.columns.labels.index(column)]
        at = table.rows.labels.index(row)
        return table.row_totals[at] if column is None else table.cells[at][table.columns.labels.index(column)]

    def _build_quality(self, versions: dict[str, int]) -> dict[str, Any]:
        """How complete the records behind the equity tables are, of the babies referred."""

        def format_share(axis: str, label: str) -> str:
            shown = (self._get_label_figure("referred", axis, each) for each in (label, None))
            counts = (self._count_exactly("referred", {axis: each}) for each in (label, None))
            return publish_share(*counts, *shown).text

        return {
            "title": f"How complete the records are, babies referred, {self.period.name}",
            "headers": ["Of the babies referred", "Share"],
            "rows": [
                [
                    "Ethnic group not stated (asked, preferred not to say)",
                    format_share("ethnicity", "Not stated"),
                ],
                ["Ethnic group not known", format_share("ethnicity", "Not known")],
                ["Deprivation not known (no address, or not found)", format_share("quintile", "Not known")],
                ["District not known (not stated)", format_share("place", PLACE_UNKNOWN_NAME)],
            ],
            "too_small": [],
            "indices": [version for version in versions if version],
        }


def _fold_small_rows(axis: str, title: str, headings: list[str], rows: list[list[str]]) -> dict[str, Any]:
    """A table as drawn. Places with nothing but * are named in one line below it: there are many, and most are."""
    small = [
        row[0] for row in rows if axis == "place" and row[0] != WHOLE_SERVICE and set(row[1:]) == {SUPPRESSED}
    ]
    return {
        "title": title,
        "headers": [AXIS_TITLES[axis].capitalize(), *headings],
        "rows": [row for row in rows if row[0] not in small],
        "too_small": small,
    }
