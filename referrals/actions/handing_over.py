"""Referrals are handed to a colleague of the same team when somebody leaves."""

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet

from pairs.service.links import full_address
from pairs.service.models import User
from pairs.service.refusals import Refused
from referrals.models import Referral


@transaction.atomic
def hand_over_referrals(*, whose: User, to: User, by: User) -> int:
    """Every referral of one's own, or of a colleague who has left, is another's from now on. How many there were.

    Within one team alone; whose they were stays in the history.
    """
    errors = {}
    if whose not in may_be_handed_over(by):
        errors["whose"] = "Choose your own referrals, or those of a colleague of your team who has left."
    if to == whose or to not in may_take_over(by):
        errors["to"] = "Choose somebody else of your team."
    if errors:
        raise Refused(errors)
    theirs = Referral.objects.live().filter(referrer=whose, team=by.team).select_for_update(of=("self",))
    count = sum(1 for referral in theirs if referral.change(referrer=to))
    if count and to.email and to != by:
        link = full_address("my-referrals")
        words = f"Sign in to PaIRS to see them:\n\n{link}\n"
        send_mail("Referrals were handed over to you", words, None, [to.email])
    return count


def may_be_handed_over(by: User) -> QuerySet[User]:
    """Whose referrals this person may hand on: their own, and those of the team's members who have left."""
    team = User.objects.filter(team=by.team_id) if by.team_id else User.objects.none()
    gone = team.filter(is_active=False, referrals__team=by.team_id)
    return (team.filter(pk=by.pk) | gone).distinct().order_by("display_name")


def may_take_over(by: User) -> QuerySet[User]:
    """Members of the team who still refer."""
    members = User.objects.filter(team=by.team_id) if by.team_id else User.objects.none()
    return members.who_may("make_referrals")
