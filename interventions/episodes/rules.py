"""The rules of the work: code lists, who counts as seen, when missed contacts need thought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SHAPES = [("cycles", "Cycles"), ("sessions", "Sessions"), ("group", "Group"), ("open", "Open-ended")]

GIVEN = [("individual", "With one family"), ("group", "In a group"), ("either", "Either way")]
GOAL_ENDS = [("reached", "Reached"), ("reworded", "Said anew in other words"), ("closed", "No longer theirs")]
WAIT_ENDS = [
    ("started", "It has started"),
    ("declined", "The family would rather not"),
    ("not_right", "It is not right for them now"),
    ("ended", "The episode ended"),
]

# NHS Data Dictionary CONSULTATION MECHANISM, the codes valid in MHSDS v6 that a team uses.
MECHANISMS = [
    ("01", "Face to face"),
    ("02", "Telephone"),
    ("11", "Video"),
    ("09", "Text message"),
    ("05", "E-mail"),
    ("04", "Talk type for a person unable to speak"),
    ("98", "Other"),
]

# NHS Data Dictionary ACTIVITY LOCATION TYPE. K01 for a family hub is the nearest code, a proposal.
LOCATIONS = [
    ("A01", "Family's home"),
    ("K01", "Family hub"),
    ("A02", "Another carer's home"),
    ("B01", "Health centre"),
    ("C01", "GP practice"),
    ("E01", "Out-patient clinic"),
    ("E02", "Hospital ward, neonatal unit included"),
    ("N03", "Voluntary sector premises"),
    ("X01", "Somewhere else, or by phone or video"),
]

# Local value → label. "Not brought" is the infant's, "did not attend" an adult's own.
ATTENDANCES = [
    ("attended", "Attended"),
    ("late_seen", "Came late, and was seen"),
    ("not_brought", "Was not brought"),
    ("did_not_attend", "Did not attend"),
    ("late_not_seen", "Came too late to be seen"),
    ("cancelled_family", "Cancelled by the family"),
    ("cancelled_service", "Cancelled by us"),
]
# NHS Data Dictionary ATTENDED OR DID NOT ATTEND; nationally "not brought" has no code of its own.
NATIONAL_ATTENDANCE = {
    "attended": "5",
    "late_seen": "6",
    "not_brought": "3",
    "did_not_attend": "3",
    "late_not_seen": "7",
    "cancelled_family": "2",
    "cancelled_service": "4",
}
SEEN = {"attended", "late_seen"}
# Who met whom: somebody who came too late to be seen was there all the same.
PRESENT = SEEN | {"late_not_seen"}
INFANT_ATTENDANCES = set(NATIONAL_ATTENDANCE) - {"did_not_attend"}
CAREGIVER_ATTENDANCES = set(NATIONAL_ATTENDANCE) - {"not_brought"}
# Of the not-brought rate: 3 / (5 + 6 + 7 + 3); cancellations are counted apart.
RATE_BASE = SEEN | {"not_brought", "late_not_seen"}

NOTE_PARTS = [("happened", "What happened"), ("baby_told", "What the baby told us"), ("next", "What next")]
SUBJECTS = [
    ("infant", "Infant"),
    ("dyad", "Dyad"),
    ("caregiver", "Caregiver"),
    ("couple", "Couple"),
    ("family", "Family"),
]

# NHS Data Dictionary REFERRAL CLOSURE REASON, in the service's words; the national groups are verified.
ENDING_REASONS = [
    ("02", "The work is done"),
    ("04", "No further work is right at present"),
    ("07", "The family asked to end"),
    ("05", "We lost touch"),
    ("09", "The family did not want to start"),
    ("03", "Moved out of the area"),
    ("08", "Another service takes it on"),
    ("01", "Admitted elsewhere"),
    ("06", "The baby has died"),
]


@dataclass(frozen=True)
class Missed:
    """One past contact as the infants experienced it, newest first in a sequence."""

    day: date
    seen: bool
    not_brought: bool


def needs_thought(newest_first: Sequence[Missed]) -> str:
    """'' or why the missed contacts should be thought about (and no letter sent).

    Two not brought in a row since the last time seen, or three of the last five not seen, the family's
    cancellations included; the service's own are not in the sequence.
    """
    not_brought = 0
    for contact in newest_first:
        if contact.seen:
            break
        not_brought += contact.not_brought
    if not_brought >= 2:
        return f"Not brought {not_brought} times since last seen"
    missed = sum(not contact.seen for contact in newest_first[:5])
    return f"Not seen at {missed} of the last {len(newest_first[:5])} contacts" if missed >= 3 else ""


def lived(newest_first: Sequence[tuple[date, str]]) -> list[Missed]:
    """One infant's past contacts, from their days and attendances; what the service cancelled is left out."""
    return [
        Missed(day=day, seen=attendance in SEEN, not_brought=attendance == "not_brought")
        for day, attendance in newest_first
        if attendance != "cancelled_service"
    ]


def why_not_attendance(*, is_infant: bool, attendance: str) -> str:
    """'' when the value can be said of this person, else why not: infants are brought, adults attend."""
    if is_infant and attendance not in INFANT_ATTENDANCES:
        return "A baby is brought or not brought; choose “Was not brought”."
    if not is_infant and attendance not in CAREGIVER_ATTENDANCES:
        return "“Was not brought” is for the baby; choose “Did not attend”."
    return ""


def why_not_contact_on(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """'' when a contact can be recorded for that day, else why not."""
    if day > on:
        return "This day is still to come. Record the contact once it has happened."
    return _why_not_within(day, opened, ended)


def _why_not_within(day: date, opened: date, ended: date | None) -> str:
    if day < opened:
        return "This is before the episode began."
    return "This is after the episode ended." if ended and day > ended else ""


MOST_GOALS = 3  # Goal-Based Outcomes: up to three goals (facts/measures.yaml, GBO; Law 2019)
QUARTER = 15


def usual_start(now: datetime) -> datetime:
    """When a contact that is being written up probably began: an hour ago, at a quarter of an hour."""
    before = now - timedelta(hours=1)
    return before.replace(minute=before.minute // QUARTER * QUARTER, second=0, microsecond=0)


def usual_subject(part: str, *, infants: int, dyads: int) -> str:
    """Whom a part of the note is about unless somebody says otherwise.

    What the baby told us is the baby's when there is one; the rest is the dyad's when there is one.
    """
    if part == "baby_told" and infants == 1:
        return "infant"
    return "dyad" if dyads == 1 else "family"


def why_not_opened_on(*, day: date, received: date, on: date) -> str:
    """'' when an episode may begin that day, else why not."""
    if day > on:
        return "This day is still to come."
    return "This is before the referral was received." if day < received else ""


def why_not_ended_on(*, day: date, opened: date, last_contact: date | None, on: date) -> str:
    """'' when an episode may end that day, else why not: no contact comes after the end."""
    if day > on:
        return "This day is still to come."
    if day < opened:
        return "This is before the episode began."
    return "There is a contact after this day." if last_contact and last_contact > day else ""


def why_not_agreed_on(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """'' when the plan may have been agreed that day, else why not."""
    return "This day is still to come." if day > on else _why_not_within(day, opened, ended)
