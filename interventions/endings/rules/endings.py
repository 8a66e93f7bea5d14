"""An ending: what has to be said before the work can end, and what is still open then."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

# With whom the ending was thought through. Nobody is blamed: that it could not be done together is a fact.
TOGETHER = [
    ("all", "With the family"),
    ("some", "With some of the family"),
    ("none", "It could not be talked over with the family"),
]
PLANNED = [("yes", "Planned"), ("no", "Sooner than planned")]
# NHS Data Dictionary reasons under which nobody could have planned the ending with the family.
LOST_TOUCH, BABY_DIED = "05", "06"
GENTLE_WORDS = {
    LOST_TOUCH: "Families lose touch for many reasons, and the door stays open. Write down what you tried, and "
    "leave out guesses about why.",
    BABY_DIED: "No letter, card or keepsake is begun by itself after a baby has died. Ask the family what they want.",
}


@dataclass(frozen=True)
class Open:
    """One thing still open when the work ends: what it is, where it is dealt with, whose it is."""

    code: str
    subject_id: UUID
    what: str
    href: str = ""
    who: str = ""
    # False: it may stay open after the ending and stays with whoever it is of (a note can still be signed).
    settle: bool = True

    @property
    def key(self) -> str:
        return f"{self.code}:{self.subject_id}"


def why_not_complete(*, said: Mapping[str, str]) -> dict[str, str]:
    """{} when everything that an ending has to say is said, else what is missing, by field."""
    asked = {
        "ended_on": "Give the last day.",
        "reason": "Say why it ends.",
        "together": "Say whether the ending was talked over with the family.",
        "planned": "Say whether the ending was planned.",
        "summary": "Say what has changed, in words the family would recognise.",
        "held_next_by": "Say who holds the family next.",
    }
    return {name: words for name, words in asked.items() if not said.get(name)}


def why_not_settled(open_work: Iterable[Open], handed_on: Mapping[str, str]) -> dict[str, str]:
    """{} when each open thing is closed or handed on; else by its key what to do."""
    return {
        each.key: "Close it, or say who takes it on."
        for each in open_work
        if each.settle and not handed_on.get(each.key)
    }
