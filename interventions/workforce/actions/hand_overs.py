"""Everything that a colleague holds goes to others at once, and back in one step."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from interventions.workforce.held_rows import HeldRow, list_held_rows
from interventions.workforce.models import HandedWork, HandOver
from pairs.access.scope import Scope
from pairs.database.change_ledger import revert_changes
from pairs.jobs.notifications import EmailTopic, notify_colleagues
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.service.work_to_hand_over import HandOverStep
from pairs.web.absolute_urls import build_absolute_url

UNDONE = "The hand-over was undone"


@transaction.atomic
def hand_over_work(
    *, leaver: User, chosen: Mapping[str, User | None], why: str, by: User, scope: Scope
) -> HandOver:
    """Hand over what is chosen: {key of a HeldRow: who takes it, None where it ends}. All of it or nothing.

    ``scope``: of whoever hands over. Raises ActionRefused by key.
    """
    leaver = User.objects.select_for_update(of=("self",)).get(pk=leaver.pk)
    rows = {each.key: each for each in list_held_rows(leaver, scope)}
    _validate(rows, chosen)
    hand_over = HandOver.objects.create(leaver=leaver, by=by, why=why)
    step = HandOverStep(leaver=leaver, by=by, on=timezone.localdate(), why=why, ledger=hand_over.moved)
    passed = [(rows[key], to) for key, to in chosen.items()]
    for held, to in sorted(passed, key=lambda each: not each[0].rule.is_lead):
        _pass_on(held, to, step)
    hand_over.save(update_fields=["moved"])
    HandedWork.objects.bulk_create(part for held, to in passed for part in _build_parts(hand_over, held, to))
    _tell(hand_over, "Work has been handed over to you")
    return hand_over


def _validate(rows: Mapping[str, HeldRow], chosen: Mapping[str, User | None]) -> None:
    errors: dict[str, Any] = {}
    for key, to in chosen.items():
        held = rows.get(key)
        if held is None:
            errors[key] = "This has just been handed over or has ended. Open the page again."
        elif to is None and not held.may_end:
            errors[key] = "This cannot end. Choose a colleague."
        elif to and to.pk not in {each.person_id for each in held.people}:
            errors[key] = f"{to} cannot take this. Choose a colleague from the list."
    if not chosen:
        errors[""] = "Choose a colleague for at least one row."
    if errors:
        raise ActionRefused(errors)


def _pass_on(held: HeldRow, to: User | None, step: HandOverStep) -> None:
    """A lead takes along what is about the family, also what a lead who stays would keep."""
    held.rule.pass_on(held.row, to, step)
    for work, row in held.goes_along:
        if work.rule and work.rows.filter(pk=row.pk).exists():  # not with the lead already
            work.rule.pass_on(row, to, step)


def _build_parts(hand_over: HandOver, held: HeldRow, to: User | None) -> list[HandedWork]:
    return [
        HandedWork(
            hand_over=hand_over,
            site_id=row.held_site,
            family_id=row.held_family,
            kind=work.one,
            what=work.rule.describe(row) if work.rule else "",
            to=to,
        )
        for work, row in [(held.work, held.row), *held.goes_along]
    ]


@transaction.atomic
def undo_hand_over(*, hand_over: HandOver, by: User) -> HandOver:
    """Everything goes back, except what has been changed since. Raises ActionRefused once the account is closed."""
    hand_over = HandOver.objects.select_for_update(of=("self",)).get(pk=hand_over.pk)
    leaver = User.objects.select_for_update(of=("self",)).get(pk=hand_over.leaver_id)
    if hand_over.undone_at:
        raise ActionRefused("This hand-over has already been undone.")
    if not leaver.is_active:
        raise ActionRefused(f"The account of {leaver} is closed, so nothing can go back to them.")
    revert_changes(hand_over.moved, by=by, why=UNDONE)
    hand_over.undone_at, hand_over.undone_by = timezone.now(), by
    hand_over.save(update_fields=["undone_at", "undone_by"])
    _tell(hand_over, "Work that was handed over to you has gone back")
    return hand_over


def _tell(hand_over: HandOver, subject: str) -> None:
    """Each colleague once, without a name."""
    parts = HandedWork.objects.filter(hand_over=hand_over, to__isnull=False).values("to")
    by = hand_over.undone_by or hand_over.by
    people, link = User.objects.filter(pk__in=parts), build_absolute_url("home")
    notify_colleagues(people, subject, link, topic=EmailTopic.HAND_OVER, site_id=None, by=by)
