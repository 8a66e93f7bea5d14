"""The village: who is around the child, what each may be told, and the letters that tell it."""

from pairs.village.models.letters import Letter, LetterAbout, LetterPart
from pairs.village.models.members import VillageMember, query_referrer_accounts, query_referrers
from pairs.village.models.sharing import DisclosureLimit, SharingAgreement

__all__ = [
    "DisclosureLimit",
    "Letter",
    "LetterAbout",
    "LetterPart",
    "SharingAgreement",
    "VillageMember",
    "query_referrer_accounts",
    "query_referrers",
]
