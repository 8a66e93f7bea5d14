"""Page one: what the month says, in sentences made of published texts alone."""

from collections.abc import Mapping

from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS
from reporting.evidence.disclosure import SUPPRESSED

# heading of a figure → the sentence when it is shown. {n}: its text. Left out where it is hidden.
SENTENCES = (
    (("Babies referred", "Babies accepted"), "Babies referred in the month: {0}. Accepted: {1}."),
    (
        (f"First contact within {FOUR_WEEK_LIMIT_DAYS} days", "Wait for the first contact: median"),
        "First contacts that came within four weeks of the referral: {0}. The median wait was {1}.",
    ),
    (
        ("Waiting for a first contact on the last day", "Waiting over 4 weeks"),
        "Waiting for a first contact on the last day: {0}. Of these, over four weeks: {1}.",
    ),
    (
        ("Babies seen", "Not brought, of those not cancelled"),
        "Babies seen: {0}. Not brought, of their attendances that no one cancelled: {1}.",
    ),
    (
        ("Episodes open on the last day", "Babies whose episode ended", "Moved by 3 points or more"),
        "Episodes open on the last day: {0}. Babies whose episode ended: {1}. Their goals that moved by three "
        "points or more: {2}.",
    ),
)
FEW = "not shown, to protect small numbers"


def build_sentences(headline: Mapping[str, str]) -> list[str]:
    """Those of which at least one figure may be shown; a hidden one is said to be."""
    found = []
    for headings, words in SENTENCES:
        texts = [headline.get(each, SUPPRESSED) for each in headings]
        if any(text != SUPPRESSED for text in texts):
            found.append(words.format(*(FEW if text == SUPPRESSED else text for text in texts)))
    return found
