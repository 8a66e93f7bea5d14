"""What is done to moves between sites: offered, accepted with all open work, declined, withdrawn, called back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import query_possible_leads
from pairs.database.change_ledger import change_and_record, revert_changes
from pairs.families.choices import MoveStatus
from pairs.families.models import Family, FamilyMove
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused, refuse_all
from reporting.dashboards.moves.notifications import list_move_answerers, notify_about_move
from reporting.dashboards.moves.outstanding_work import (
    find_current_place,
    move_grants,
    move_open_work,
    query_open_alerts,
    query_open_episodes,
)
from reporting.dashboards.moves.rules import find_hand_over_error, find_move_step_errors, find_offer_errors


@transaction.atomic
def offer_move(*, family: Family, to_site: Site, reason: str, by: User) -> FamilyMove:
    """Offer the family to another site: from now on people there may read it, and are told."""
    family = Family.objects.select_for_update(of=("self",)).get(pk=family.pk)
    if family.is_hidden:
        raise ActionRefused(
            "This family's record has just been merged with another. Offer that record instead."
        )
    _validate_offer(family, to_site)
    move = FamilyMove.objects.create(
        family=family,
        from_site=family.site,
        to_site=to_site,
        reason=reason,
        offered_by=by,
        offered_at=timezone.now(),
    )
    notify_about_move(
        list_move_answerers(family, to_site.pk), "A family is offered to your site", move, by=by
    )
    return move


def _validate_offer(family: Family, to_site: Site) -> None:
    problems = find_offer_errors(
        to_same_site=to_site.pk == family.site_id,
        is_open=Site.objects.open_on(timezone.localdate()).filter(pk=to_site.pk).exists(),
        is_offered=FamilyMove.objects.live().open().filter(family=family).exists(),
        restricted=family.restricted,
        answerable=list_move_answerers(family, to_site.pk).exists(),
    )
    if problems:
        raise ActionRefused(problems)


@transaction.atomic
def accept_move(*, move: FamilyMove, lead: User, hand_over_until: date, by: User) -> FamilyMove:
    """The family and its open work are this site's now; both sites read until the last day of the hand-over."""
    move = _lock_move(move, to=MoveStatus.ACCEPTED)
    may_lead = query_possible_leads(move.to_site_id).filter(pk=lead.pk).exists()
    refuse_all(
        {
            "hand_over_until": find_hand_over_error(day=hand_over_until, on=timezone.localdate()),
            "lead": "" if may_lead else f"Choose someone who writes records at {move.to_site}.",
        }
    )
    leads = [episode.lead for episode in query_open_episodes(move.family).select_related("lead")]
    move.lead, move.hand_over_until, move.moved = lead, hand_over_until, []
    _move_family_and_work(move, leads, by)
    _save_answer(move, MoveStatus.ACCEPTED, by)
    notify_about_move([move.offered_by, lead, *leads], "A family's move was accepted", move, by=by)
    return move


def _move_family_and_work(move: FamilyMove, leads: list[User], by: User) -> None:
    """Everything that moves, each change noted in ``move.moved``."""
    family = move.family
    place = find_current_place(family, timezone.localdate()) or family.place
    change_and_record(family, move.moved, site=move.to_site, place=place)
    move_open_work(family, site=move.to_site, lead=move.lead, ledger=move.moved)
    move_grants(move, leads=leads, by=by, ledger=move.moved)


@transaction.atomic
def decline_move(*, move: FamilyMove, why: str, by: User) -> FamilyMove:
    """The family stays where it is; whoever offered it hears that there is an answer."""
    move = _lock_move(move, to=MoveStatus.DECLINED, reason=why)
    _save_answer(move, MoveStatus.DECLINED, by, why)
    notify_about_move([move.offered_by], "A family's move was declined", move, by=by)
    return move


@transaction.atomic
def withdraw_move(*, move: FamilyMove, by: User, why: str = "") -> FamilyMove:
    """Not offered any more: the other site no longer reads the family, and need not answer."""
    move = _lock_move(move, to=MoveStatus.WITHDRAWN)
    _save_answer(move, MoveStatus.WITHDRAWN, by, why)
    notify_about_move(
        list_move_answerers(move.family, move.to_site_id), "An offer of a family was withdrawn", move, by=by
    )
    return move


def _save_answer(move: FamilyMove, status: str, by: User, why: str = "") -> None:
    move.status, move.answered_by, move.answered_at, move.answer = status, by, timezone.now(), why
    move.save()


@transaction.atomic
def call_back_move(*, move: FamilyMove, why: str, by: User) -> FamilyMove:
    """Undo a wrong move: all that moved goes back. What came later stays as it is, and the page lists it."""
    move = _lock_move(move, to=MoveStatus.CALLED_BACK, reason=why)
    _validate_newest(move)
    took_over = move.lead
    revert_changes(move.moved)
    # A risk alert is never left with a site that no longer reads the family: it is everybody's at this one.
    query_open_alerts(move.family).exclude(site=move.from_site).update(site=move.from_site, lead=None)
    move.status, move.answer = MoveStatus.CALLED_BACK, why
    move.called_back_by, move.called_back_at = by, timezone.now()
    move.save()
    leads = [episode.lead for episode in query_open_episodes(move.family).select_related("lead")]
    concerned = [move.offered_by, move.answered_by, took_over, *leads]
    notify_about_move(concerned, "A family's move was reversed", move, by=by)
    return move


def _validate_newest(move: FamilyMove) -> None:
    later = FamilyMove.objects.live().filter(family=move.family, offered_at__gt=move.offered_at)
    if later.filter(status__in=(MoveStatus.OFFERED, MoveStatus.ACCEPTED)).exists():
        raise ActionRefused("The family has since been offered or moved again. Reverse that move first.")


def _lock_move(move: FamilyMove, *, to: str, reason: str = "-") -> FamilyMove:
    """The move and its family, each under a lock, if the step is legal: of two answers the first counts."""
    moves = FamilyMove.objects.live().select_related("from_site", "to_site", "offered_by", "answered_by")
    move = moves.select_for_update(of=("self",)).get(pk=move.pk)
    if problems := find_move_step_errors(status=move.status, to=to, reason=reason):
        raise ActionRefused(problems)
    move.family = Family.objects.select_for_update(of=("self",)).select_related("site").get(pk=move.family_id)
    return move
