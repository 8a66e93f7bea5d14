"""The words to begin a reply from: for each answer, whom it is to, and the door it came through. Nothing clinical.

What somebody has to write themselves stands in square brackets, and is refused until it is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from referrals.rules.words import RESPONSES

ANSWERS = [code for code, _ in RESPONSES]
OUR_NAME = "the Parent-Infant Relationship Service (PaIRS)"
SAY_WHY = "[Say why, in words that they would recognise.]"
ASK_HERE = "[Write your question.]"


@dataclass(frozen=True)
class Turn:
    """Somewhere else to turn, as the directory has it."""

    name: str
    offers: str = ""
    phone: str = ""
    how_to_start: str = ""


@dataclass(frozen=True)
class Told:
    """All that a draft is made from. ``child`` is the baby's name, as the family gave it, or ''."""

    reference: str
    recipient: str
    site: str
    child: str = ""
    own_help: bool = False  # a carer's own help is asked for, not a baby's
    agreed: bool = True  # the family agreed to the referral
    asked_themselves: bool = False
    shared: bool = False  # the referrer may know more than received and decided
    turns: Sequence[Turn] = ()
    reason: str = ""


def draft(answer: str, to: str, told: Told) -> str:
    """The text to begin from. ``answer``: one of ANSWERS, "question" or "withdrawn"; ``to``: of REPLY_TO."""
    said = _to_family(answer, told) if to == "family" else _to_referrer(answer, told)
    greeting = f"Dear {told.recipient}," if told.recipient else "Hello,"
    return "\n\n".join([greeting, *filter(None, said)])


def is_unfinished(text: str) -> bool:
    """Does something in square brackets still wait to be written?"""
    return SAY_WHY in text or ASK_HERE in text


# ---------------------------------------------------------------- to the family


def _to_family(answer: str, told: Told) -> list[str]:
    words = {
        "direct": _we_will_work,
        "joint": _we_will_work_together,
        "consultation": _we_will_think,
        "none": _not_for_us_now,
        "question": _a_question,
        "withdrawn": _closed,
    }[answer](told)
    return [_opening(told), *words, _closing(told)]


def _opening(told: Told) -> str:
    if told.asked_themselves:
        return "Thank you for asking us for help. We are glad that you did."
    if told.agreed:
        return f"Thank you for letting us hear about you. We are {OUR_NAME} at {told.site}."
    return f"We are {OUR_NAME} at {told.site}. We were asked to think about what could help you."


def _you(told: Told) -> str:
    return "you" if told.own_help else f"you and {told.child or 'your baby'}"


def _we_will_work(told: Told) -> list[str]:
    return [
        f"We would like to work with {_you(told)}. One of us will get in touch, in the way that you asked for, to "
        "find a first time to meet. There is nothing that you need to prepare."
    ]


def _we_will_work_together(told: Told) -> list[str]:
    somebody = "somebody who helps you already" if told.asked_themselves else "whoever told us about you"
    return [
        f"We would like to work with {_you(told)}, together with {somebody}. We will ask you first whether that is "
        "all right for you.",
        "One of us will get in touch, in the way that you asked for, to find a first time to meet.",
    ]


def _we_will_think(told: Told) -> list[str]:
    if told.asked_themselves:
        return [
            f"We would like to talk with you first about what would help {_you(told)} most. One of us will get in "
            "touch, in the way that you asked for."
        ]
    return [
        "First we would like to think, together with whoever told us about you, about what would help "
        f"{_you(told)} most. You need do nothing now. You can ask them, or us, what came of it."
    ]


def _not_for_us_now(told: Told) -> list[str]:
    return [
        f"We have thought carefully about what would help {_you(told)}. We think that somebody else can help you "
        f"better just now. {told.reason or SAY_WHY}",
        _turns(told),
        "You can come back to us at any time.",
    ]


def _turns(told: Told) -> str:
    if not told.turns:
        return ""
    return "\n".join(["You can turn to:", *map(_turn, told.turns)])


def _turn(each: Turn) -> str:
    parts = [each.offers, f"Phone {each.phone}" if each.phone else "", each.how_to_start]
    more = " ".join(f"{part.rstrip(' .')}." for part in parts if part)
    return f"- {each.name}: {more}" if more else f"- {each.name}"


def _a_question(told: Told) -> list[str]:
    return [
        f"Before we decide how we can help {_you(told)}, we would like to ask you something.",
        ASK_HERE,
        "There is no right or wrong answer. Say only as much as you like.",
    ]


def _closed(told: Told) -> list[str]:
    return [
        "We were asked not to go on with the request for help, and we have closed it. You need do nothing.",
        "If that is not what you want, or if you would like help later, please get in touch: you can come back "
        "at any time.",
    ]


def _closing(told: Told) -> str:
    return (
        "If anything here is not right, or if things get harder, please tell us. If somebody is in danger, call 999. "
        f"Our reference for you is {told.reference}."
    )


# ---------------------------------------------------------------- to whoever referred


def _to_referrer(answer: str, told: Told) -> list[str]:
    thanks = f"Thank you for your referral {told.reference}."
    if answer == "question":
        return [thanks, "Before we decide, we would like to ask you something.", ASK_HERE]
    if answer == "withdrawn":
        return [thanks, "It has been withdrawn, and we have closed it. You can refer again at any time."]
    if not told.shared:
        return [thanks, *_decided_alone()]
    return [thanks, *_ANSWERED[answer](told), _IF_WORRIED]


_IF_WORRIED = (
    "If you are worried about a child's safety at any time, follow your safeguarding procedure; "
    "do not wait for us."
)


def _decided_alone() -> list[str]:
    """Until the family has agreed to share: that it is decided, and no more."""
    return [
        "We have decided what comes next. Until the family agrees, we cannot say more; they may tell you themselves.",
        "If there is something that you should do, one of us will ring you.",
        _IF_WORRIED,
    ]


def _direct_to_referrer(told: Told) -> list[str]:
    return [
        f"We have accepted it. The team at {told.site} gets in touch with the family, in the way that they asked for. "
        "Please go on with what you are doing for them."
    ]


def _joint_to_referrer(told: Told) -> list[str]:
    return [
        f"We have accepted it, and would like to work together with you. Somebody of the team at {told.site} will be "
        "in touch to plan a first visit together, if that is right for the family."
    ]


def _consultation_to_referrer(told: Told) -> list[str]:
    return [
        "We would like to think about it with you first. One of us will arrange a time that suits you, of about an "
        "hour."
    ]


def _none_to_referrer(told: Told) -> list[str]:
    return [
        f"We think that somebody else can help the family better just now. {told.reason or SAY_WHY}",
        _turns(told).replace("You can turn to", "The family can turn to"),
        "You can refer again at any time, or ask us to think about the family with you.",
    ]


_ANSWERED = {
    "direct": _direct_to_referrer,
    "joint": _joint_to_referrer,
    "consultation": _consultation_to_referrer,
    "none": _none_to_referrer,
}
