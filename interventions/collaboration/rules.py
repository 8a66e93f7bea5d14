"""Rules of joint work, peer support and requests to the hub. Pure functions: no clock, no database."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import TextChoices


class PeerContactMode(TextChoices):
    """How a peer supporter was in touch."""

    MET = "met", "Met in person"
    PHONE = "phone", "By phone"
    VIDEO = "video", "By video"
    MESSAGE = "message", "By message"
    GROUP = "group", "In a group"


class RiskAnswer(TextChoices):
    """What a peer supporter says of risk when they raise a worry."""

    YES = "yes", "Yes, someone is at risk now"
    NO = "no", "No, not right now"
    UNSURE = "unsure", "I am not sure"


class HubHelp(TextChoices):
    """What is asked of the hub. The codes are purposes of FamilyGrant too."""

    THOUGHT = "thought", "Think with us"
    CO_WORK = "co_work", "Work with us"


class Urgency(TextChoices):
    """When the hub's answer would help."""

    DAYS = "days", "In the next few days"
    WEEKS = "weeks", "In the next few weeks"


class HubRequestStatus(TextChoices):
    """Where a request to the hub has come to."""

    ASKED = "asked", "Asked"
    TAKEN = "taken", "Accepted"
    ANSWERED = "answered", "Answered"
    DECLINED = "declined", "Declined"
    ENDED = "ended", "Ended"


RISK_PHRASES: Mapping[str, str] = {
    RiskAnswer.YES: "At risk now",
    RiskAnswer.NO: "Not at risk right now",
    RiskAnswer.UNSURE: "Not sure whether anyone is at risk now",
}
# Allowed transitions. Whoever accepted a request answers it; whoever asked may end it at any time.
HUB_REQUEST_TRANSITIONS: Mapping[str, set[HubRequestStatus]] = {
    HubRequestStatus.ASKED: {HubRequestStatus.TAKEN, HubRequestStatus.DECLINED, HubRequestStatus.ENDED},
    HubRequestStatus.TAKEN: {HubRequestStatus.ANSWERED, HubRequestStatus.ENDED},
    HubRequestStatus.ANSWERED: set(),
    HubRequestStatus.DECLINED: set(),
    HubRequestStatus.ENDED: set(),
}
STEP_REFUSALS: Mapping[str, str] = {
    HubRequestStatus.ASKED: "No one has accepted this request yet.",
    HubRequestStatus.TAKEN: "Someone has just accepted this request.",
    HubRequestStatus.ANSWERED: "This has been answered.",
    HubRequestStatus.DECLINED: "The hub has declined this.",
    HubRequestStatus.ENDED: "This has ended.",
}
# Service policy, not clinical rules: the usual length of hub access, and its maximum before a review.
DEFAULT_ACCESS = {HubHelp.THOUGHT: timedelta(days=14), HubHelp.CO_WORK: timedelta(weeks=6)}
MAX_ACCESS = timedelta(weeks=12)


def find_hub_step_error(*, status: str, to: str) -> str:
    """Why a request may not go from one status to another; '' when it may."""
    return "" if to in HUB_REQUEST_TRANSITIONS[status] else STEP_REFUSALS[status]


def find_hub_request_errors(*, held_by_hub: bool, restricted: bool, named: Iterable[str]) -> dict[str, str]:
    """Why the hub may not be asked about a family in these words, by field; {} when it may."""
    if held_by_hub:
        return {
            "": "The hub holds this family already. Speak to a hub colleague, or bring it to supervision."
        }
    if restricted:
        return {
            "": "This family's record is restricted. Ask your information governance lead who else may read it."
        }
    if found := list(named):
        said = ", ".join(f"“{word}”" for word in found)
        why = "Leave out names and numbers: the hub reads this before anyone opens the record."
        return {"question": f"{why} It says {said}."}
    return {}


def find_names_in_text(text: str, known: Iterable[str]) -> list[str]:
    """Which of the known names and numbers occur in the text as whole words, in the same letter case."""
    words = sorted({word for name in known for word in (name, *name.split()) if len(word) > 1})
    digits = re.sub(r"(?<=\d)[ -](?=\d)", "", text)
    return [
        word
        for word in words
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", digits if word.isdigit() else text)
    ]


def find_access_end_error(*, until: date, on: date) -> str:
    """Why access may not last until that day; '' when it may."""
    if until < on:
        return "This day has passed."
    if until > on + MAX_ACCESS:
        return f"Choose a day within {MAX_ACCESS.days // 7} weeks. It can be extended later."
    return ""


def find_review_date_error(*, look_again_on: date | None, since: date) -> str:
    """'' when the review date is not before the work began."""
    return "Choose a day after the work began." if look_again_on and look_again_on < since else ""


def find_party_errors(*, listed: bool, named: bool) -> dict[str, str]:
    """{} when the other party is given exactly once: chosen from the list or named."""
    if listed and named:
        return {"who": "Either choose someone from the village or name someone else, not both."}
    return {} if listed or named else {"who": "Choose someone from the village, or enter who it is."}


def find_future_date_error(*, day: date, on: date) -> str:
    """'' when the day is not in the future."""
    return "This date is in the future." if day > on else ""


def find_joint_work_end_error(*, ended_on: date, since: date, on: date) -> str:
    """Why joint work cannot have ended on that day; '' when it can."""
    if ended_on < since:
        return "This day is before the joint work began."
    return find_future_date_error(day=ended_on, on=on)


def is_joint_work_review_due(*, look_again_on: date | None, ended: bool, on: date) -> bool:
    """Whether the agreed review date has come and the work has not ended."""
    return look_again_on is not None and not ended and look_again_on <= on


def compute_hub_request_due_date(
    *, status: str, asked_on: date, urgency: str, until: date | None, within: Mapping[str, int]
) -> date | None:
    """When an open request is due: ``within`` days of asking until it is accepted, then on its last day."""
    if status == HubRequestStatus.ASKED:
        return asked_on + timedelta(days=within[urgency])
    return until if status == HubRequestStatus.TAKEN else None


def format_worry(*, at_risk: str, who: str, what: str) -> str:
    """A peer supporter's worry as the text of a risk alert: the risk first."""
    about = f": {who}" if who else ""
    return f"{RISK_PHRASES[at_risk]}{about}. {what}"
