"""Rules of a contact: its kind, an infant's presence, late entries, countersigning.

Pure, like rules.py: no database and no clock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices

from interventions.episodes.rules import MISSED_ATTENDANCES, PRESENT_ATTENDANCES, Attendance, Mechanism


class ContactKind(TextChoices):
    FAMILY = "family", "With the family"
    MESSAGE = "message", "A message"
    LIAISON = "liaison", "About the family, with a colleague"


# Written messages. Nationally they are not direct contacts (MHSDS: only mechanisms 01, 02, 04 and 11 are).
MESSAGE_CODES = (Mechanism.TEXT_MESSAGE, Mechanism.EMAIL)
FAMILY_MECHANISMS = [each for each in Mechanism.choices if each[0] not in MESSAGE_CODES]
MESSAGE_MECHANISMS = [each for each in Mechanism.choices if each[0] in MESSAGE_CODES]
# Nobody is seen by telephone, through relayed speech or in writing.
UNSEEN_MECHANISMS = {Mechanism.TELEPHONE, Mechanism.TALK_TYPE, *MESSAGE_CODES}


def get_contact_kind(mechanism: str) -> str:
    """The kind of a contact with a family, from its mechanism: anything in writing is a message."""
    return ContactKind.MESSAGE if mechanism in MESSAGE_CODES else ContactKind.FAMILY


def find_contact_kind_errors(*, kind: str, mechanism: str, people: int, colleagues: int) -> dict[str, str]:
    """Errors by field: which people each kind of contact needs."""
    if kind == ContactKind.LIAISON:
        if people:
            return {"participants": "When the family was there too, it is a contact with the family."}
        return {} if colleagues else {"others": "Enter who you spoke to."}
    if kind != get_contact_kind(mechanism):
        return {"mechanism": "A text or an e-mail is a message; anything else is a contact with the family."}
    return {} if people else {"participants": "Choose who was expected."}


class PresenceLevel(TextChoices):
    """Levels of an infant's presence; each includes the ones before it."""

    PRESENT = "present", "Present, not observed"
    SEEN = "seen", "Present and seen"
    OBSERVED = "observed", "Present, observed with carer"


@dataclass(frozen=True)
class InfantPresence:
    """Three separate facts: was there; was seen by us; was observed together with a carer."""

    present: bool
    seen: bool
    observed: bool


def get_usual_presence(*, born: bool) -> str:
    """The usual level: an infant who came was seen; an unborn one was present."""
    return PresenceLevel.SEEN if born else PresenceLevel.PRESENT


def compute_infant_presence(*, attendance: str, mechanism: str, born: bool, said: str = "") -> InfantPresence:
    """The presence to record; an impossible level (an infant seen by telephone) is reduced."""
    there = attendance in PRESENT_ATTENDANCES and mechanism not in MESSAGE_CODES
    level = PresenceLevel.values.index(said or get_usual_presence(born=born))
    if not _can_be_seen(attendance, mechanism, born):
        level = 0
    return InfantPresence(present=there, seen=there and level >= 1, observed=there and level >= 2)


def _can_be_seen(attendance: str, mechanism: str, born: bool) -> bool:
    return born and mechanism not in UNSEEN_MECHANISMS and attendance != Attendance.LATE_NOT_SEEN


def find_presence_error(*, attendance: str, mechanism: str, born: bool, said: str) -> str:
    """Why this level is impossible, else ''. Only "observed" is checked: the default "seen" is reduced."""
    if said != PresenceLevel.OBSERVED:
        return ""
    if attendance not in PRESENT_ATTENDANCES:
        return "A baby who was not present cannot have been observed."
    return (
        ""
        if _can_be_seen(attendance, mechanism, born)
        else "The baby could not have been observed by phone or message."
    )


MISSED_WORDS = {Attendance.NOT_BROUGHT: "was not brought", Attendance.DID_NOT_ATTEND: "did not attend"}


def find_missing_reason_error(name: str, attendance: str, reason: str, *, unknown: bool) -> str:
    """Whoever was not brought or did not attend has a reason, or it is said that nobody knows it; else ''."""
    if attendance not in MISSED_ATTENDANCES or reason.strip() or unknown:
        return ""
    return f"Enter why {name} {MISSED_WORDS[Attendance(attendance)]}, or tick “Reason not known”."


def describe_missed_person(name: str, attendance: str, reason: str) -> str:
    """The line of a note about somebody who was not brought or did not attend."""
    return f"{name} {MISSED_WORDS[Attendance(attendance)]}: {reason.strip() or 'reason not known.'}"


def is_late(*, ended_at: datetime, written_at: datetime, hours: int) -> bool:
    """Whether a contact was written up more than ``hours`` after it ended.

    The limit is local policy (settings.LATE_ENTRY_HOURS), not a national rule.
    """
    return written_at - ended_at > timedelta(hours=hours)


class CountersigningState(TextChoices):
    WAITING = "waiting", "Waiting to be countersigned"
    RETURNED = "returned", "An amendment was asked for"
    DONE = "done", "Countersigned"
    LEFT = "left", "Signed by a colleague, since its author has left"


# Allowed transitions of a trainee's signed note by a reader.
COUNTERSIGN_TRANSITIONS: dict[str, tuple[str, ...]] = {
    CountersigningState.WAITING: (CountersigningState.DONE, CountersigningState.RETURNED)
}


def get_state_after_signing(*, trainee: bool) -> str:
    """The countersigning state of a note that its author has just signed."""
    return CountersigningState.WAITING if trainee else ""


def get_state_after_amending(state: str, *, trainee: bool) -> str:
    """The state after an amendment: waiting if a trainee amended it or it had been returned."""
    return CountersigningState.WAITING if trainee or state == CountersigningState.RETURNED else state


def find_countersigning_error(
    *, state: str, wrote_it: bool, trainee: bool, supervises: bool, leads: bool, is_of_leaver: bool = False
) -> str:
    """Why this user may not countersign or return the note; '' when they may.

    ``is_of_leaver``: it is not signed, and whoever wrote it has no account any more.
    """
    if state not in COUNTERSIGN_TRANSITIONS and not is_of_leaver:
        return "This note is not waiting to be countersigned."
    if wrote_it:
        return "Someone else must countersign your note."
    if trainee or not (supervises or leads):
        return "A supervisor of the site or the episode's lead countersigns."
    return ""


SAME_EPISODE_REFUSAL = "It is already in this episode. Choose another one."


def format_colleague(*, name: str, role: str, organisation: str) -> str:
    """A colleague of another service, in words."""
    known = ", ".join(filter(None, [role, organisation]))
    return f"{name} ({known})" if known else name
