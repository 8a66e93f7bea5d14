"""What information governance sees first: what waits for their review or decision, of every app."""

from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.scope import Scope, TemplateScope
from pairs.families.due import DueItem
from pairs.families.family_line import FamilyLine
from pairs.families.family_lines import load_visible_family_lines
from pairs.service.hooks import list_hooks
from reporting.dashboards.due_groups import get_due_rank, present_due_item

MOST_SHOWN = 20


def list_governance_items(scope: Scope, on: date) -> list[dict[str, Any]]:
    """Safety first, then the longest due, as a to-do list draws them; none for whoever does not govern records."""
    if not scope.may("govern_records"):
        return []
    found = sorted(_BATCH.list_results(scope, on), key=lambda item: get_due_rank(item, on))[:MOST_SHOWN]
    lines = load_visible_family_lines(scope, (item.family_id for item in found if not item.who), on)
    return [_present(item, lines, on, scope) for item in found]


def _present(item: DueItem, lines: dict[UUID, FamilyLine], on: date, scope: Scope) -> dict[str, Any]:
    """The item; where it names no person, with its family. ``listed``: the family that is named so."""
    line = lines.get(item.family_id) if item.family_id else None
    row = present_due_item(item, on, scope)
    return row | ({"who": line.name, "listed": item.family_id} if line else {"listed": None})


def _build_queries(scope: TemplateScope, on: date) -> list[Query]:
    builders = list_hooks("due", "build_governance_due_queries")
    return [query for build in builders for query in build(scope, on)]


_BATCH = PreparedBatch(_build_queries)
