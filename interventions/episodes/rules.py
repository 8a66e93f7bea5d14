"""Rules of episodes: code lists, which attendances count as seen, missed contacts, dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import TextChoices


class InterventionShape(TextChoices):
    CYCLES = "cycles", "Cycles"
    SESSIONS = "sessions", "Sessions"
    GROUP = "group", "Group"
    OPEN = "open", "Open-ended"


class DeliveryFormat(TextChoices):
    INDIVIDUAL = "individual", "With one family"
    GROUP = "group", "In a group"
    EITHER = "either", "Either way"


class GoalOutcome(TextChoices):
    REACHED = "reached", "Reached"
    REWORDED = "reworded", "Reworded"
    CLOSED = "closed", "No longer wanted"


class WaitOutcome(TextChoices):
    STARTED = "started", "It has started"
    DECLINED = "declined", "The family declined"
    NOT_RIGHT = "not_right", "Not right for them now"
    ENDED = "ended", "The episode ended"


class Mechanism(TextChoices):
    """NHS Data Dictionary CONSULTATION MECHANISM, the codes valid in MHSDS v6 that a team uses."""

    FACE_TO_FACE = "01", "Face to face"
    TELEPHONE = "02", "Telephone"
    VIDEO = "11", "Video"
    TEXT_MESSAGE = "09", "Text message"
    EMAIL = "05", "E-mail"
    TALK_TYPE = "04", "Text relay / speech-to-text"
    OTHER = "98", "Other"


class Location(TextChoices):
    """NHS Data Dictionary ACTIVITY LOCATION TYPE. K01 for a family hub is the nearest code, a proposal."""

    FAMILY_HOME = "A01", "Family's home"
    FAMILY_HUB = "K01", "Family hub"
    OTHER_CARER_HOME = "A02", "Another carer's home"
    HEALTH_CENTRE = "B01", "Health centre"
    GP_PRACTICE = "C01", "GP practice"
    OUTPATIENT_CLINIC = "E01", "Out-patient clinic"
    HOSPITAL_WARD = "E02", "Hospital ward, neonatal unit included"
    VOLUNTARY_SECTOR = "N03", "Voluntary sector premises"
    ELSEWHERE = "X01", "Somewhere else, or by phone or video"


def describe_place(mechanism: str, location: str) -> str:
    """Where it was, in words; '' by phone, video or message, which the national code has as elsewhere."""
    if location != Location.ELSEWHERE:
        return Location(location).label
    return "Somewhere else" if mechanism == Mechanism.FACE_TO_FACE else ""


class Attendance(TextChoices):
    """Local values. "Not brought" is the infant's, "did not attend" an adult's own."""

    ATTENDED = "attended", "Attended"
    LATE_SEEN = "late_seen", "Arrived late, seen"
    NOT_BROUGHT = "not_brought", "Was not brought"
    DID_NOT_ATTEND = "did_not_attend", "Did not attend"
    LATE_NOT_SEEN = "late_not_seen", "Arrived too late to be seen"
    CANCELLED_BY_FAMILY = "cancelled_family", "Cancelled by the family"
    CANCELLED_BY_SERVICE = "cancelled_service", "Cancelled by us"


# NHS Data Dictionary ATTENDED OR DID NOT ATTEND; nationally "not brought" has no code of its own.
NATIONAL_ATTENDANCE: dict[str, str] = {
    Attendance.ATTENDED: "5",
    Attendance.LATE_SEEN: "6",
    Attendance.NOT_BROUGHT: "3",
    Attendance.DID_NOT_ATTEND: "3",
    Attendance.LATE_NOT_SEEN: "7",
    Attendance.CANCELLED_BY_FAMILY: "2",
    Attendance.CANCELLED_BY_SERVICE: "4",
}
SEEN_ATTENDANCES = {Attendance.ATTENDED, Attendance.LATE_SEEN}
# Who could have met: somebody who came too late to be seen was in the building all the same.
PRESENT_ATTENDANCES = SEEN_ATTENDANCES | {Attendance.LATE_NOT_SEEN}
MISSED_ATTENDANCES = {Attendance.NOT_BROUGHT, Attendance.DID_NOT_ATTEND}
INFANT_ATTENDANCES = set(Attendance) - {Attendance.DID_NOT_ATTEND}
CAREGIVER_ATTENDANCES = set(Attendance) - {Attendance.NOT_BROUGHT}
# Denominator of the not-brought rate: 3 / (5 + 6 + 7 + 3); cancellations are counted separately.
NOT_BROUGHT_RATE_BASE = SEEN_ATTENDANCES | {Attendance.NOT_BROUGHT, Attendance.LATE_NOT_SEEN}


class NoteHeading(TextChoices):
    HAPPENED = "happened", "What happened"
    BABY_TOLD = "baby_told", "What the baby told us"
    NEXT = "next", "What next"


class SubjectKind(TextChoices):
    """Whom a part of a note is about."""

    INFANT = "infant", "The baby"
    DYAD = "dyad", "The relationship"
    CAREGIVER = "caregiver", "A carer"
    COUPLE = "couple", "The couple"
    FAMILY = "family", "The family"


NAMELESS_SUBJECTS = (SubjectKind.COUPLE, SubjectKind.FAMILY)  # of no record of their own


class EndingReason(TextChoices):
    """NHS Data Dictionary REFERRAL CLOSURE REASON, in the service's words; the national groups are verified."""

    WORK_DONE = "02", "Work completed"
    NOT_RIGHT_NOW = "04", "No further work appropriate at present"
    FAMILY_ASKED = "07", "The family asked to end"
    LOST_TOUCH = "05", "Lost contact"
    NEVER_STARTED = "09", "The family declined to start"
    MOVED_AWAY = "03", "Moved out of the area"
    OTHER_SERVICE = "08", "Transferred to another service"
    ADMITTED = "01", "Admitted elsewhere"
    BABY_DIED = "06", "The baby has died"


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
        PastContact(
            day=day, seen=attendance in SEEN_ATTENDANCES, not_brought=attendance == Attendance.NOT_BROUGHT
        )
        for day, attendance in newest_first
        if attendance != Attendance.CANCELLED_BY_SERVICE
    ]


UNSEEN_AFTER = timedelta(days=28)  # our own choice: four weeks, no national rule


def find_unseen_days(*, seen: date | None, opened: date, on: date) -> int:
    """For how many days a family was not seen, from four weeks on; 0 before. Never seen: since the episode opened."""
    since = seen or opened
    return (on - since).days if since <= on - UNSEEN_AFTER else 0


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
        return "This date is in the future. Record the contact when it has happened."
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
    if part == NoteHeading.BABY_TOLD and infants == 1:
        return SubjectKind.INFANT
    return SubjectKind.DYAD if dyads == 1 else SubjectKind.FAMILY


def find_opening_date_error(*, day: date, received: date, on: date) -> str:
    """Why an episode may not begin on that day; '' when it may."""
    if day > on:
        return "This date is in the future."
    return "This is before the referral was received." if day < received else ""


def find_ending_date_error(*, day: date, opened: date, last_contact: date | None, on: date) -> str:
    """Why an episode may not end on that day (no contact may follow it); '' when it may."""
    if day > on:
        return "This date is in the future."
    if day < opened:
        return "This is before the episode began."
    return "A contact is recorded after this date." if last_contact and last_contact > day else ""


def find_agreement_date_error(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """Why the plan cannot have been agreed on that day; '' when it can."""
    return "This date is in the future." if day > on else _find_outside_episode_error(day, opened, ended)
