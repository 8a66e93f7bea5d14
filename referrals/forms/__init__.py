"""Forms of referral: each page of a door, the same as one sheet for the API, and the decision."""

from referrals.forms.decision import Decision
from referrals.forms.own_help import OwnHelp
from referrals.forms.pages import BabyFormSet, CarerFormSet, NoticedPage, PermissionPage, WholeReferral

__all__ = [
    "BabyFormSet",
    "CarerFormSet",
    "Decision",
    "NoticedPage",
    "OwnHelp",
    "PermissionPage",
    "WholeReferral",
]
