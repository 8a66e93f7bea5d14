"""Referrals are handed to a colleague of the same team when somebody leaves."""

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet

from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.models import Referral


@transaction.atomic
def hand_over_referrals(*, whose: User, to: User, by: User) -> int:
    """Transfer all referrals of one referrer (oneself, or a colleague who has left); returns how many.

    Only within one team. The history keeps the former referrer.
    """
    errors = {}
    if whose not in list_handover_sources(by):
        errors["whose"] = "Choose your own referrals, or those of a colleague who has left your team."
    if to == whose or to not in list_handover_recipients(by):
        errors["to"] = "Choose someone else in your team."
    if errors:
        raise ActionRefused(errors)
    theirs = Referral.objects.live().filter(referrer=whose, team=by.team).select_for_update(of=("self",))
    count = sum(1 for referral in theirs if referral.change(referrer=to))
    if count and to.email and to != by:
        link = build_absolute_url("my-referrals")
        words = f"Sign in to PaIRS to see them:\n\n{link}\n"
        send_mail("Referrals have been handed over to you", words, None, [to.email])
    return count


def list_handover_sources(by: User) -> QuerySet[User]:
    """Whose referrals this person may hand on: their own, and those of the team's members who have left."""
    team = User.objects.filter(team=by.team_id) if by.team_id else User.objects.none()
    gone = team.filter(is_active=False, referrals__team=by.team_id)
    return (team.filter(pk=by.pk) | gone).distinct().order_by("display_name")


def list_handover_recipients(by: User) -> QuerySet[User]:
    """Members of the team who still refer."""
    members = User.objects.filter(team=by.team_id) if by.team_id else User.objects.none()
    return members.with_permission("make_referrals")
