"""Rules of an ending: the fields required to complete it, and outstanding work."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices

from interventions.episodes.rules import EndingReason


class EndingDiscussion(TextChoices):
    """With whom the ending was discussed. That it was not possible is a fact, not a failing."""

    ALL = "all", "With the family"
    SOME = "some", "With some of the family"
    NONE = "none", "It could not be discussed with the family"


class EndingTiming(TextChoices):
    """Whether the ending was planned."""

    PLANNED = "yes", "Planned"
    SOONER = "no", "Sooner than planned"


# Reasons under which the ending could not have been planned with the family.
SENSITIVE_NOTICES: dict[str, str] = {
    EndingReason.LOST_TOUCH: "Families lose touch for many reasons, and can always come back. Record what "
    "you tried, and do not guess at reasons.",
    EndingReason.BABY_DIED: "After a baby has died, no letter, card or keepsake is started automatically. "
    "Ask the family what they want.",
}


@dataclass(frozen=True)
class OutstandingItem:
    """One outstanding item at the ending: what it is, the page where it is dealt with, whose it is."""

    code: str
    subject_id: UUID
    what: str
    href: str = ""
    who: str = ""
    # False: it may stay open after the ending, with its owner (a note can still be signed).
    settle: bool = True

    @property
    def key(self) -> str:
        return f"{self.code}:{self.subject_id}"


def find_missing_ending_fields(*, said: Mapping[str, str]) -> dict[str, str]:
    """What is missing before an ending can be completed, by field; {} when nothing is."""
    asked = {
        "ended_on": "Enter the last day.",
        "reason": "Enter why it ends.",
        "together": "Choose whether the ending was discussed with the family.",
        "planned": "Choose whether the ending was planned.",
        "summary": "Enter what has changed, in words the family would recognise.",
        "held_next_by": "Enter who will support the family next.",
    }
    return {name: words for name, words in asked.items() if not said.get(name)}


def find_unsettled_items(
    open_work: Iterable[OutstandingItem], handed_on: Mapping[str, str]
) -> dict[str, str]:
    """What to do about each item that is neither closed nor handed on, by its key."""
    return {
        each.key: "Close it, or choose who will take it over."
        for each in open_work
        if each.settle and not handed_on.get(each.key)
    }
