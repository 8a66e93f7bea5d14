"""What a referrer may see of a referral's progress."""

from datetime import timedelta

from django.utils.translation import gettext_noop

from referrals.rules.choices import PermissionBasis

# The service's own aim: a new referral is first read within four working hours.
FIRST_READ_AIM = gettext_noop("within four working hours")
# Our choice too: the author of an unsent draft is reminded once, after a day.
UNSENT_REMINDER_AFTER = timedelta(days=1)


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
    "safeguarding": "We will call you straight away about any safeguarding concern.",
    "contact_details": "You may ask the lead how to reach the family.",
}


def describe_agreed_sharing(agreed: frozenset[str] | None) -> list[str]:
    """A sentence for each topic the family has agreed to share with the referrer."""
    return [words for code, words in _SHARING_SENTENCES.items() if agreed and code in agreed]
