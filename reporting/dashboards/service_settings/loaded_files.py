"""Which official files are in force."""

from typing import Any

from pairs.geography.models import Import
from pairs.geography.replacing import SIDE_BY_SIDE
from pairs.web.formats import format_day


def list_loaded_rows() -> list[list[Any]]:
    """Rows of a table: what, file, rows, loaded on; the newest of each release or year, and of the others."""
    newest: dict[tuple[str, str], Import] = {}
    for each in Import.objects.order_by("-finished_at"):
        part = each.scope if each.kind in SIDE_BY_SIDE else ""
        newest.setdefault((each.kind, part), each)
    return [
        [
            f"{each.get_kind_display()}{f' {part}' if part else ''}",
            each.file_name,
            each.rows_written,
            format_day(each.finished_at.date()),
        ]
        for (_, part), each in sorted(newest.items())
    ]
