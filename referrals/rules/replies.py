"""Who must be told of a decision, and how safely: no referral ends without a recorded reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from pairs.families.rules import takes_post
from referrals.rules.choices import EntryPoint, ReplyRecipient, ReplyWay
from referrals.rules.reply_drafts import is_unfinished


@dataclass(frozen=True)
class ReplyDraft:
    """A reply as it is to be sent: to one named person, in one way; way NONE needs the reason in ``why_none``."""

    to: str
    recipient: str
    way: str
    text: str = ""
    why_none: str = ""
    carer: UUID | None = None
    email: str = ""
    address_lines: str = ""


@dataclass(frozen=True)
class ContactDetails:
    """One person's contact details. may_*: is it safe, as they told us; None (not asked) is not yes."""

    carer: UUID | None  # of those named in the referral
    name: str
    phone: str = ""
    email: str = ""
    address_lines: str = ""
    may_call: bool | None = None
    may_email: bool | None = None
    may_post: bool | None = None
    address_withheld: bool = False  # their address must not appear on an envelope
    no_fixed_abode: bool = False  # nor does a letter arrive
    died: bool = False


def list_owed_roles(*, entry_point: str, has_referrer: bool, family_asked: bool = False) -> tuple[str, ...]:
    """Who must get a reply: always the family, and the referrer unless it is a self-referral."""
    alone = family_asked or entry_point == EntryPoint.SELF
    both = (ReplyRecipient.REFERRER, ReplyRecipient.FAMILY)
    return both[1:] if alone and not has_referrer else both


def find_replies_errors(drafts: Sequence[ReplyDraft], owed: Sequence[str]) -> dict[str, str]:
    """{} when everybody owed a reply gets one or a reason why not, else 'replies.<number>.<field>' or 'replies'."""
    missing = [to for to in owed if to not in {draft.to for draft in drafts}]
    errors = {"replies": f"Write a reply to the {missing[0]}, or enter why there is none."} if missing else {}
    for number, draft in enumerate(drafts):
        errors |= {f"replies.{number}.{name}": said for name, said in find_reply_errors(draft).items()}
    return errors


def find_reply_errors(draft: ReplyDraft) -> dict[str, str]:
    """{} for a reply that can be sent, else by field why not."""
    if draft.way == ReplyWay.NONE:
        return {} if draft.why_none.strip() else {"why_none": "Enter why there is no reply."}
    missing = {}
    if not draft.text.strip():
        missing["text"] = "Enter the reply."
    elif is_unfinished(draft.text):
        missing["text"] = "Replace the text in square brackets with your own words."
    if not draft.recipient.strip():
        missing["recipient"] = "Enter who the reply is to."
    if draft.way == ReplyWay.LETTER and not takes_post(lines=draft.address_lines, postcode=""):
        missing["address_lines"] = "Enter an address for the letter."
    if draft.way == ReplyWay.EMAIL and not draft.email:
        missing["email"] = "Enter the e-mail address."
    return missing


def choose_reply_way(reach: ContactDetails) -> str:
    """The first safe way to reply to a family member; NONE where there is none."""
    if reach.address_lines and not find_way_error(ReplyWay.LETTER, reach):
        return ReplyWay.LETTER
    if reach.email and not find_way_error(ReplyWay.EMAIL, reach):
        return ReplyWay.EMAIL
    rings = reach.phone and not find_way_error(ReplyWay.PHONE, reach)
    return ReplyWay.PHONE if rings else ReplyWay.NONE


_WAY_WORDS: dict[str, str] = {
    ReplyWay.LETTER: "send post",
    ReplyWay.EMAIL: "e-mail them",
    ReplyWay.PHONE: "call them",
}


def find_way_error(way: str, reach: ContactDetails) -> str:
    """'' when this way is safe for the family member, else an error that says what to do instead."""
    if reach.died:
        return f"{reach.name} has died. Choose someone else, or enter why there is no reply."
    if way == ReplyWay.LETTER and reach.address_withheld:
        return "Their address must not be on an envelope. Choose another way to tell them."
    if way == ReplyWay.LETTER and reach.no_fixed_abode:
        return "They have no fixed abode, so post will not reach them. Choose another way to tell them."
    safe: dict[str, bool | None] = {
        ReplyWay.LETTER: reach.may_post,
        ReplyWay.EMAIL: reach.may_email,
        ReplyWay.PHONE: reach.may_call,
    }
    may = safe.get(way, True)
    if may is False:
        return f"They asked us not to {_WAY_WORDS[way]}. Choose another way to tell them."
    if may is None and way in (ReplyWay.LETTER, ReplyWay.EMAIL):
        what = "post" if way == ReplyWay.LETTER else "e-mail"
        return f"Whether {what} is safe is not recorded. Ask them first, or choose another way to tell them."
    return ""


def find_safety_errors(draft: ReplyDraft, reaches: Sequence[ContactDetails]) -> dict[str, str]:
    """{} when the way is safe for this one of the family, else by field why not."""
    if draft.to != ReplyRecipient.FAMILY or draft.way == ReplyWay.NONE:
        return {}
    reach = next((each for each in reaches if each.carer == draft.carer), None)
    if reach is None:
        unnamed = reaches and draft.way in (ReplyWay.LETTER, ReplyWay.EMAIL)
        return {"carer": "Choose who it is to, so that safe contact can be checked."} if unnamed else {}
    why = find_way_error(draft.way, reach)
    return {"way": why} if why else {}


def build_own_withdrawal_replies(*, name: str, family_knows: str, owed: Sequence[str]) -> list[ReplyDraft]:
    """Reply records for a withdrawal by the referrer: nobody is written to, with the reason."""
    to_family = (
        f"{name} has told them." if family_knows == "told" else f"{name} says it is not safe to tell them."
    )
    why: dict[str, str] = {
        ReplyRecipient.REFERRER: "They withdrew it themselves.",
        ReplyRecipient.FAMILY: to_family,
    }
    return [
        ReplyDraft(
            to=to,
            recipient=name if to == ReplyRecipient.REFERRER else "",
            way=ReplyWay.NONE,
            why_none=why[to],
        )
        for to in owed
    ]
