"""Forms of referral: each page of a door, the same as one sheet for the API, and the decision."""

from referrals.forms.decision import Decision
from referrals.forms.own_help import OwnHelp
from referrals.forms.pages import (
    CallerPage,
    IntroducedPage,
    InvolvedPage,
    MeetingPage,
    NoticedPage,
    PermissionPage,
    WholeReferral,
)
from referrals.forms.people import BabyFormSet, CarerFormSet
from referrals.forms.replies import ReplyForm, ReplyFormSet, drafts_for, replies_form, reply_formset

__all__ = [
    "BabyFormSet",
    "CallerPage",
    "CarerFormSet",
    "Decision",
    "IntroducedPage",
    "InvolvedPage",
    "MeetingPage",
    "NoticedPage",
    "OwnHelp",
    "PermissionPage",
    "ReplyForm",
    "ReplyFormSet",
    "WholeReferral",
    "drafts_for",
    "replies_form",
    "reply_formset",
]
