"""Draft texts of replies, by decision, recipient and entry point. Nothing clinical.

Placeholders in square brackets have to be replaced by the writer; a reply that still has one is refused.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from referrals.rules.choices import ReferralResponse, ReplyRecipient, ReplyTopic

SERVICE_NAME = "the Parent-Infant Relationship Service (PaIRS)"
REASON_PLACEHOLDER = "[Explain why, in words they would recognise.]"
QUESTION_PLACEHOLDER = "[Write your question.]"
QUESTION_OPENING = "Before we decide, we would like to ask you something."


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


def get_question(text: str) -> str:
    """What is asked in a question to whoever referred, without the greeting and opening of our draft."""
    opening, _, asked = text.partition(QUESTION_OPENING)
    return asked.strip() or opening.strip()


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
        return "Thank you for asking us for help. We are glad you did."
    if context.agreed:
        return f"Thank you for agreeing to be referred to us. We are {SERVICE_NAME} at {context.site}."
    return f"We are {SERVICE_NAME} at {context.site}. We were asked to think about what could help you."


def _name_family(context: DraftContext) -> str:
    return "you" if context.own_help else f"you and {context.child or 'your baby'}"


def _write_direct_answer(context: DraftContext) -> list[str]:
    return [
        f"We would like to work with {_name_family(context)}. One of us will get in touch, in the way that "
        "you asked for, to find a first time to meet. You do not need to prepare anything."
    ]


def _write_joint_answer(context: DraftContext) -> list[str]:
    helper = "someone who already supports you" if context.asked_themselves else "the person who referred you"
    return [
        f"We would like to work with {_name_family(context)}, together with {helper}. We will check first "
        "that you are happy with this.",
        "One of us will get in touch, in the way that you asked for, to find a first time to meet.",
    ]


def _write_consultation_answer(context: DraftContext) -> list[str]:
    if context.asked_themselves:
        return [
            f"We would like to talk with you first about what would help {_name_family(context)} most. One of us will "
            "get in touch, in the way that you asked for."
        ]
    return [
        "First we would like to think, together with the person who referred you, about what would help "
        f"{_name_family(context)} most. You do not need to do anything now. You can ask them, or us, what "
        "we decided."
    ]


def _write_not_accepted_answer(context: DraftContext) -> list[str]:
    return [
        f"We have thought carefully about what would help {_name_family(context)}. We think another service "
        f"can help you better at the moment. {context.reason or REASON_PLACEHOLDER}",
        _format_services(context),
        "You can come back to us at any time.",
    ]


def _format_services(context: DraftContext) -> str:
    if not context.turns:
        return ""
    return "\n".join(["You can contact:", *map(_format_service, context.turns)])


def _format_service(each: SignpostedService) -> str:
    parts = [each.offers, f"Phone {each.phone}" if each.phone else "", each.how_to_start]
    more = " ".join(f"{part.rstrip(' .')}." for part in parts if part)
    return f"- {each.name}: {more}" if more else f"- {each.name}"


def _write_question(context: DraftContext) -> list[str]:
    return [
        f"Before we decide how we can help {_name_family(context)}, we would like to ask you something.",
        QUESTION_PLACEHOLDER,
        "There is no right or wrong answer. Tell us only as much as you want to.",
    ]


def _write_withdrawal(context: DraftContext) -> list[str]:
    return [
        "We were asked to stop the request for help, and we have closed it. You do not need to do anything.",
        "If this is not what you want, or you would like help later, please get in touch: you can come "
        "back at any time.",
    ]


def _write_closing(context: DraftContext) -> str:
    return (
        "If anything here is not right, or if things get harder, please tell us. If anyone is in danger, "
        f"call 999. Our reference for you is {context.reference}."
    )


# ---------------------------------------------------------------- to whoever referred


def _write_to_referrer(answer: str, context: DraftContext) -> list[str]:
    thanks = f"Thank you for your referral {context.reference}."
    if answer == ReplyTopic.QUESTION:
        return [thanks, QUESTION_OPENING, QUESTION_PLACEHOLDER]
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
        "We have made a decision. We cannot tell you more until the family agrees; they may tell you themselves.",
        "If we need you to do anything, one of us will call you.",
        _SAFEGUARDING_ADVICE,
    ]


def _write_direct_to_referrer(context: DraftContext) -> list[str]:
    return [
        f"We have accepted the referral. The team at {context.site} will contact the family in the way they "
        "asked for. Please continue your current support."
    ]


def _write_joint_to_referrer(context: DraftContext) -> list[str]:
    return [
        f"We have accepted the referral and would like to work with you. The team at {context.site} will "
        "contact you to plan a joint first visit, if that is right for the family."
    ]


def _write_consultation_to_referrer(context: DraftContext) -> list[str]:
    return [
        "We would like to think about it with you first. One of us will arrange a time that suits you, for "
        "about an hour."
    ]


def _write_not_accepted_to_referrer(context: DraftContext) -> list[str]:
    return [
        f"We think another service can help the family better at the moment. {context.reason or REASON_PLACEHOLDER}",
        _format_services(context).replace("You can contact", "The family can contact"),
        "You can refer again at any time, or ask us to think about the family with you.",
    ]


_REFERRER_ANSWER_WRITERS: dict[str, Callable[[DraftContext], list[str]]] = {
    ReferralResponse.DIRECT: _write_direct_to_referrer,
    ReferralResponse.JOINT: _write_joint_to_referrer,
    ReferralResponse.CONSULTATION: _write_consultation_to_referrer,
    ReferralResponse.NONE: _write_not_accepted_to_referrer,
}
