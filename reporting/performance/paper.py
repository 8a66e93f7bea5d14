"""What of a service report goes on paper: page one, then each section with its figures beside its tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from reporting.evidence.definitions import sort_facts
from reporting.evidence.paper import Table, arrange_section, fold_small_rows
from reporting.evidence.rules import WHOLE_SERVICE

MOST_ROWS = 8  # of a table of figures, before it is printed as two, side by side
MOST_JOINED = 8  # of the groups in “All others” that are named on paper; the page names them all
PERIODS = ("period", "year")


def arrange_paper(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The snapshot, and beside it the sections of its month and its year as they are printed."""
    printed = {
        name: [_arrange(each) for each in snapshot.get(name, {}).get("sections", ())] for name in PERIODS
    }
    return {**snapshot, "printed": printed, "definitions": sort_facts(snapshot.get("definitions", ()))}


def _arrange(section: Table) -> Table:
    """{title, text, key, tables, lines}: figures first, then each table with bars where it has one number a row."""
    found = arrange_section({**section, "tables": [_shorten_note(each) for each in section["tables"]]})
    figures = list(_split_figures(section["figures"])) if section["figures"] else []
    hidden = [] if figures or not section["figures"] else [row[0] for row in section["figures"]["rows"]]
    few = [("Too few to show", hidden + section["too_few"]), ("Too few to divide", section["not_divided"])]
    lines = [*found["lines"], *(f"{words}: {'; '.join(names)}." for words, names in few if names)]
    return found | {"tables": [*figures, *map(_add_bars, found["tables"])], "lines": lines}


def _split_figures(table: Table) -> Iterator[Table]:
    """In one table or, where it is long, in two."""
    folded = fold_small_rows(table)
    rows = folded["rows"]
    at = len(rows) if len(rows) <= MOST_ROWS else (len(rows) + 1) // 2
    if rows:
        yield folded | {"rows": rows[:at], "too_small": [] if rows[at:] else folded["too_small"]}
    if rows[at:]:
        yield folded | {"title": f"{table['title']}, continued", "rows": rows[at:]}


def _shorten_note(table: Table) -> Table:
    """The first of those who are joined in a row, and how many more there are."""
    names = table.get("note", "").removesuffix(".").split("; ")
    if len(names) <= MOST_JOINED:
        return table
    return table | {"note": f"{'; '.join(names[:MOST_JOINED])}; and {len(names) - MOST_JOINED} more."}


def _add_bars(table: Table) -> Table:
    """Each row's length in per cent of the longest; None where it has no number, and for the whole."""
    if len(table["headers"]) != 2:
        return table
    values = [int(text) if text.isdigit() and name != WHOLE_SERVICE else None for name, text in table["rows"]]
    longest = max((each for each in values if each is not None), default=0)
    bars = [None if value is None or not longest else round(100 * value / longest) for value in values]
    return table | {"bars": bars}
