"""What of a report goes on paper, and every table that it has: the month in six to eight pages, the rest as an annex.

The tables of a quarter and a year are printed once, with the report of the month in which they end. The page, the CSV
and the ODS have all of them in every report.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from reporting.evidence.definitions import WAIT_HEADING, sort_facts
from reporting.evidence.disclosure import SUPPRESSED
from reporting.evidence.ladder import LADDER_NOTE, describe_better
from reporting.evidence.published_counts import describe_withheld, list_withheld_lines
from reporting.evidence.report_sections import REPORT_SECTIONS
from reporting.evidence.rules import WHOLE_SERVICE
from reporting.evidence.still_waiting import STILL_WAITING
from reporting.evidence.trend import WAIT_IN_DAYS
from reporting.evidence.waits import WAIT_NOTE

Table = dict[str, Any]
MONTHS_A_YEAR = 12
FIRST_RELEASE = 2000  # of the English Indices of Deprivation


def list_tables(period: dict[str, Any]) -> list[Table]:
    """Every table of a period that holds figures, in the order of the report."""
    return [
        period["whole"],
        *period.get("waits", ()),
        *(table for each in period["breakdowns"] for table in each["tables"]),
        *(table for each in period.get("sections", ()) for table in each["tables"]),
        *list_crossed_tables(period),
        period["quality"],
    ]


def list_crossed_tables(period: dict[str, Any]) -> list[Table]:
    """Those by two axes at once, which a quarter and a year have."""
    return [table for each in period["crossed"] for table in each["tables"]]


def list_found_tables(snapshot: dict[str, Any]) -> Iterator[Table]:
    """Those worked out of what was published: the first page, the trend, access and the ladders."""
    if "first_page" not in snapshot:  # reports made before there was one
        return
    yield from list_first_tables(snapshot)
    trend = snapshot["trend"]
    yield {"title": trend["title"], "headers": ["Month", "Babies seen"], "rows": trend["rows"]}
    yield from snapshot["access"]["tables"]
    yield _build_measures_table(snapshot["access"])
    yield from snapshot["ladders"]


def list_first_tables(snapshot: Mapping[str, Any]) -> Iterator[Table]:
    """Page one of either report: what to do next, and the findings; none of a report made before there was one."""
    if "first_page" not in snapshot:
        return
    rows = [[each["act"], each["why"]] for each in snapshot.get("next_steps", ())]
    yield {"title": "What to do next", "headers": ["What to do", "Why"], "rows": rows}
    yield {
        "title": "On one page",
        "headers": ["Finding", "Number", "When, and 95% limits", "What follows"],
        "rows": [
            [each["lead"], each["number"], each["text"], each["says"]] for each in snapshot["first_page"]
        ],
    }


def _build_measures_table(access: dict[str, Any]) -> Table:
    rows = [[each["name"], each["value"], each["meaning"]] for each in access["measures"]]
    return {"title": "How unequal access is", "headers": ["Measure", "Value", "What it says"], "rows": rows}


def list_annex_periods(snapshot: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The quarter and the year that ended with the report's month; none in the months between."""
    month, *longer = snapshot["periods"]
    return [each for each in longer if each["last"] == month["last"]]


def compare_periods(periods: list[dict[str, Any]]) -> Table:
    """The whole service in the month, the quarter and the year, side by side."""
    columns, words = [dict(each["whole"]["rows"]) for each in periods], {WAIT_HEADING: WAIT_IN_DAYS}
    return {
        "title": "The whole service",
        "headers": ["Figure", *(each["name"] for each in periods)],
        "rows": [
            [words.get(heading, heading), *(column.get(heading, "–") for column in columns)]
            for heading in columns[0]
        ],
        "too_small": [],
    }


def fold_small_rows(table: Table) -> Table:
    """A table as it goes on paper: rows with nothing but * are named in one line below it."""
    small = [row[0] for row in table["rows"] if row[0] != WHOLE_SERVICE and set(row[1:]) <= {SUPPRESSED}]
    rows = [row for row in table["rows"] if row[0] not in small]
    return table | {"rows": rows, "too_small": [*table["too_small"], *small]}


def arrange_sections(period: Table) -> dict[str, list[Any]]:
    """This report's own sections on paper, those of who still waits apart; and `elsewhere`, the titles of the others,
    which the service report prints.
    """
    found = [arrange_section(each) for each in period.get("sections", ())]
    own = {each.title for each in REPORT_SECTIONS} - {STILL_WAITING.title}
    return {
        "waiting": [each for each in found if each["title"] == STILL_WAITING.title],
        "sections": [each for each in found if each["title"] in own],
        "elsewhere": [each["title"] for each in found if each["title"] not in {*own, STILL_WAITING.title}],
    }


def arrange_section(section: Table) -> Table:
    """With `tables` that have a row to show, and `lines` that say of the others what can be said."""
    tables = [fold_small_rows(table) for table in section["tables"] if table["rows"]]
    divided = [table for table in tables if any(row[0] != WHOLE_SERVICE for row in table["rows"])]
    others = [table for table in tables if table not in divided]
    hidden = [table["title"] for table in others if set(_list_whole(table)) <= {SUPPRESSED}]
    lines = [_describe_whole(table) for table in others if table["title"] not in hidden]
    lines += [f"Too small to show: {'; '.join(hidden)}."] if hidden else []
    return section | {"tables": divided, "lines": lines}


def _list_whole(table: Table) -> list[str]:
    return [text for row in table["rows"] for text in row[1:]]


def _describe_whole(table: Table) -> str:
    """A table of which no row but the whole is large enough to show, in one line."""
    by = table["headers"][0]
    return f"{table['title']}: {', '.join(_list_whole(table))} in all, too few to show by {by[0].lower()}{by[1:]}."


def arrange_by_year(trend: Table) -> Table:
    """The trend’s months as a table of twelve columns, a year a row: {title, headers, rows, too_small}."""
    rows = trend["rows"]
    years = [rows[at : at + MONTHS_A_YEAR] for at in range(0, len(rows), MONTHS_A_YEAR)]
    return {
        "title": f"{trend['title']}, the figures",
        "headers": ["Twelve months from", *(name[:3] for name, _ in rows[:MONTHS_A_YEAR])],
        "rows": [[year[0][0], *_fill_year([text for _, text in year])] for year in years],
        "too_small": [],
    }


def _fill_year(texts: list[str]) -> list[str]:
    return texts + ["–"] * (MONTHS_A_YEAR - len(texts))


def name_index(version: str) -> str:
    """“1” → what it is: a release of the Indices has a year, the demonstration’s made-up areas have none."""
    if version.isdigit() and int(version) < FIRST_RELEASE:
        return f"made-up areas of the demonstration ({version})"
    return f"English Indices of Deprivation {version}"


def list_index_names(period: dict[str, Any]) -> list[str]:
    return [name_index(each) for each in period["quality"]["indices"]]


def arrange_paper(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """The snapshot, and beside it what its page and its paper draw in another order."""
    periods = snapshot["periods"]
    return {
        **snapshot,
        "compared": compare_periods(periods) if periods else None,
        "annex": list_annex_periods(snapshot) if periods else [],
        "definitions": sort_facts(snapshot["definitions"]),
        "withheld": {each["key"]: describe_withheld(each) for each in periods},
        "withheld_lines": list_withheld_lines(periods),
        "indices": {each["key"]: list_index_names(each) for each in periods},
        **arrange_sections(periods[0] if periods else {}),
        "trend_by_year": arrange_by_year(snapshot["trend"]) if "trend" in snapshot else None,
        "ladder_note": LADDER_NOTE,
        "better": describe_better(periods[-1]) if periods else "",
        "wait_note": WAIT_NOTE,
    }
