"""Refuses a password that is easy to guess, however long: repeated words, runs of keys, names of the service."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from pairs.code_lists.reference import PLACES, SITES

# zxcvbn's highest score: more than 10^10 guesses, which it calls very unguessable.
NEEDED_SCORE = 4
JUDGED_LENGTH = 100  # its work grows with the length; what a hundred characters do not say, more will not
# What must be left once the words that anybody here would try are taken away: our own number.
NEEDED_OWN_LETTERS = 8
# What somebody who knows the service would try first, and what people count and date with.
SERVICE_WORDS = (
    "pairs nhs lancashire cumbria south north east west parent infant relationship service team hub "
    "password passphrase secret login demo welcome admin user account "
    "health visitor midwife perinatal mental practitioner psychologist psychotherapist therapist "
    "clinical family families mother father mum dad baby babies child children trust foundation "
    "manchester salford bolton bury oldham rochdale wigan stockport tameside liverpool merseyside southport "
    "leeds bradford yorkshire keighley skipton kendal windermere"
)
COMMON_WORDS = (
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday spring summer autumn winter "
    "zero one two three four five six seven eight nine ten and the with of for my our your"
)
# Phrases that are quoted wherever long passwords are explained or keyboards are tried.
FAMOUS_PHRASES = (
    "correct horse battery staple",
    "the quick brown fox jumps over the lazy dog",
    "supercalifragilisticexpialidocious",
    "antidisestablishmentarianism",
    "lorem ipsum dolor sit amet",
    "to be or not to be that is the question",
    "twinkle twinkle little star",
    "mary had a little lamb",
    "may the force be with you",
    "you shall not pass",
)
# The signs above the figures of a British or American keyboard, as the figures.
_UNSHIFTED = str.maketrans('!"£@#$%^&*()', "122234567890")


class GuessableValidator:
    """For AUTH_PASSWORD_VALIDATORS. zxcvbn reads its lists when the first password is chosen, and not before."""

    def validate(self, password: str, user: Any = None) -> None:
        from zxcvbn import zxcvbn

        near = list_near_words(user)
        guesses = (
            zxcvbn(each[:JUDGED_LENGTH], user_inputs=near, max_length=JUDGED_LENGTH)["score"] < NEEDED_SCORE
            for each in _list_readings(password)
        )
        if not has_own_words(password, near) or any(guesses):
            raise ValidationError(
                "That password is too easy to guess. Choose four or more words that do not belong together, "
                "without names, places or repeats.",
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return "Choose four or more words that do not belong together, without names, places or repeats."


def _list_readings(password: str) -> Iterator[str]:
    """The password as it is; with figures for the signs above them; and without what stands between its letters."""
    plain = unicodedata.normalize("NFKC", password)
    yield plain
    yield from {plain.translate(_UNSHIFTED), re.sub(r"[\W_]", "", plain)} - {plain}


def has_own_words(password: str, near: list[str]) -> bool:
    """Is enough left of its letters without famous phrases and words that belong to the service or the person?

    Figures and signs around such words add little. Where no more than half of the letters are of such words it is
    not for this rule: a random password may have few letters.
    """
    typed = letters = re.sub(r"[\W\d_]", "", unicodedata.normalize("NFKC", password).casefold())
    phrases = [re.sub(r"\W", "", phrase) for phrase in FAMOUS_PHRASES]
    known = [*phrases, *near, *COMMON_WORDS.split()]
    for word in sorted({each.casefold() for each in known if len(each) > 1}, key=len, reverse=True):
        letters = letters.replace(word, " ")
    left = sum(len(each) for each in letters.split() if not any(each in phrase for phrase in phrases))
    return left >= min(NEEDED_OWN_LETTERS, len(typed) / 2)


def list_near_words(user: Any = None) -> list[str]:
    """Words of the service and of this person."""
    places = [str(row[1]) for row in (*SITES, *PLACES)]
    person = [user.username, user.display_name, user.profession, user.email] if user else []
    words = re.findall(r"\w+", " ".join([settings.SERVICE_NAME, *places, *person]).lower())
    return sorted({*SERVICE_WORDS.split(), *words, *(each.lower() for each in person)} - {""})
