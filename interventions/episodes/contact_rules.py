"""The rules of one contact: its kind, how a baby was there, what is a late entry, who countersigns.

Pure, like rules.py: no rows and no clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from interventions.episodes.rules import MECHANISMS, PRESENT

KINDS = [
    ("family", "With the family"),
    ("message", "A message"),
    ("liaison", "About the family, with a colleague"),
]
# Written messages. Nationally they are no direct contact (MHSDS: mechanisms 01, 02, 04 and 11 alone are).
MESSAGES = ("09", "05")
FAMILY_MECHANISMS = [each for each in MECHANISMS if each[0] not in MESSAGES]
MESSAGE_MECHANISMS = [each for each in MECHANISMS if each[0] in MESSAGES]
# By telephone, by relayed talk and in writing nobody is seen.
OUT_OF_SIGHT = {"02", "04", *MESSAGES}


def kind_of(mechanism: str) -> str:
    """The kind of a contact with a family, by how it was made: what is written is a message."""
    return "message" if mechanism in MESSAGES else "family"


def why_not_kind(*, kind: str, mechanism: str, people: int, colleagues: int) -> dict[str, str]:
    """Errors by field: who has to be named for which kind of contact."""
    if kind == "liaison":
        if people:
            return {"participants": "When the family was there too, it is a contact with the family."}
        return {} if colleagues else {"others": "Say with whom you spoke."}
    if kind != kind_of(mechanism):
        return {"mechanism": "A text or an e-mail is a message; anything else is a contact with the family."}
    return {} if people else {"participants": "Say who was expected."}


# How a baby was there: each says the ones before it too.
BABY = [
    ("present", "Was there, but we did not see them"),
    ("seen", "Was there, and we saw them"),
    ("observed", "Was there, and we watched baby and carer together"),
]
LEVELS = [level for level, _ in BABY]


@dataclass(frozen=True)
class BabyFacts:
    """Three facts of their own: was there; was seen by us; was watched together with a carer."""

    present: bool
    seen: bool
    observed: bool


def usual_baby(*, born: bool) -> str:
    """A baby who came was seen; one not born yet was there with whoever carries them."""
    return "seen" if born else "present"


def baby_facts(*, attendance: str, mechanism: str, born: bool, said: str = "") -> BabyFacts:
    """What is kept of a baby's being there; what could not be (a baby seen by telephone) is not kept."""
    there = attendance in PRESENT and mechanism not in MESSAGES
    level = LEVELS.index(said or usual_baby(born=born))
    if not _in_sight(attendance, mechanism, born):
        level = 0
    return BabyFacts(present=there, seen=there and level >= 1, observed=there and level >= 2)


def _in_sight(attendance: str, mechanism: str, born: bool) -> bool:
    return born and mechanism not in OUT_OF_SIGHT and attendance != "late_not_seen"


def why_not_baby(*, attendance: str, mechanism: str, born: bool, said: str) -> str:
    """'' when that can be said of the baby, else why not. Only watching has to be possible: seeing is the default."""
    if said != "observed":
        return ""
    if attendance not in PRESENT:
        return "A baby who was not there was not watched."
    return "" if _in_sight(attendance, mechanism, born) else "The baby could not be watched then."


def is_late(*, ended_at: datetime, written_at: datetime, hours: int) -> bool:
    """A late entry: written up more than so many hours after the contact was over.

    How many is local policy (settings.LATE_ENTRY_HOURS), not a national rule.
    """
    return written_at - ended_at > timedelta(hours=hours)


COUNTERSIGNING = [
    ("waiting", "Waiting to be countersigned"),
    ("returned", "An amendment was asked for"),
    ("done", "Countersigned"),
]
# What a reader may do about a trainee's signed note, by how it stands.
COUNTERSIGN_MOVES = {"waiting": ("done", "returned")}


def after_signing(*, trainee: bool) -> str:
    """How a note stands once its author has signed it."""
    return "waiting" if trainee else ""


def after_amending(state: str, *, trainee: bool) -> str:
    """A trainee's words wait to be read, and what was given back waits again once somebody has amended it."""
    return "waiting" if trainee or state == "returned" else state


def why_not_countersigned(*, state: str, wrote_it: bool, trainee: bool, supervises: bool, leads: bool) -> str:
    """'' when this person may countersign the note or give it back, else why not."""
    if state not in COUNTERSIGN_MOVES:
        return "This note does not wait to be countersigned."
    if wrote_it:
        return "Somebody else countersigns what you wrote."
    if trainee or not (supervises or leads):
        return "A supervisor of the site or the episode's lead countersigns."
    return ""


MOVED_TO_ITSELF = "It stands in this episode already. Choose another one."


def described(*, name: str, role: str, organisation: str) -> str:
    """A colleague of another service, in words."""
    known = ", ".join(filter(None, [role, organisation]))
    return f"{name} ({known})" if known else name
