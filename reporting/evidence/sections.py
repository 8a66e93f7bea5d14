"""The sections that apps add to the report, with small numbers protected (`pairs.service.report_sections`)."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pairs.service.hooks import list_hooks
from pairs.service.report_sections import ReportSection, SectionTable
from reporting.evidence.disclosure import Axis, Table, publish_together
from reporting.evidence.rules import WHOLE_SERVICE, Period


def list_sections() -> list[ReportSection]:
    """Every app's, in the order of the apps."""
    return [section for sections in list_hooks("report_sections", "REPORT_SECTIONS") for section in sections]


def build_sections(
    period: Period,
    without: Sequence[ReportSection] = (),
    counted: Mapping[ReportSection, Sequence[SectionTable]] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """[{title, text, tables}] of one period, as the snapshot keeps them. ``counted``: tables that are at hand."""
    return [
        {
            "title": section.title,
            "text": section.text,
            "tables": [
                publish_section_table(table, period)
                for table in counted.get(section) or section.build_tables(period.first, period.last)
            ],
        }
        for section in list_sections()
        if section not in without
    ]


def publish_section_table(table: SectionTable, period: Period) -> dict[str, Any]:
    """A table as drawn: {title, headers, rows, too_small}; counts of a column are published together."""
    columns = [_publish_column(table, number, period) for number in range(1, len(table.headings))]
    names = [name for name, *_ in table.rows] + [WHOLE_SERVICE] * table.adds_up
    return {
        "title": f"{table.title}, {period.name}",
        "headers": list(table.headings),
        "rows": [[name, *cells] for name, *cells in zip(names, *columns, strict=True)],
        "too_small": [],
    }


def _publish_column(table: SectionTable, number: int, period: Period) -> list[str]:
    """The texts of a column, and its total where the rows add up ("" below texts)."""
    figures = [row[number] for row in table.rows]
    counts = [figure for figure in figures if isinstance(figure, int)]
    shown, total = _publish_counts(counts, f"{table.title}: {table.headings[number]}", period, table.adds_up)
    texts = iter(shown)
    cells = [next(texts) if isinstance(figure, int) else figure for figure in figures]
    return [*cells, total] if table.adds_up else cells


def _publish_counts(counts: Sequence[int], name: str, period: Period, adds_up: bool) -> tuple[list[str], str]:
    if not counts:
        return [], ""
    tables = [
        Table({"count": name, "period": period.key, "part": str(part)}, Axis("row", labels), None, cells)
        for part, (labels, cells) in enumerate(_divide_counts(counts, adds_up))
    ]
    published = publish_together(tables)
    return [row[0].text for table in published for row in table.cells], published[0].total.text


def _divide_counts(
    counts: Sequence[int], adds_up: bool
) -> list[tuple[tuple[str, ...], tuple[tuple[int, ...], ...]]]:
    """One table of them all where they make a whole, else a table of each."""
    numbered = [(str(number), (count,)) for number, count in enumerate(counts)]
    whole = [numbered] if adds_up else [[each] for each in numbered]
    return [(tuple(name for name, _ in part), tuple(cell for _, cell in part)) for part in whole]
