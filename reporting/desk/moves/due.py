"""What is due about moves: an offer that waits for this site's answer, a hand-over that is about to end."""

from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.urls import reverse
from django.utils import timezone

from pairs.access.asking import Question, day, moment, some_id
from pairs.families.due import CLINICAL, DueItem, of_families
from pairs.families.models import FamilyMove
from reporting.desk.moves.rules import MAY_ANSWER, ends_soon


def questions(scope, on, families=None) -> list[Question]:
    """Offers to the sites the scope answers for, and hand-overs in their last days."""
    rows = FamilyMove.objects.visible_to(scope).seen_by_both().filter(of_families(families))
    fields = {"id": "id", "family": "family_id", "status": "status", "at": "offered_at", "lead": "lead_id"}
    fields |= {
        "site": "to_site_id",
        "to": "to_site__name",
        "from": "from_site__name",
        "ends": "hand_over_until",
    }
    fields |= {"answers_here": _answers_here(scope)}
    return [Question(rows, fields, lambda row: _items(row, on))]


def _answers_here(scope):
    """May the scope answer for the site that the family was offered to?"""
    if not scope.may(*MAY_ANSWER):
        return Value(False)
    return ExpressionWrapper(Q(to_site__in=scope.sites(*MAY_ANSWER)), BooleanField())


def _items(row, on):
    if row["status"] == FamilyMove.OFFERED:
        return [_offer(row)] if row["answers_here"] else []
    return [_ending(row)] if ends_soon(hand_over_until=day(row["ends"]), on=on) else []


def _offer(row):
    return _item(
        row,
        code="move_offered",
        title="Answer this offer of a family",
        due_on=timezone.localdate(moment(row["at"])),
        who=f"From {row['from']}",
    )


def _ending(row):
    return _item(
        row,
        code="hand_over_ends",
        title="Finish this hand-over",
        due_on=day(row["ends"]),
        owner_id=some_id(row["lead"]),
        who=f"From {row['from']} to {row['to']}",
        why=f"After this day {row['from']} no longer reads the record.",
    )


def _item(row, **said):
    return DueItem(
        kind=CLINICAL,
        subject_id=UUID(row["id"]),
        href=reverse("move", args=[row["id"]]),
        family_id=UUID(row["family"]),
        site_id=UUID(row["site"]),
        **said,
    )
