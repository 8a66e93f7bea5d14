"""The frozen snapshot: every figure of a report as it may be shown, and all that screen and paper need to show it.

Nothing in it is an exact count: figures pass disclosure.publish_together here, and only their texts go on.
"""

import contextlib

from django.db import connection, transaction
from django.utils import timezone

from pairs.service.pages import day
from referrals.rules.clocks import LIMIT_DAYS
from reporting.evidence import definitions
from reporting.evidence.disclosure import (
    NOTE,
    SUPPRESSED,
    Axis,
    PublishedTable,
    Table,
    percentage,
    publish_together,
    published_median,
)
from reporting.evidence.indicators import COUNTS, index_versions, indicators_of, places
from reporting.evidence.rules import DEFINITIONS_VERSION, ETHNICITIES, QUINTILES, periods_of

TITLES = {"place": "place", "ethnicity": "ethnic group", "quintile": "deprivation quintile"}
ALL = "Whole service"
LIMIT = f"In {LIMIT_DAYS} days"
# Of one table: (heading, what it shows). A share is (part, whole); "wait" is the median.
COLUMNS = {
    "From referral to first contact": (
        ("Referred", "referred"),
        ("Accepted", "accepted"),
        ("Not accepted", "not_accepted"),
        ("Seen", "seen"),
        ("First seen", "first_seen"),
        ("Median wait", "wait"),
        (LIMIT, ("within_limit", "first_seen")),
    ),
    "Attendance and endings": (
        ("Expected", "expected"),
        ("Not brought", ("not_brought", "expected")),
        ("Ended", "ended"),
        ("2+ contacts", "ended_engaged"),
        ("With a pair", "ended_with_pair"),
        ("Pair rate", ("ended_with_pair", "ended_engaged")),
    ),
}
# What a quarter and a year show crossed, and their pairs of axes: (rows, columns).
CROSSED = (
    ("Babies referred", "referred"),
    ("Babies accepted", "accepted"),
    ("Babies seen", "seen"),
    (f"Of babies first seen, share within {LIMIT_DAYS} days", ("within_limit", "first_seen")),
    ("Of expected attendances, share not brought", ("not_brought", "expected")),
    ("Babies whose episode ended", "ended"),
    ("Babies whose episode ended with a pair", "ended_with_pair"),
)
CROSSINGS = (("ethnicity", "quintile"), ("place", "ethnicity"), ("place", "quintile"))
CHARTS = (("Babies referred", "referred"), ("Babies seen", "seen"))


def build(month, *, frozen=None, said=lambda per_cent, stage: None) -> dict:
    """The snapshot of the month's report, as JSON. ``said`` hears how far it has come.

    ``frozen``: {period key: what an earlier report published of that quarter or year}. It is published again as
    it was: the same figure on two different days' records would show what was written in between.
    """
    frozen = frozen or {}
    said(5, f"Counting {month:%B %Y}, its quarter and year")
    with one_moment():
        names = places()
        counted = {
            period: (indicators_of(period, names), index_versions(period))
            for period in periods_of(month)
            if period.key not in frozen
        }
        on = day(timezone.localdate())
    periods = []
    for number, period in enumerate(periods_of(month)):
        said(40 + 13 * number, f"Protecting small numbers of {period.name}")
        if period.key in frozen:
            periods.append(frozen[period.key])
        else:
            found, versions = counted[period]
            periods.append(Sheet(found, tuple(names.values())).as_shown(versions) | {"counted_on": on})
    return {
        "title": f"Service and equity report, {month:%B %Y}",
        "month": f"{month:%Y-%m}",
        "definitions_version": DEFINITIONS_VERSION,
        "note": NOTE,
        "about": [definitions.UNIT, definitions.PERIODS, definitions.BREAKDOWNS],
        "definitions": [list(each) for each in definitions.FIGURES],
        "sources": list(definitions.SOURCES),
        "periods": periods,
    }


@contextlib.contextmanager
def one_moment():
    """All queries inside see the database as it was at the first of them (a nested block sees its parent's)."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class Sheet:
    """One period: its published tables by count and axes, and what is drawn of them."""

    def __init__(self, found, place_names):
        self.found, self.period = found, found.period
        self.axes = {
            "place": Axis("place", place_names),
            "ethnicity": Axis("ethnicity", ETHNICITIES),
            "quintile": Axis("quintile", QUINTILES),
        }
        self.published: dict[tuple, PublishedTable] = {}
        for name in COUNTS:
            self._publish(name)

    def _publish(self, name):
        """Every table of one count at once: what one of them hides, the others must not tell."""
        shapes = [(axis, None) for axis in self.axes] if self.period.kind == "month" else list(CROSSINGS)
        tables = [self._table(name, *shape) for shape in shapes]
        for shape, table in zip(shapes, publish_together(tables), strict=True):
            self.published[name, *shape] = table

    def _table(self, name, rows, columns):
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

    def as_shown(self, versions):
        return {
            "key": self.period.key,
            "kind": self.period.kind,
            "name": self.period.name,
            "first": f"{self.period.first:%Y-%m-%d}",
            "last": f"{self.period.last:%Y-%m-%d}",
            "breakdowns": [self._breakdown(axis) for axis in self.axes],
            "crossed": [] if self.period.kind == "month" else self._all_crossed(),
            "quality": self._quality(versions),
        }

    def _breakdown(self, axis):
        tables = [
            _folded(
                axis,
                f"{title}, by {TITLES[axis]}, {self.period.name}",
                [heading for heading, _ in columns],
                [
                    [label or ALL, *(self._text(what, axis, label) for _, what in columns)]
                    for label in (*self.axes[axis].labels, None)
                ],
            )
            for title, columns in COLUMNS.items()
        ]
        return {
            "axis": axis,
            "title": f"By {TITLES[axis]}",
            "tables": tables,
            "charts": [self._chart(axis, title, name) for title, name in CHARTS],
        }

    def _chart(self, axis, title, name):
        shown = [(label, self._one(name, axis, label)) for label in self.axes[axis].labels]
        if axis == "place":
            shown = [(label, figure) for label, figure in shown if figure.shown is not None]
        return {
            "title": f"{title}, by {TITLES[axis]}, {self.period.name}",
            "rows": [[label, figure.shown, figure.text] for label, figure in shown],
        }

    def _text(self, what, axis, label):
        if what == "wait":
            return published_median(self._waits(axis, label), self._one("first_seen", axis, label)).text
        if isinstance(what, tuple):
            return percentage(*(self._one(name, axis, label) for name in what)).text
        return self._one(what, axis, label).text

    def _waits(self, axis, label):
        return [
            days
            for cell, waits in self.found.waits.items()
            for days in waits
            if label is None or getattr(cell, axis) == label
        ]

    def _one(self, name, axis, label):
        """The published figure of one label (None: of all), from whichever table has it."""
        for (count, rows, columns), table in self.published.items():
            if count == name and label is None:
                return table.total
            if count == name and axis == rows:
                return table.row_totals[table.rows.labels.index(label)]
            if count == name and axis == columns:
                return table.column_totals[table.columns.labels.index(label)]
        raise KeyError((name, axis, label))

    def _all_crossed(self):
        return [
            {"title": title, "tables": [self._crossed(title, what, *axes) for axes in CROSSINGS]}
            for title, what in CROSSED
        ]

    def _crossed(self, title, what, rows, columns):
        across = (*self.axes[columns].labels, None)
        return _folded(
            rows,
            f"{title}, by {TITLES[rows]} and {TITLES[columns]}, {self.period.name}",
            [column or "All" for column in across],
            [
                [row or ALL, *(self._crossed_text(what, rows, columns, row, column) for column in across)]
                for row in (*self.axes[rows].labels, None)
            ],
        )

    def _crossed_text(self, what, rows, columns, row, column):
        if isinstance(what, tuple):
            return percentage(*(self._at(name, rows, columns, row, column) for name in what)).text
        return self._at(what, rows, columns, row, column).text

    def _at(self, name, rows, columns, row, column):
        table = self.published[name, rows, columns]
        if row is None:
            return table.total if column is None else table.column_totals[table.columns.labels.index(column)]
        at = table.rows.labels.index(row)
        return table.row_totals[at] if column is None else table.cells[at][table.columns.labels.index(column)]

    def _quality(self, versions):
        """How complete the records behind the equity tables are, of the babies referred."""
        everyone = self._one("referred", "ethnicity", None)

        def share(axis, label):
            return percentage(self._one("referred", axis, label), everyone).text

        return {
            "title": f"How complete the records are, babies referred, {self.period.name}",
            "headers": ["Of the babies referred", "Share"],
            "rows": [
                ["Ethnic group not stated (asked, preferred not to say)", share("ethnicity", "Not stated")],
                ["Ethnic group not known", share("ethnicity", "Not known")],
                ["Deprivation not known (no address, or not found)", share("quintile", "Not known")],
            ],
            "too_small": [],
            "indices": [version for version in versions if version],
        }


def _folded(axis, title, headings, rows):
    """A table as drawn. Places with nothing but * are named in one line below it: there are many, and most are."""
    small = [row[0] for row in rows if axis == "place" and row[0] != ALL and set(row[1:]) == {SUPPRESSED}]
    return {
        "title": title,
        "headers": [TITLES[axis].capitalize(), *headings],
        "rows": [row for row in rows if row[0] not in small],
        "too_small": small,
    }
