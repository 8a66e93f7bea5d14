"""Page one: what the month says, in sentences made of published texts alone."""

from collections.abc import Mapping

from referrals.rules.clocks import FOUR_WEEK_LIMIT_DAYS
from reporting.evidence.disclosure import SUPPRESSED

# heading of a figure → the sentence when it is shown. {n}: its text. Left out where it is hidden.
SENTENCES = (
    (
        ("Babies referred", "Babies accepted"),
        "{0} babies were referred in the month and {1} were accepted, to the nearest five.",
    ),
    (
        (f"First contact within {FOUR_WEEK_LIMIT_DAYS} days", "Wait for the first contact: median"),
        "Of first contacts, {0} came within four weeks of the referral; the middle wait was {1}.",
    ),
    (
        ("Waiting for a first contact on the last day", "Waiting over 4 weeks"),
        "On the last day {0} were waiting for a first contact; over four weeks: {1}.",
    ),
    (
        ("Babies seen", "Not brought, of those not cancelled"),
        "{0} babies were seen. Of their attendances that no one cancelled, not brought: {1}.",
    ),
    (
        ("Episodes open on the last day", "Babies whose episode ended"),
        "{0} episodes were open on the last day; {1} babies’ episodes ended in the month.",
    ),
)
FEW = "not shown, to protect small numbers"


def build_sentences(headline: Mapping[str, str]) -> list[str]:
    """Those of which at least one figure may be shown; a hidden one is said to be."""
    found = []
    for headings, words in SENTENCES:
        texts = [headline.get(each, SUPPRESSED) for each in headings]
        if any(text != SUPPRESSED for text in texts):
            found.append(_capitalise(words.format(*(FEW if text == SUPPRESSED else text for text in texts))))
    return found


def _capitalise(words: str) -> str:
    return words[0].upper() + words[1:]
