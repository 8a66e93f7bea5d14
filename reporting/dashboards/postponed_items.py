"""What was postponed and would be due today, with the newest decision about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from pairs.access.batch_query import build_user_name
from pairs.access.scope import Scope
from pairs.families.due import SAFETY, DueItem
from reporting.dashboards.due_items import filter_visible_families, list_due_by_family, list_due_by_scope
from reporting.dashboards.models import DueDecision

MAX_POSTPONED = 200  # families are asked for at once


@dataclass(frozen=True)
class PostponedItem:
    """An item as the rules have it today, and the newest decision about it."""

    item: DueItem
    decision: Any

    @property
    def key(self) -> str:
        """Its name in the form that brings it back."""
        return f"{self.item.code}:{self.item.subject_id}"


def list_postponed(scope: Scope, on: date) -> list[PostponedItem]:
    """What this person would have to do today had nobody postponed it, the soonest back first. Never about safety."""
    waiting = {(each.code, each.subject_id): each for each in _query_postponed(on)}
    families = {each.family_id for each in waiting.values() if each.family_id}
    visible = filter_visible_families(scope, list(families)[:MAX_POSTPONED])
    items = [*list_due_by_scope(scope, on), *list_due_by_family(visible, on)] if waiting else []
    found = (
        PostponedItem(item, waiting[item.code, item.subject_id])
        for item in items
        if (item.code, item.subject_id) in waiting and item.kind != SAFETY
    )
    mine = [each for each in found if _is_mine(each, scope)]
    return sorted(mine, key=lambda each: (each.decision.snoozed_until, each.item.title))


def _query_postponed(on: date) -> Any:
    """Of each item the newest decision, where it says a day that is still to come."""
    newest = DueDecision.objects.order_by("code", "subject_id", "-decided_at").distinct("code", "subject_id")
    rows = DueDecision.objects.filter(pk__in=newest.values("pk"), snoozed_until__gt=on)
    return rows.annotate(by=build_user_name("decided_by"))


def _is_mine(postponed: PostponedItem, scope: Scope) -> bool:
    """Whoever postponed it sees it as well as whose it is."""
    decision = postponed.decision
    owner = decision.handed_to_id or postponed.item.owner_id
    return decision.decided_by_id == scope.user_id or owner is None or owner in scope.own_ids
