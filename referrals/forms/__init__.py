"""Forms of referral: one for each page, one for the whole referral (API), and the decision."""

from referrals.forms.carer_referral import CarerReferralForm
from referrals.forms.decision import DecisionForm
from referrals.forms.pages import (
    CallerPage,
    IntroducedPage,
    InvolvedPage,
    MeetingPage,
    NoticedPage,
    PermissionPage,
    WholeReferralForm,
)
from referrals.forms.people import BabyFormSet, CarerFormSet
from referrals.forms.replies import (
    ReplyForm,
    ReplyFormSet,
    build_replies_form,
    build_reply_formset,
    build_reply_rows,
)

__all__ = [
    "BabyFormSet",
    "CallerPage",
    "CarerFormSet",
    "CarerReferralForm",
    "DecisionForm",
    "IntroducedPage",
    "InvolvedPage",
    "MeetingPage",
    "NoticedPage",
    "PermissionPage",
    "ReplyForm",
    "ReplyFormSet",
    "WholeReferralForm",
    "build_replies_form",
    "build_reply_formset",
    "build_reply_rows",
]
