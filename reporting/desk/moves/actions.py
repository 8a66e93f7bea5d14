"""What is done to moves between sites: offered, accepted with all open work, declined, withdrawn, called back."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from interventions.episodes.models import leads_at
from pairs.families.models import Family, FamilyMove
from pairs.service.models import Site, User
from pairs.service.refusals import Refused
from reporting.desk.moves.ledger import shift, take_back
from reporting.desk.moves.open_work import (
    move_grants,
    move_open_work,
    open_alerts,
    open_episodes,
    place_now,
)
from reporting.desk.moves.rules import why_not_hand_over_until, why_not_offer, why_not_step
from reporting.desk.moves.telling import answerers, tell


@transaction.atomic
def offer_move(*, family: Family, to_site: Site, reason: str, by: User) -> FamilyMove:
    """Offer the family to another site: from now on people there may read it, and are told."""
    family = Family.objects.select_for_update(of=("self",)).get(pk=family.pk)
    if family.is_out_of_sight:
        raise Refused("This family's record was merged with another a moment ago. Offer that one.")
    _check_offer(family, to_site)
    move = FamilyMove.objects.create(
        family=family,
        from_site=family.site,
        to_site=to_site,
        reason=reason,
        offered_by=by,
        offered_at=timezone.now(),
    )
    tell(answerers(family, to_site.pk), "A family is offered to your site", move, by=by)
    return move


def _check_offer(family: Family, to_site: Site) -> None:
    problems = why_not_offer(
        to_same_site=to_site.pk == family.site_id,
        is_open=Site.objects.open_on(timezone.localdate()).filter(pk=to_site.pk).exists(),
        is_offered=FamilyMove.objects.live().open().filter(family=family).exists(),
        restricted=family.restricted,
        answerable=answerers(family, to_site.pk).exists(),
    )
    if problems:
        raise Refused(problems)


@transaction.atomic
def accept_move(*, move: FamilyMove, lead: User, hand_over_until: date, by: User) -> FamilyMove:
    """The family and its open work are this site's now; both sites read until the last day of the hand-over."""
    move = _locked(move, to="accepted")
    if problem := why_not_hand_over_until(day=hand_over_until, on=timezone.localdate()):
        raise Refused({"hand_over_until": problem})
    if not leads_at(move.to_site_id).filter(pk=lead.pk).exists():
        raise Refused({"lead": f"Choose somebody who writes records at {move.to_site}."})
    leads = [episode.lead for episode in open_episodes(move.family).select_related("lead")]
    move.lead, move.hand_over_until, move.moved = lead, hand_over_until, []
    _bring_along(move, leads, by)
    _answer(move, FamilyMove.ACCEPTED, by)
    tell([move.offered_by, lead, *leads], "A family's move was accepted", move, by=by)
    return move


def _bring_along(move: FamilyMove, leads: list[User], by: User) -> None:
    """Everything that moves, each change noted in ``move.moved``."""
    family = move.family
    place = place_now(family, timezone.localdate()) or family.place
    shift(family, move.moved, site=move.to_site, place=place)
    move_open_work(family, site=move.to_site, lead=move.lead, ledger=move.moved)
    move_grants(move, leads=leads, by=by, ledger=move.moved)


@transaction.atomic
def decline_move(*, move: FamilyMove, why: str, by: User) -> FamilyMove:
    """The family stays where it is; whoever offered it hears that there is an answer."""
    move = _locked(move, to="declined", reason=why)
    _answer(move, FamilyMove.DECLINED, by, why)
    tell([move.offered_by], "A family's move was declined", move, by=by)
    return move


@transaction.atomic
def withdraw_move(*, move: FamilyMove, by: User, why: str = "") -> FamilyMove:
    """Not offered any more: the other site no longer reads the family, and need not answer."""
    move = _locked(move, to="withdrawn")
    _answer(move, FamilyMove.WITHDRAWN, by, why)
    tell(answerers(move.family, move.to_site_id), "An offer of a family was withdrawn", move, by=by)
    return move


def _answer(move: FamilyMove, status: str, by: User, why: str = "") -> None:
    move.status, move.answered_by, move.answered_at, move.answer = status, by, timezone.now(), why
    move.save()


@transaction.atomic
def call_back_move(*, move: FamilyMove, why: str, by: User) -> FamilyMove:
    """Undo a wrong move: all that moved goes back. What came later stays as it is, and the page lists it."""
    move = _locked(move, to="called_back", reason=why)
    _check_newest(move)
    took_over = move.lead
    take_back(move.moved)
    # A risk alert is never left with a site that no longer reads the family: it is everybody's at this one.
    open_alerts(move.family).exclude(site=move.from_site).update(site=move.from_site, lead=None)
    move.status, move.answer = FamilyMove.CALLED_BACK, why
    move.called_back_by, move.called_back_at = by, timezone.now()
    move.save()
    leads = [episode.lead for episode in open_episodes(move.family).select_related("lead")]
    concerned = [move.offered_by, move.answered_by, took_over, *leads]
    tell(concerned, "A family's move was called back", move, by=by)
    return move


def _check_newest(move: FamilyMove) -> None:
    later = FamilyMove.objects.live().filter(family=move.family, offered_at__gt=move.offered_at)
    if later.filter(status__in=(FamilyMove.OFFERED, FamilyMove.ACCEPTED)).exists():
        raise Refused("The family has been offered or has moved on since. Call that move back first.")


def _locked(move: FamilyMove, *, to: str, reason: str = "-") -> FamilyMove:
    """The move and its family, each under a lock, if the step is legal: of two answers the first counts."""
    moves = FamilyMove.objects.live().select_related("from_site", "to_site", "offered_by", "answered_by")
    move = moves.select_for_update(of=("self",)).get(pk=move.pk)
    if problems := why_not_step(status=move.status, to=to, reason=reason):
        raise Refused(problems)
    move.family = Family.objects.select_for_update(of=("self",)).select_related("site").get(pk=move.family_id)
    return move
