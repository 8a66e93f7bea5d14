"""What is due about moves: an offer that waits for this site's answer, a hand-over that is about to end."""

from django.urls import reverse
from django.utils import timezone

from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.families.models import FamilyMove
from reporting.desk.moves.rules import MAY_ANSWER, ends_soon


def due_items(scope, on, families=None) -> list[DueItem]:
    """Offers to the sites the scope answers for, and hand-overs in their last days, from one query."""
    moves = FamilyMove.objects.visible_to(scope).seen_by_both().filter(of_families(families))
    rows = moves.select_related("from_site", "to_site").order_by("offered_at")
    return [item for move in rows for item in _items(move, scope, on)]


def _items(move, scope, on):
    if move.status == FamilyMove.OFFERED:
        return [_offer(move)] if scope.may(*MAY_ANSWER, at=move.to_site_id) else []
    return [_ending(move)] if ends_soon(hand_over_until=move.hand_over_until, on=on) else []


def _offer(move):
    return _item(
        move,
        code="move_offered",
        title="Answer this offer of a family",
        due_on=timezone.localdate(move.offered_at),
        who=f"From {move.from_site}",
    )


def _ending(move):
    return _item(
        move,
        code="hand_over_ends",
        title="Finish this hand-over",
        due_on=move.hand_over_until,
        owner_id=move.lead_id,
        who=f"From {move.from_site} to {move.to_site}",
        why=f"After this day {move.from_site} no longer reads the record.",
    )


def _item(move, **said):
    return DueItem(
        kind=CLINICAL,
        subject_id=move.pk,
        href=reverse("move", args=[move.pk]),
        family_id=move.family_id,
        site_id=move.to_site_id,
        **said,
    )
