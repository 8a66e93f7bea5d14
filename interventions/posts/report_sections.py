"""The establishment in the month's report: posts funded and filled on the last day of each period.

Posts are the service's own and say nothing of a family, so the report shows them as they are.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from interventions.posts.establishment import EstablishmentRow, Filled, list_establishment, list_site_rows
from interventions.posts.models import PlanLine, Post
from pairs.service.models import Site
from pairs.service.report_sections import ReportSection, SectionTable
from pairs.web.formats import format_amount

HEADINGS = ("Funded", "Filled", "Vacant")
ALL_POSTS = "All posts"
Row = tuple[str, *tuple[int | str, ...]]  # of a SectionTable


def build_tables(first: date, last: date) -> Sequence[SectionTable]:
    """By role group and band beside the plan, and by site; every figure in whole-time equivalents, as text."""
    posts = list(Post.objects.live().funded_on(last).with_filled(last))
    return [_build_group_table(posts), _build_site_table(posts, last)]


def _build_group_table(posts: list[Any]) -> SectionTable:
    lines = list(PlanLine.objects.all())
    rows = list_establishment(posts, lines)
    return SectionTable(
        "Establishment by role group and band" + _format_source(lines),
        ("Role group", *HEADINGS, "Planned", "Recommended", "Gap"),
        [*(_format_row(row) for row in rows), _format_total(rows)],
    )


def _format_source(lines: list[PlanLine]) -> str:
    """“ (planned and recommended: …)”, of what the plan names as its sources."""
    sources = "; ".join(dict.fromkeys(line.source for line in lines))
    return f" (planned and recommended: {sources})" if sources else ""


def _format_row(row: EstablishmentRow) -> Row:
    planned, recommended, gap = (format_amount(each) for each in (row.planned, row.recommended, row.gap))
    return row.name, *_format_filled(row.now), planned, recommended, gap


def _format_total(rows: list[EstablishmentRow]) -> Row:
    now = sum((row.now for row in rows), Filled())
    planned, recommended, gap = (
        format_amount(sum(getattr(row, name) for row in rows)) for name in ("planned", "recommended", "gap")
    )
    return ALL_POSTS, *_format_filled(now), planned, recommended, gap


def _build_site_table(posts: list[Any], last: date) -> SectionTable:
    rows = list_site_rows(Site.objects.all(), posts, last)
    return SectionTable(
        "Establishment by site",
        ("Site", *HEADINGS),
        [(row.site.name, *_format_filled(row.now)) for row in rows],
    )


def _format_filled(now: Filled) -> tuple[str, str, str]:
    return format_amount(now.funded), format_amount(now.filled), format_amount(now.vacant)


REPORT_SECTIONS = (
    ReportSection(
        "Workforce",
        "Whole-time equivalents of posts on the last day of the period. Posts that are only planned are left out.",
        build_tables,
    ),
)
