"""What was postponed and would be due today, with the newest decision about it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from pairs.access.batch_query import build_user_name
from pairs.access.scope import Scope
from pairs.families.due import SAFETY, DueItem
from pairs.families.models import Family
from reporting.dashboards.due_items import list_due_by_family, list_due_by_scope
from reporting.dashboards.models import DueDecision


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
    waiting = {(each.code, each.subject_id): each for each in _query_postponed(scope, on)}
    families = {each.family_id for each in waiting.values() if each.family_id}
    items = [*list_due_by_scope(scope, on), *list_due_by_family(sorted(families), on)] if waiting else []
    found = (
        PostponedItem(item, waiting[item.code, item.subject_id])
        for item in items
        if (item.code, item.subject_id) in waiting and item.kind != SAFETY
    )
    mine = [each for each in found if _is_mine(each, scope)]
    return sorted(mine, key=lambda each: (each.decision.snoozed_until, each.item.title))


def _query_postponed(scope: Scope, on: date) -> Any:
    """Of each item in scope the newest decision, where it says a day that is still to come."""
    newer = DueDecision.objects.filter(
        code=OuterRef("code"), subject_id=OuterRef("subject_id"), decided_at__gt=OuterRef("decided_at")
    )
    visible = Family.objects.visible_to(scope).values("pk")
    rows = DueDecision.objects.filter(Q(family_id=None) | Q(family_id__in=visible), snoozed_until__gt=on)
    return rows.filter(~Exists(newer)).annotate(by=build_user_name("decided_by"))


def _is_mine(postponed: PostponedItem, scope: Scope) -> bool:
    """Whoever postponed it sees it as well as whose it is."""
    decision = postponed.decision
    owner = decision.handed_to_id or postponed.item.owner_id
    return decision.decided_by_id == scope.user_id or owner is None or owner in scope.own_ids
