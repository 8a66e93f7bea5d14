"""What a family asked for in a referral, so that it is at hand when a visit is booked and before one goes."""

from referrals.models import Referral
from referrals.rules.choices import PREFERRED_PLACES


def list_meeting_wishes(referral: Referral) -> list[str]:
    """How and with whom they would like to meet, who is at home and who else is involved, in words."""
    said = (
        ("Would like to meet", dict(PREFERRED_PLACES[1:]).get(referral.preferred_place, "")),
        ("Comes along", referral.who_comes),
        ("Good times", referral.best_times),
        ("Do not contact", referral.unsafe_times),
        ("At home", referral.at_home),
        ("Who else is involved", referral.others_involved),
    )
    lines = [f"{label}: {' '.join(words.split())}" for label, words in said if words.strip()]
    return lines + ([describe_joint_visit(referral)] if referral.first_visit_together else [])


def get_referrer_name(referral: Referral) -> str:
    """Who made the referral, as we would say it."""
    name = str(referral.referrer or "") or referral.asker_name or "the referrer"
    return f"{name} ({referral.asker_role})" if referral.asker_role else name


def describe_joint_visit(referral: Referral) -> str:
    """That the referrer comes to the first visit, and whether they have been told when it is."""
    told = "" if referral.referrer_told_at else "; they have not been told the date"
    return f"{get_referrer_name(referral)} will join the first visit{told}"
