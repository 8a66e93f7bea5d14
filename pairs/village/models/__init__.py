"""The village: who is around the child, what each may be told, and the letters that tell it."""

from pairs.village.models.letters import Letter, LetterAbout, LetterPart
from pairs.village.models.members import VillageMember, accounts, referrers_of
from pairs.village.models.sharing import DisclosureLimit, SharingAgreement

__all__ = [
    "DisclosureLimit",
    "Letter",
    "LetterAbout",
    "LetterPart",
    "SharingAgreement",
    "VillageMember",
    "accounts",
    "referrers_of",
]
