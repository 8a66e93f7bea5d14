"""Rules of episodes: code lists, which attendances count as seen, missed contacts, dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

INTERVENTION_SHAPES = [
    ("cycles", "Cycles"),
    ("sessions", "Sessions"),
    ("group", "Group"),
    ("open", "Open-ended"),
]

DELIVERY_CHOICES = [("individual", "With one family"), ("group", "In a group"), ("either", "Either way")]
GOAL_OUTCOMES = [
    ("reached", "Reached"),
    ("reworded", "Said anew in other words"),
    ("closed", "No longer theirs"),
]
WAIT_OUTCOMES = [
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
SEEN_ATTENDANCES = {"attended", "late_seen"}
# Who could have met: somebody who came too late to be seen was in the building all the same.
PRESENT_ATTENDANCES = SEEN_ATTENDANCES | {"late_not_seen"}
INFANT_ATTENDANCES = set(NATIONAL_ATTENDANCE) - {"did_not_attend"}
CAREGIVER_ATTENDANCES = set(NATIONAL_ATTENDANCE) - {"not_brought"}
# Denominator of the not-brought rate: 3 / (5 + 6 + 7 + 3); cancellations are counted separately.
NOT_BROUGHT_RATE_BASE = SEEN_ATTENDANCES | {"not_brought", "late_not_seen"}

NOTE_PARTS = [("happened", "What happened"), ("baby_told", "What the baby told us"), ("next", "What next")]
NOTE_SUBJECTS = [
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
class PastContact:
    """One past contact of an infant."""

    day: date
    seen: bool
    not_brought: bool


def get_missed_contacts_reason(newest_first: Sequence[PastContact]) -> str:
    """Why the missed contacts should be thought about (and no letter sent); '' when they need not be.

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


def list_past_contacts(newest_first: Sequence[tuple[date, str]]) -> list[PastContact]:
    """One infant's past contacts, from dates and attendances, without those the service cancelled."""
    return [
        PastContact(day=day, seen=attendance in SEEN_ATTENDANCES, not_brought=attendance == "not_brought")
        for day, attendance in newest_first
        if attendance != "cancelled_service"
    ]


def find_attendance_error(*, is_infant: bool, attendance: str) -> str:
    """Why the attendance does not fit this person (infants are brought, adults attend); '' when it does."""
    if is_infant and attendance not in INFANT_ATTENDANCES:
        return "A baby is brought or not brought; choose “Was not brought”."
    if not is_infant and attendance not in CAREGIVER_ATTENDANCES:
        return "“Was not brought” is for the baby; choose “Did not attend”."
    return ""


def find_contact_date_error(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """Why a contact cannot be recorded for that day; '' when it can."""
    if day > on:
        return "This day is still to come. Record the contact once it has happened."
    return _find_outside_episode_error(day, opened, ended)


def _find_outside_episode_error(day: date, opened: date, ended: date | None) -> str:
    if day < opened:
        return "This is before the episode began."
    return "This is after the episode ended." if ended and day > ended else ""


MAX_GOALS = 3  # Goal-Based Outcomes: up to three goals (facts/measures.yaml, GBO; Law 2019)
QUARTER_HOUR_MINUTES = 15


def guess_contact_start(now: datetime) -> datetime:
    """The likely start of a contact that is being written up: an hour ago, rounded down to a quarter."""
    before = now - timedelta(hours=1)
    return before.replace(
        minute=before.minute // QUARTER_HOUR_MINUTES * QUARTER_HOUR_MINUTES, second=0, microsecond=0
    )


def get_default_subject(part: str, *, infants: int, dyads: int) -> str:
    """The default subject of a note part.

    "What the baby told us" is about the infant, the rest about the dyad, if there is just one.
    """
    if part == "baby_told" and infants == 1:
        return "infant"
    return "dyad" if dyads == 1 else "family"


def find_opening_date_error(*, day: date, received: date, on: date) -> str:
    """Why an episode may not begin on that day; '' when it may."""
    if day > on:
        return "This day is still to come."
    return "This is before the referral was received." if day < received else ""


def find_ending_date_error(*, day: date, opened: date, last_contact: date | None, on: date) -> str:
    """Why an episode may not end on that day (no contact may follow it); '' when it may."""
    if day > on:
        return "This day is still to come."
    if day < opened:
        return "This is before the episode began."
    return "There is a contact after this day." if last_contact and last_contact > day else ""


def find_agreement_date_error(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """Why the plan cannot have been agreed on that day; '' when it can."""
    return "This day is still to come." if day > on else _find_outside_episode_error(day, opened, ended)
