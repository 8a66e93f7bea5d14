"""What information governance sees first: what waits for their review or decision, of every app."""

from datetime import date
from typing import Any

from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.scope import Scope, TemplateScope
from pairs.service.hooks import list_hooks
from reporting.dashboards.due_groups import get_due_rank, present_due_item

MOST_SHOWN = 20


def list_governance_items(scope: Scope, on: date) -> list[dict[str, Any]]:
    """Safety first, then the longest due, as a to-do list draws them; none for whoever does not govern records."""
    if not scope.may("govern_records"):
        return []
    found = sorted(_BATCH.list_results(scope, on), key=lambda item: get_due_rank(item, on))
    return [present_due_item(item, on, scope) for item in found[:MOST_SHOWN]]


def _build_queries(scope: TemplateScope, on: date) -> list[Query]:
    builders = list_hooks("due", "build_governance_due_queries")
    return [query for build in builders for query in build(scope, on)]


_BATCH = PreparedBatch(_build_queries)
