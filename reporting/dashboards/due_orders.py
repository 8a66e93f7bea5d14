"""The order of To do, as a person chooses it: by family, by date or by kind. Safety comes first in each."""

from collections.abc import Sequence
from typing import Any

from pairs.access.requests import ScopedRequest
from reporting.dashboards.due_groups import DAY_SECTIONS

BY_FAMILY, BY_DATE, BY_KIND = "family", "date", "kind"
ORDERS = ((BY_FAMILY, "By family"), (BY_DATE, "By date"), (BY_KIND, "By kind"))
DONE = "Done today"
KEPT = "todo_order"  # in the session: the order stays until the person chooses another or signs out


def read_order(request: ScopedRequest) -> str:
    """The order that the address names, which is kept; else the one that was kept."""
    asked = request.GET.get("order", "")
    if asked not in dict(ORDERS):
        return request.session.get(KEPT, BY_FAMILY)
    if request.session.get(KEPT, BY_FAMILY) != asked:
        request.session[KEPT] = asked
    return asked


def arrange_due_groups(groups: Sequence[dict[str, Any]], order: str) -> list[dict[str, Any]]:
    """Groups of ``build_due_groups`` in this order: by date and by kind each row names its family."""
    if order == BY_FAMILY:
        return list(groups)
    rows = sorted((row for group in groups for row in group["rows"]), key=lambda row: row["rank"])
    # Days as they come; kinds by what is most pressing in each.
    sections = DAY_SECTIONS if order == BY_DATE else dict.fromkeys(row[order] for row in rows)
    found: dict[str, list[dict[str, Any]]] = {section: [] for section in sections}
    for row in rows:
        found[row[order]].append(row)
    arranged = [_build_group(section, each) for section, each in found.items() if each]
    done = [
        row | {"line": group["line"], "family_href": group["href"]}
        for group in groups
        for row in group["done"]
    ]
    return arranged + ([_build_group(DONE, [], done)] if done else [])


def _build_group(
    heading: str, rows: list[dict[str, Any]], done: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    return {"heading": heading, "rows": rows, "done": done}
