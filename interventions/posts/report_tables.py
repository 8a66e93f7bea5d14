"""The workforce in the month's report: the establishment on the last day of the month (pairs/service/hooks.py).

Posts are the service's own and say nothing of a family, so these numbers are not suppressed.
"""

from datetime import date
from typing import Any

from interventions.posts.establishment import EstablishmentRow, Filled, list_establishment, list_site_rows
from interventions.posts.models import PlanLine, Post
from interventions.posts.rules import format_wte
from pairs.service.models import Site

HEADERS = ("Funded", "Filled", "Vacant")
UNIT = "Whole-time equivalents on the last day of the month."


def build_report_tables(first: date, last: date) -> list[dict[str, Any]]:
    """Tables for the snapshot: {title, about, headers, rows}, every cell as text."""
    posts = list(Post.objects.live().funded_on(last).with_filled(last))
    return [_build_group_table(posts), _build_site_table(posts, last)]


def _build_group_table(posts: list[Any]) -> dict[str, Any]:
    lines = list(PlanLine.objects.all())
    rows = list_establishment(posts, lines)
    sources = "; ".join(dict.fromkeys(line.source for line in lines))
    return {
        "title": "Establishment, by role group and band",
        "about": f"{UNIT} Planned and recommended: {sources}." if sources else UNIT,
        "headers": ["Role group", *HEADERS, "Planned", "Recommended", "Gap"],
        "rows": [_format_row(row) for row in rows] + [_format_total(rows)],
    }


def _format_row(row: EstablishmentRow) -> list[str]:
    return [row.name, *_format_filled(row.now), *map(format_wte, (row.planned, row.recommended, row.gap))]


def _format_total(rows: list[EstablishmentRow]) -> list[str]:
    now = sum((row.now for row in rows), Filled())
    sums = (sum(getattr(row, name) for row in rows) for name in ("planned", "recommended", "gap"))
    return ["All posts", *_format_filled(now), *(format_wte(each) for each in sums)]


def _build_site_table(posts: list[Any], last: date) -> dict[str, Any]:
    rows = list_site_rows(Site.objects.all(), posts, last)
    return {
        "title": "Establishment, by site",
        "about": UNIT,
        "headers": ["Site", *HEADERS],
        "rows": [[row.site.name, *_format_filled(row.now)] for row in rows],
    }


def _format_filled(now: Filled) -> list[str]:
    return [format_wte(each) for each in (now.funded, now.filled, now.vacant)]
