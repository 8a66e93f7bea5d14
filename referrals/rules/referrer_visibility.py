"""What a referrer may see of a referral's progress."""

from datetime import timedelta

from django.utils.translation import gettext_noop

from referrals.rules.choices import DECIDED_STATUSES, PermissionBasis, ReferralState

# The service's own aim: a new referral is first read within four working hours.
FIRST_READ_AIM = gettext_noop("within four working hours")
# Our choice too: the author of an unsent draft is reminded once, after a day.
UNSENT_REMINDER_AFTER = timedelta(days=1)
_NEXT_STEPS: dict[str, str] = {
    ReferralState.RECEIVED: f"The duty clinician reads it {FIRST_READ_AIM} and decides with the team what would help.",
    ReferralState.READ: "It has been read. The team decides what would help, and you will hear.",
    ReferralState.MORE_ASKED: "The duty clinician will be in touch with you to ask for a little more.",
    ReferralState.ACCEPTED: "The team will get in touch with the family, in the way they asked for.",
    ReferralState.CONSULTATION: "A clinician will arrange a time to think about the family with you.",
    ReferralState.NOT_ACCEPTED: "The duty clinician will tell you and the family where to turn instead.",
    ReferralState.WITHDRAWN: "Nothing more. You can refer again at any time.",
}


def describe_next_step(status: str, *, shared: bool) -> str:
    """What happens next, for the referrer; until the family agrees to share, no more than received or decided."""
    if shared or status not in DECIDED_STATUSES:
        return _NEXT_STEPS[status if shared else ReferralState.RECEIVED]
    return "It has been decided. The family knows, and may tell you more."


def may_see_progress(*, permission: str, agreed: frozenset[str] | None) -> bool:
    """May the referrer see more than received and decided? The family's latest sharing agreement decides.

    ``agreed``: what a live agreement lets them be told; None where the family has said nothing yet, and the
    permission that the referral came with still stands.
    """
    return permission == PermissionBasis.PARENT_AGREES if agreed is None else "involved" in agreed


# What a referrer hears as soon as the family has agreed to it, by what the agreement covers.
_SHARING_SENTENCES = {
    "involved": "The family has agreed that you may know that we are working with them.",
    "appointments": "You may ask the lead whether appointments were kept.",
    "plan": "You may ask the lead for the plan and its goals.",
    "progress": "You may ask the lead how it is going.",
    "measures": "You may ask the lead what the measures show.",
    "safeguarding": "We tell you about safeguarding at once, by phone.",
    "contact_details": "You may ask the lead how to reach the family.",
}


def describe_agreed_sharing(agreed: frozenset[str] | None) -> list[str]:
    """A sentence for each topic the family has agreed to share with the referrer."""
    return [words for code, words in _SHARING_SENTENCES.items() if agreed and code in agreed]


def describe_status_for_referrer(status: str, *, shared: bool) -> str:
    """The status in words; 'Received' or 'Decided' alone until the family has agreed to share."""
    if shared:
        return ReferralState(status).label
    return "Decided" if status in DECIDED_STATUSES else "Received"
