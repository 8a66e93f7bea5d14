"""Draft texts of replies, by decision, recipient and entry point. Nothing clinical.

Placeholders in square brackets have to be replaced by the writer; a reply that still has one is refused.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from referrals.rules.choices import ReferralResponse, ReplyRecipient, ReplyTopic

SERVICE_NAME = "the Parent-Infant Relationship Service (PaIRS)"
REASON_PLACEHOLDER = "[Say why, in words that they would recognise.]"
QUESTION_PLACEHOLDER = "[Write your question.]"


@dataclass(frozen=True)
class SignpostedService:
    """An entry of the signposting directory, as it appears in a reply."""

    name: str
    offers: str = ""
    phone: str = ""
    how_to_start: str = ""


@dataclass(frozen=True)
class DraftContext:
    """Everything a draft is made from. ``child``: the baby's name as the family gave it, or ''."""

    reference: str
    recipient: str
    site: str
    child: str = ""
    own_help: bool = False  # a carer's own help is asked for, not a baby's
    agreed: bool = True  # the family agreed to the referral
    asked_themselves: bool = False
    shared: bool = False  # the referrer may know more than received and decided
    turns: Sequence[SignpostedService] = ()
    reason: str = ""


def draft_reply(answer: str, to: str, context: DraftContext) -> str:
    """The draft text. ``answer``: a ReferralResponse, or a ReplyTopic but ANSWER; ``to``: a ReplyRecipient."""
    said = (
        _write_to_family(answer, context)
        if to == ReplyRecipient.FAMILY
        else _write_to_referrer(answer, context)
    )
    greeting = f"Dear {context.recipient}," if context.recipient else "Hello,"
    return "\n\n".join([greeting, *filter(None, said)])


def is_unfinished(text: str) -> bool:
    """Does the text still contain a placeholder?"""
    return REASON_PLACEHOLDER in text or QUESTION_PLACEHOLDER in text


# ---------------------------------------------------------------- to the family


def _write_to_family(answer: str, context: DraftContext) -> list[str]:
    writers: dict[str, Callable[[DraftContext], list[str]]] = {
        ReferralResponse.DIRECT: _write_direct_answer,
        ReferralResponse.JOINT: _write_joint_answer,
        ReferralResponse.CONSULTATION: _write_consultation_answer,
        ReferralResponse.NONE: _write_not_accepted_answer,
        ReplyTopic.QUESTION: _write_question,
        ReplyTopic.WITHDRAWN: _write_withdrawal,
    }
    return [_write_opening(context), *writers[answer](context), _write_closing(context)]


def _write_opening(context: DraftContext) -> str:
    if context.asked_themselves:
        return "Thank you for asking us for help. We are glad that you did."
    if context.agreed:
        return f"Thank you for letting us hear about you. We are {SERVICE_NAME} at {context.site}."
    return f"We are {SERVICE_NAME} at {context.site}. We were asked to think about what could help you."


def _name_family(context: DraftContext) -> str:
    return "you" if context.own_help else f"you and {context.child or 'your baby'}"


def _write_direct_answer(context: DraftContext) -> list[str]:
    return [
        f"We would like to work with {_name_family(context)}. One of us will get in touch, in the way that you asked "
        "for, to find a first time to meet. There is nothing that you need to prepare."
    ]


def _write_joint_answer(context: DraftContext) -> list[str]:
    somebody = "somebody who helps you already" if context.asked_themselves else "whoever told us about you"
    return [
        f"We would like to work with {_name_family(context)}, together with {somebody}. We will ask you first whether "
        "that is all right for you.",
        "One of us will get in touch, in the way that you asked for, to find a first time to meet.",
    ]


def _write_consultation_answer(context: DraftContext) -> list[str]:
    if context.asked_themselves:
        return [
            f"We would like to talk with you first about what would help {_name_family(context)} most. One of us will "
            "get in touch, in the way that you asked for."
        ]
    return [
        "First we would like to think, together with whoever told us about you, about what would help "
        f"{_name_family(context)} most. You need do nothing now. You can ask them, or us, what came of it."
    ]


def _write_not_accepted_answer(context: DraftContext) -> list[str]:
    return [
        f"We have thought carefully about what would help {_name_family(context)}. We think that somebody else can "
        f"help you better just now. {context.reason or REASON_PLACEHOLDER}",
        _format_services(context),
        "You can come back to us at any time.",
    ]


def _format_services(context: DraftContext) -> str:
    if not context.turns:
        return ""
    return "\n".join(["You can turn to:", *map(_format_service, context.turns)])


def _format_service(each: SignpostedService) -> str:
    parts = [each.offers, f"Phone {each.phone}" if each.phone else "", each.how_to_start]
    more = " ".join(f"{part.rstrip(' .')}." for part in parts if part)
    return f"- {each.name}: {more}" if more else f"- {each.name}"


def _write_question(context: DraftContext) -> list[str]:
    return [
        f"Before we decide how we can help {_name_family(context)}, we would like to ask you something.",
        QUESTION_PLACEHOLDER,
        "There is no right or wrong answer. Say only as much as you like.",
    ]


def _write_withdrawal(context: DraftContext) -> list[str]:
    return [
        "We were asked not to go on with the request for help, and we have closed it. You need do nothing.",
        "If that is not what you want, or if you would like help later, please get in touch: you can come back "
        "at any time.",
    ]


def _write_closing(context: DraftContext) -> str:
    return (
        "If anything here is not right, or if things get harder, please tell us. If somebody is in danger, call 999. "
        f"Our reference for you is {context.reference}."
    )


# ---------------------------------------------------------------- to whoever referred


def _write_to_referrer(answer: str, context: DraftContext) -> list[str]:
    thanks = f"Thank you for your referral {context.reference}."
    if answer == ReplyTopic.QUESTION:
        return [thanks, "Before we decide, we would like to ask you something.", QUESTION_PLACEHOLDER]
    if answer == ReplyTopic.WITHDRAWN:
        return [thanks, "It has been withdrawn, and we have closed it. You can refer again at any time."]
    if not context.shared:
        return [thanks, *_write_decision_only()]
    return [thanks, *_REFERRER_ANSWER_WRITERS[answer](context), _SAFEGUARDING_ADVICE]


_SAFEGUARDING_ADVICE = (
    "If you are worried about a child's safety at any time, follow your safeguarding procedure; "
    "do not wait for us."
)


def _write_decision_only() -> list[str]:
    """For a referrer before the family has agreed to sharing: only that a decision was made."""
    return [
        "We have decided what comes next. Until the family agrees, we cannot say more; they may tell you themselves.",
        "If there is something that you should do, one of us will ring you.",
        _SAFEGUARDING_ADVICE,
    ]


def _write_direct_to_referrer(context: DraftContext) -> list[str]:
    return [
        f"We have accepted it. The team at {context.site} gets in touch with the family, in the way that they asked "
        "for. Please go on with what you are doing for them."
    ]


def _write_joint_to_referrer(context: DraftContext) -> list[str]:
    return [
        f"We have accepted it, and would like to work together with you. Somebody of the team at {context.site} will "
        "be in touch to plan a first visit together, if that is right for the family."
    ]


def _write_consultation_to_referrer(context: DraftContext) -> list[str]:
    return [
        "We would like to think about it with you first. One of us will arrange a time that suits you, of about an "
        "hour."
    ]


def _write_not_accepted_to_referrer(context: DraftContext) -> list[str]:
    return [
        f"We think that somebody else can help the family better just now. {context.reason or REASON_PLACEHOLDER}",
        _format_services(context).replace("You can turn to", "The family can turn to"),
        "You can refer again at any time, or ask us to think about the family with you.",
    ]


_REFERRER_ANSWER_WRITERS: dict[str, Callable[[DraftContext], list[str]]] = {
    ReferralResponse.DIRECT: _write_direct_to_referrer,
    ReferralResponse.JOINT: _write_joint_to_referrer,
    ReferralResponse.CONSULTATION: _write_consultation_to_referrer,
    ReferralResponse.NONE: _write_not_accepted_to_referrer,
}
