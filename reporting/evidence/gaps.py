"""The equity gap of a quarter or a year: one group's rate of babies seen over that of the rest, and over the quarters.

A function of what the period published and of public populations alone, kept with the report. What a dashboard draws of
several quarters is what reports that are signed off have said.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pairs.access.scope import Scope
from reporting.evidence import statistics
from reporting.evidence.access import AXIS_WORDS, GroupRate, list_rates
from reporting.evidence.models import Report
from reporting.evidence.populations import Populations
from reporting.evidence.published_counts import PublishedCounts
from reporting.evidence.rules import DEFINITIONS_VERSION, ETHNICITY_NAMES

MOST_QUARTERS = 8
REFERENCE = ETHNICITY_NAMES[0]  # the largest group in the Census
COMPARED = {
    "quintile": "The most deprived fifth with the rest",
    "ethnicity": f"All other ethnic groups with {REFERENCE}",
}
GAP_TEXT = (
    "How many times as many children in every 1,000 under five were seen in the first group as in the second, with 95% "
    "limits. 1 is no difference; where the limits hold 1, it cannot be said that there is one. By deprivation more "
    "than 1 is wanted, as need is greater."
)
NOT_SHOWN = "Not shown"
Gap = dict[str, Any]


def build_gaps(period: Mapping[str, Any], populations: Populations) -> list[Gap]:
    """{axis, groups, rate, low, high} of each axis; without a ratio (None) where a count is * or has no rate."""
    counts = PublishedCounts(period)
    return [_compare(axis, list_rates(counts, axis, populations)) for axis in COMPARED]


def _compare(axis: str, groups: Sequence[GroupRate]) -> Gap:
    known = [each for each in groups if not each.is_unknown]
    first, rest = _choose_sides(axis, known)
    ratio = None
    if first and rest and all(each.shown is not None and each.population for each in known):
        ratio = statistics.rate_ratio(*_add_up(first), *_add_up(rest))
    return {
        "axis": axis,
        "groups": COMPARED[axis],
        "rate": None if ratio is None else round(ratio.value, 2),
        "low": None if ratio is None else round(ratio.low, 2),
        "high": None if ratio is None else round(ratio.high, 2),
    }


def _add_up(groups: Sequence[GroupRate]) -> tuple[int, int]:
    """(seen, as published; children)."""
    return sum(each.shown or 0 for each in groups), sum(each.population or 0 for each in groups)


def _choose_sides(axis: str, known: Sequence[GroupRate]) -> tuple[list[GroupRate], list[GroupRate]]:
    """The groups that are compared, and those they are compared with."""
    if axis == "quintile":
        return list(known[:1]), list(known[1:])
    return [each for each in known if each.label != REFERENCE], [
        each for each in known if each.label == REFERENCE
    ]


# ---------------------------------------------------------------- over the quarters
def list_gap_trends(scope: Scope) -> list[dict[str, Any]]:
    """{title, rows, headers, table} of each comparison that a signed quarter has a ratio of, oldest first; a row:
    {label, rate, low, high}.
    """
    quarters = _load_signed_quarters(scope)
    return [trend for axis in COMPARED if (trend := _build_trend(axis, quarters))]


def _load_signed_quarters(scope: Scope) -> list[tuple[str, list[Gap]]]:
    """(name, its gaps) of the newest quarters, each as the newest edition that is signed off has it; oldest first."""
    signed = Report.objects.visible_to(scope).filter(version=DEFINITIONS_VERSION, signed_at__isnull=False)
    rows = signed.order_by("month", "edition").values_list(
        "snapshot__periods__1__first", "snapshot__periods__1__name", "snapshot__gaps"
    )
    newest = {first: (name, gaps) for first, name, gaps in rows if first and gaps}
    return [newest[first] for first in sorted(newest)][-MOST_QUARTERS:]


def _build_trend(axis: str, quarters: Sequence[tuple[str, list[Gap]]]) -> dict[str, Any] | None:
    rows = [{**each, "label": name} for name, gaps in quarters for each in gaps if each["axis"] == axis]
    if not any(each["rate"] is not None for each in rows):
        return None
    return {
        "title": COMPARED[axis],
        "rows": rows,
        "headers": ["Quarter", f"Rate ratio by {AXIS_WORDS[axis]}", "95% limits"],
        "table": list(_list_texts(rows)),
    }


def _list_texts(rows: Sequence[Gap]) -> Iterator[list[str]]:
    for each in rows:
        if each["rate"] is None:
            yield [each["label"], NOT_SHOWN, ""]
        else:
            yield [each["label"], f"{each['rate']:.2f}", f"{each['low']:.2f} to {each['high']:.2f}"]
