"""The rules of what is agreed with a family: days that can be, when something is due, what follows from an answer."""

from datetime import date, timedelta

PARTS = [
    ("saw", "What we saw between you"),
    ("helps", "What helps"),
    ("hard", "What is hard"),
    ("baby_tells", "What the baby may be telling us"),
    ("understand", "How we understand it together"),
]
DECISIONS = [("keep", "Keep it as it is"), ("change", "Change it"), ("end", "End this work")]
DECLINABLE = [("plan", "A written plan"), ("goals", "Goals"), ("rating", "A number for a goal")]
FAMILY_ANSWERS = [
    ("yes", "Yes"),
    ("partly", "Partly"),
    ("not_now", "Not now"),
    ("ended", "They have ended it"),
]
OUR_ANSWERS = [("yes", "Yes"), ("partly", "Partly"), ("not_now", "Not now")]
NEXT_STEPS = [("go_on", "Go on as it is"), ("change", "Go on, and change something"), ("end", "End it")]


def why_not_day(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """'' when something of the episode may have happened that day, else why not."""
    if day > on:
        return "This day is still to come."
    if day < opened:
        return "This is before the episode began."
    return "This is after the episode ended." if ended and day > ended else ""


def why_not_later(*, day: date | None, after: date) -> str:
    """'' when a day to look again comes after the day on which it was looked at."""
    return "Choose a day that comes after." if day and day <= after else ""


def why_not_review(*, decision: str, next_on: date | None, held_on: date) -> dict[str, str]:
    """Errors by field: what goes on has a day to be looked at again; what ends has none."""
    if decision == "end":
        return {"next_on": "Leave this empty when the work ends."} if next_on else {}
    if next_on is None:
        return {"next_on": "Say when you look at it together again."}
    problem = why_not_later(day=next_on, after=held_on)
    return {"next_on": problem} if problem else {}


def why_not_helping(
    *, family_says: str, we_say: str, what_next: str, what_changes: str, ask_again_on: date | None, on: date
) -> dict[str, str]:
    """Errors by field: help that is not helping is changed or ended, and what goes on is asked about again.

    Source: the agreed pathway on Getting Help: emphasis is placed on ending an intervention that is felt not to be
    working, or whose gains do not outweigh its costs.
    """
    if family_says == "ended" and what_next != "end":
        return {"what_next": "The family has ended it. Choose “End it”."}
    if "not_now" in (family_says, we_say) and what_next == "go_on":
        return {"what_next": "It is not helping now. Choose what to change, or to end it."}
    if what_next == "change" and not what_changes.strip():
        return {"what_changes": "Say what you will do differently."}
    if what_next == "end":
        return {"ask_again_on": "Leave this empty when it ends."} if ask_again_on else {}
    if ask_again_on is None:
        return {"ask_again_on": "Say when you ask again."}
    problem = why_not_later(day=ask_again_on, after=on)
    return {"ask_again_on": problem} if problem else {}


def helping_due(*, started: date, ask_again_on: date | None, first_after: timedelta) -> date:
    """When open-ended work is asked about: as agreed the last time, at first so long after its start."""
    return ask_again_on or started + first_after


def waiting_contact_due(*, since: date, last_contact: date | None, every: timedelta) -> date | None:
    """When a family that waits is to hear from us; None where the service has not set it."""
    if not every:
        return None
    return max(since, last_contact or since) + every


def plan_due(*, opened: date, has_plan: bool, declined: bool, within: timedelta) -> date | None:
    """When a plan is to be there; None when it is, when the family declined, or where nobody has set it."""
    return None if has_plan or declined or not within else opened + within
