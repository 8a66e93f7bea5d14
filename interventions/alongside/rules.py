"""The rules of work done with others: joint work, peer support, and asking the hub. No clock, no records."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

HOW = [
    ("met", "Met in person"),
    ("phone", "By phone"),
    ("video", "By video"),
    ("message", "By message"),
    ("group", "In a group"),
]
AT_RISK = [("yes", "Yes, somebody is at risk now"), ("no", "No, not right now"), ("unsure", "I am not sure")]
RISK_WORDS = {
    "yes": "At risk now",
    "no": "Not at risk right now",
    "unsure": "Not sure whether anybody is at risk now",
}

THOUGHT, CO_WORK = "thought", "co_work"
WANTS = [(THOUGHT, "Think with us"), (CO_WORK, "Work with us")]
URGENCIES = [("days", "In the next few days"), ("weeks", "In the next few weeks")]
ASKED, TAKEN, ANSWERED, DECLINED, ENDED = "asked", "taken", "answered", "declined", "ended"
ASK_STATUSES = [
    (ASKED, "Asked"),
    (TAKEN, "Taken on"),
    (ANSWERED, "Answered"),
    (DECLINED, "Declined"),
    (ENDED, "Ended"),
]
# From each status, where an ask may go. Whoever took it on answers it; whoever asked may end it at any time.
STEPS: Mapping[str, set[str]] = {
    ASKED: {TAKEN, DECLINED, ENDED},
    TAKEN: {ANSWERED, ENDED},
    ANSWERED: set(),
    DECLINED: set(),
    ENDED: set(),
}
NOT_ANY_MORE = {
    ASKED: "Nobody has taken this on yet.",
    TAKEN: "Somebody took this on a moment ago.",
    ANSWERED: "This has been answered.",
    DECLINED: "The hub has declined this.",
    ENDED: "This has ended.",
}
# House rules, not clinical ones: how long the hub usually has access, and at most before somebody thinks again.
USUAL_ACCESS = {THOUGHT: timedelta(days=14), CO_WORK: timedelta(weeks=6)}
LONGEST_ACCESS = timedelta(weeks=12)


def why_not_step(*, status: str, to: str) -> str:
    """'' when an ask may go from one status to another."""
    return "" if to in STEPS[status] else NOT_ANY_MORE[status]


def why_not_ask(*, held_by_hub: bool, restricted: bool, named: Iterable[str]) -> dict[str, str]:
    """{} when the hub may be asked about a family in these words, else why not, by field."""
    if held_by_hub:
        return {
            "": "The hub holds this family already. Speak with a colleague there, or bring it to supervision."
        }
    if restricted:
        return {
            "": "This family's record is restricted. Ask your information governance lead who else may read it."
        }
    if found := list(named):
        said = ", ".join(f"“{word}”" for word in found)
        why = "Leave out names and numbers: the hub reads this before anybody opens the record."
        return {"question": f"{why} It says {said}."}
    return {}


def names_in(text: str, known: Iterable[str]) -> list[str]:
    """Which of the family's names and numbers stand in the text, each as a word of its own, as it is written."""
    words = sorted({word for name in known for word in (name, *name.split()) if len(word) > 1})
    digits = re.sub(r"(?<=\d)[ -](?=\d)", "", text)
    return [
        word
        for word in words
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", digits if word.isdigit() else text)
    ]


def why_not_until(*, until: date, on: date) -> str:
    """'' when access may last until that day."""
    if until < on:
        return "This day has passed."
    if until > on + LONGEST_ACCESS:
        return f"Choose a day within {LONGEST_ACCESS.days // 7} weeks. It can be made longer then."
    return ""


def why_not_look_again(*, look_again_on: date | None, since: date) -> str:
    """'' when the day to look again does not come before the work began."""
    return "Choose a day after the work began." if look_again_on and look_again_on < since else ""


def why_not_party(*, listed: bool, named: bool) -> dict[str, str]:
    """{} when it is said with whom, once."""
    if listed and named:
        return {"who": "Choose somebody from the village, or name somebody else: one of the two."}
    return {} if listed or named else {"who": "Choose somebody from the village, or say who it is."}


def why_not_day(*, day: date, on: date) -> str:
    """'' when what is written down can have happened by then."""
    return "This day is still to come." if day > on else ""


def why_not_ended_on(*, ended_on: date, since: date, on: date) -> str:
    """'' when joint work can have ended on that day."""
    if ended_on < since:
        return "This day is before the joint work began."
    return why_not_day(day=ended_on, on=on)


def look_again_due(*, look_again_on: date | None, ended: bool, on: date) -> bool:
    """Has the day come on which those who work together agreed to look again?"""
    return look_again_on is not None and not ended and look_again_on <= on


def ask_due(
    *, status: str, asked_on: date, urgency: str, until: date | None, within: Mapping[str, int]
) -> date | None:
    """The day from which an open ask is due: to be taken within so many days of asking; once taken, by its last day."""
    if status == ASKED:
        return asked_on + timedelta(days=within[urgency])
    return until if status == TAKEN else None


def worry_words(*, at_risk: str, who: str, what: str) -> str:
    """A peer supporter's worry as the alert says it: the risk first."""
    about = f": {who}" if who else ""
    return f"{RISK_WORDS[at_risk]}{about}. {what}"
