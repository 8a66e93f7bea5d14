"""Everything due, worked out from the rules of every app, less what a person decided about it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from pairs.access.batch_query import PreparedBatch, Query
from pairs.access.prepared_queries import PreparedQuery
from pairs.access.scope import NOBODY, FamiliesScope, Scope, TemplateScope
from pairs.families.due import MAX_FAMILIES, SAFETY, DueItem
from pairs.families.models import Family
from pairs.service.hooks import list_hooks
from reporting.dashboards.models import DueDecision

# Where the reader's sites and roles decide who sees an item.
BUILD_BY_SCOPE = list_hooks("due", "build_due_queries")
# Where whoever may read the family sees it, and nothing else decides.
BUILD_BY_FAMILY = list_hooks("due", "build_family_due_queries")


def list_all_due_items(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[DueItem]:
    """Every app's due items in scope on that day, worked out afresh; of the given families, at most 1,000."""
    families = None if families is None else list(families)
    ids = list_visible_families(scope) if families is None else filter_visible_families(scope, families)
    found = [*list_due_by_scope(scope, on, families), *list_due_by_family(ids, on)]
    return sort_due_items(apply_decisions(found, on))


def list_due_by_scope(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[DueItem]:
    """What the reader's sites and roles decide about; before anybody's decision."""
    if families is None:
        return _SCOPE_BATCH.list_results(scope, on)
    return _SCOPE_BATCH.list_results(scope, on, families=list(families)[:MAX_FAMILIES])


def list_due_by_family(families: list[UUID], on: date) -> list[DueItem]:
    """What is due for these families, whom the reader is known to see; before anybody's decision."""
    return [
        item
        for start in range(0, len(families), MAX_FAMILIES)
        for item in _FAMILY_BATCH.list_results(NOBODY, on, families=families[start : start + MAX_FAMILIES])
    ]


def sort_due_items(items: Iterable[DueItem]) -> list[DueItem]:
    """Longest due first."""
    return sorted(items, key=lambda item: (item.due_on, item.title))


def apply_decisions(items: list[DueItem], on: date) -> list[DueItem]:
    """Apply decisions: drop snoozed items and set new owners. Safety items are never snoozed."""
    return [item for item, is_snoozed in find_decided(items, on) if not is_snoozed]


def find_decided(items: list[DueItem], on: date) -> list[tuple[DueItem, bool]]:
    """Each item with its new owner where one was set, and whether it is snoozed."""
    subjects = list({item.subject_id for item in items})
    newest = _DECISIONS.rows(NOBODY, subjects=subjects) if items else ()
    decided = {(decision.code, decision.subject_id): decision for decision in newest}
    found = ((item, decided.get((item.code, item.subject_id))) for item in items)
    return [(_apply_handover(item, decision), _is_snoozed(item, decision, on)) for item, decision in found]


_DECISIONS = PreparedQuery(
    lambda scope, subjects: DueDecision.objects.filter(subject_id__in=[subjects]).order_by("decided_at")
)


def _is_snoozed(item: DueItem, decision: DueDecision | None, on: Any) -> bool:
    until = decision and decision.snoozed_until
    return bool(until) and until > on and item.kind != SAFETY


def _apply_handover(item: DueItem, decision: DueDecision | None) -> DueItem:
    return replace(item, owner_id=decision.handed_to_id) if decision and decision.handed_to_id else item


def is_mine_or_unowned(item: DueItem, scope: Scope) -> bool:
    """Mine, a colleague's whom I cover today, or not assigned yet."""
    return item.owner_id is None or item.owner_id in scope.own_ids


# ---------------------------------------------------------------- the queries


def build_scope_queries(scope: TemplateScope, on: date, families: UUID | None = None) -> list[Query]:
    """Of every app, what the reader's sites and roles decide about: DueItems."""
    return _collect_queries(BUILD_BY_SCOPE, scope, on, families)


def build_family_queries(_: TemplateScope, on: date, families: UUID) -> list[Query]:
    """Of every app, what is due for families whom the reader is known to see: DueItems."""
    return _collect_queries(BUILD_BY_FAMILY, FamiliesScope(families), on, families)


def _collect_queries(
    builders: tuple[Any, ...], scope: FamiliesScope | TemplateScope, on: date, families: Any
) -> list[Query]:
    families = None if families is None else [families]
    return [query for build in builders for query in build(scope, on, families)]


_SCOPE_BATCH, _FAMILY_BATCH = PreparedBatch(build_scope_queries), PreparedBatch(build_family_queries)


def get_family_statement(on: date) -> str:
    """The SQL by which what is due for families is worked out: it names every table that matters to it."""
    return _FAMILY_BATCH.statement(NOBODY, on, families=[]).sql


# ---------------------------------------------------------------- which families
def list_visible_families(scope: Scope) -> list[UUID]:
    """Ids of all families in scope."""
    return _VISIBLE_BATCH.list_results(scope)


def filter_visible_families(scope: Scope, families: list[UUID]) -> list[UUID]:
    """Those of the given families that are in scope."""
    return _VISIBLE_BATCH.list_results(scope, families=families) if families else []


def _build_visible_query(scope: TemplateScope, families: UUID | None = None) -> list[Query]:
    rows = Family.objects.visible_to(scope)
    rows = rows if families is None else rows.filter(pk__in=[families])
    return [Query(rows, {"id": "id"}, lambda row: [UUID(row["id"])])]


_VISIBLE_BATCH = PreparedBatch(_build_visible_query)
