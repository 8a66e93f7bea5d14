"""Whether a form that is sent again says what it said when it was saved, and where it goes if it does not."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from django.utils.crypto import salted_hmac

from pairs.submissions.models import Submission
from pairs.web.typed_text import unify_line_ends

# What a page carries beside the words: marks of what it showed, and how many rows its script has added.
MARKS = {"shown", "seen", "window", "warned"}
ROW_COUNTS = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-MIN_NUM_FORMS", "-MAX_NUM_FORMS")


def is_typed(name: str) -> bool:
    """Whether the field of this name is somebody's answer, and none of the page's own."""
    return name not in MARKS and not name.endswith(ROW_COUNTS)


def compute_form_digest(token: Any, values: Mapping[str, Iterable[str]]) -> str:
    """A mark of what a form said, the same whatever its order, its line ends, its empty rows and blanks around a text.

    ``values``: {field: what was posted}. Nobody who lacks the service's key can tell words from it.
    """
    typed = {
        name: [unify_line_ends(each).strip() for each in texts]
        for name, texts in values.items()
        if is_typed(name)
    }
    return compute_digest(token, {name: texts for name, texts in typed.items() if any(texts)})


def compute_digest(token: Any, values: Any) -> str:
    """A mark of what JSON says, whatever the order of its keys. ``token``: the form's, or the API's key."""
    text = json.dumps(values, sort_keys=True, default=str)
    return salted_hmac(f"pairs.submissions:{token}", text, algorithm="sha256").hexdigest()


def is_said_again(saved: Submission, values: Mapping[str, Iterable[str]]) -> bool:
    """Whether these are the words that it was saved with."""
    return has_digest(saved, compute_form_digest(saved.pk, values))


def has_digest(saved: Submission, words_digest: str) -> bool:
    """Whether it was saved with words of this mark; where either has none, nobody knows better."""
    return "" in (saved.words_digest, words_digest) or saved.words_digest == words_digest


def get_next_token(token: UUID) -> UUID:
    """Under which a form is saved that has been saved, and says something else now.

    The same for everyone who asks, so that what is sent twice from there makes one record too.
    """
    return uuid5(token, "again")


@dataclass(frozen=True)
class SentAgain:
    """What a saved form says when it is sent once more.

    ``saved``: what was saved from it last, or what was saved with these very words (``is_same``). ``token``: under
    which words that are not saved yet may be.
    """

    saved: Submission
    token: UUID
    is_same: bool


def compare_with_saved(saved: Submission, values: Mapping[str, Iterable[str]]) -> SentAgain:
    """``values``: what is sent now, of a form that was saved. Other words may have been saved from it since, too."""
    later: Submission | None = saved
    token = saved.pk
    while later is not None and later.used_at:
        if is_said_again(later, values):
            return SentAgain(later, token, is_same=True)
        saved, token = later, get_next_token(token)
        later = Submission.objects.filter(pk=token, user=saved.user_id).first()
    return SentAgain(saved, token, is_same=False)
