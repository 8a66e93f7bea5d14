"""A section as it is drawn: its figures in one table, a table for each division, and charts where people look."""

from collections.abc import Iterator
from typing import Any

from reporting.evidence.rules import WHOLE_SERVICE
from reporting.performance.figures import Division, Section, Whole
from reporting.performance.published import ALL_OTHERS, Publisher, ShownRow

Table = dict[str, Any]


def draw_section(
    section: Section, publisher: Publisher, period: str, of_all: str = WHOLE_SERVICE
) -> dict[str, Any]:
    """As JSON: {key, title, text, figures, tables, charts, too_few, not_divided}. `period`: as titles name it."""
    hidden = [each for each in section.wholes if each.optional and publisher.get_total(each).value is None]
    wholes = [each for each in section.wholes if each not in hidden]
    drawn = [
        (whole, division, rows)
        for whole in wholes
        for division in whole.divisions
        if not division.shown and (rows := publisher.list_rows(whole, division))
    ]
    return {
        "key": section.key,
        "title": section.title,
        "text": section.text,
        "figures": _make_table(
            f"{section.title}, {period}",
            ["Figure", "Number"],
            list(_list_figures(wholes, section, publisher)),
        ),
        "tables": [_draw_division(*each, publisher, period, of_all) for each in drawn] + list(section.made),
        "charts": [_draw_chart(*each, period) for each in drawn if each[1].chart],
        "too_few": [whole.heading for whole in hidden],
        "not_divided": [
            _name_division(whole, division)
            for whole in wholes
            for division in whole.divisions
            if not division.shown and not publisher.list_rows(whole, division)
        ],
    }


def _list_figures(wholes: list[Whole], section: Section, publisher: Publisher) -> Iterator[list[str]]:
    """[what, the text] of every whole, what is part of it, its shares, days and mean changes."""
    for whole in wholes:
        yield [whole.heading, publisher.get_total(whole).text]
        for division in whole.divisions:
            if division.shown:
                rows = publisher.list_rows(whole, division)
                shown = {row.label: row.shown.text for row in rows}
                yield from ([f"Of these: {label}", shown.get(label, "*")] for label in division.shown)
        yield from ([share.heading, publisher.get_share(whole, share)] for share in whole.shares)
        for spread in (each for each in section.spreads if each.of == whole.name):
            middle, high = publisher.describe_spread(whole, spread)
            yield [f"{spread.heading}: median", middle]
            yield [f"{spread.heading}: 90th percentile", high]
        for change in (each for each in section.changes if each.of == whole.name):
            yield [f"{change.heading}: mean change", publisher.describe_mean(whole, change)]


def _draw_division(
    whole: Whole, division: Division, rows: list[ShownRow], publisher: Publisher, period: str, of_all: str
) -> Table:
    total = [of_all, publisher.get_total(whole).text]
    axis = division.axis[0].upper() + division.axis[1:]
    title = f"{_name_division(whole, division)}, {period}"
    lines = [[row.label, row.shown.text] for row in rows]
    return _make_table(title, [axis, whole.heading], [*lines, total], _describe_joined(rows))


def _name_division(whole: Whole, division: Division) -> str:
    """“Babies referred, by place”; of an axis that begins with capitals, such as THRIVE, they stay."""
    axis = division.axis if division.axis[:2].isupper() else division.axis[0].lower() + division.axis[1:]
    return f"{whole.heading}, by {axis}"


def _describe_joined(rows: list[ShownRow]) -> str:
    """Who is in the row of all others."""
    joined = next((row.members for row in rows if row.label == ALL_OTHERS), ())
    return f"{ALL_OTHERS}: {'; '.join(joined)}." if joined else ""


def _draw_chart(whole: Whole, division: Division, rows: list[ShownRow], period: str) -> dict[str, Any]:
    return {
        "title": f"{_name_division(whole, division)}, {period}",
        "rows": [[row.label, row.shown.value, row.shown.text] for row in rows],
    }


def _make_table(title: str, headers: list[str], rows: list[list[str]], note: str = "") -> Table:
    return {"title": title, "headers": headers, "rows": rows, "too_small": [], "note": note}
