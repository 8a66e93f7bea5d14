"""What the codes in the fields of referrals mean (pairs/families/field_words.py)."""

from referrals.rules.choices import PREFERRED_PLACES, SOURCES

CODE_WORDS = {"preferred_place": dict(PREFERRED_PLACES), "source_code": dict(SOURCES)}
