"""Who has to hear what was decided, and in which way it is safe: no referral ends without a reply recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from referrals.rules.drafting import is_unfinished


@dataclass(frozen=True)
class ReplyDraft:
    """A reply as it is to be sent: to one named person, in one way; way "none" needs the reason in ``why_none``."""

    to: str
    recipient: str
    way: str
    text: str = ""
    why_none: str = ""
    carer: UUID | None = None
    email: str = ""
    address_lines: str = ""


@dataclass(frozen=True)
class Reach:
    """One person and how they may be reached. Safe or not as they told us; None: not asked, never read as yes."""

    carer: UUID | None  # of those named in the referral
    name: str
    phone: str = ""
    email: str = ""
    address_lines: str = ""
    may_call: bool | None = None
    may_email: bool | None = None
    may_post: bool | None = None
    kept_back: bool = False  # their address stands on no envelope


def owed_to(*, door: str, has_referrer: bool, family_asked: bool = False) -> tuple[str, ...]:
    """Who must hear the answer: the family always, and whoever referred, unless the family asked by itself."""
    alone = family_asked or door == "self"
    return ("family",) if alone and not has_referrer else ("referrer", "family")


def why_not_replies(drafts: Sequence[ReplyDraft], owed: Sequence[str]) -> dict[str, str]:
    """{} when everybody owed a reply gets one or a reason why not, else 'replies.<number>.<field>' or 'replies'."""
    missing = [to for to in owed if to not in {draft.to for draft in drafts}]
    errors = {"replies": f"Write a reply to the {missing[0]}, or say why there is none."} if missing else {}
    for number, draft in enumerate(drafts):
        errors |= {f"replies.{number}.{name}": said for name, said in why_not_reply(draft).items()}
    return errors


def why_not_reply(draft: ReplyDraft) -> dict[str, str]:
    """{} for a reply that can be sent, else by field why not."""
    if draft.way == "none":
        return {} if draft.why_none.strip() else {"why_none": "Say why they get no reply."}
    missing = {}
    if not draft.text.strip():
        missing["text"] = "Write what they are told."
    elif is_unfinished(draft.text):
        missing["text"] = "Write your own words where the square brackets are."
    if not draft.recipient.strip():
        missing["recipient"] = "Say whom it is to."
    if draft.way == "letter" and not draft.address_lines.strip():
        missing["address_lines"] = "A letter needs an address."
    if draft.way == "email" and not draft.email:
        missing["email"] = "Give the e-mail address."
    return missing


def usual_way(reach: Reach) -> str:
    """How somebody of the family hears, by what they said is safe; "none" where nothing is."""
    if reach.address_lines and not why_not_way("letter", reach):
        return "letter"
    if reach.email and not why_not_way("email", reach):
        return "email"
    return "phone" if reach.phone and not why_not_way("phone", reach) else "none"


def why_not_way(way: str, reach: Reach) -> str:
    """'' when somebody of the family may be told in this way, else what to do instead."""
    if way == "letter" and reach.kept_back:
        return "Their address must not be on an envelope. Tell them in another way."
    may = {"letter": reach.may_post, "email": reach.may_email, "phone": reach.may_call}.get(way, True)
    if may is False:
        asked = {"letter": "post to them", "email": "e-mail them", "phone": "ring them"}[way]
        return f"They asked us not to {asked}. Tell them in another way."
    if may is None and way in ("letter", "email"):
        what = "post" if way == "letter" else "e-mail"
        return f"Nobody has asked whether {what} is safe. Ask them first, or tell them in another way."
    return ""


def why_not_safe(draft: ReplyDraft, reaches: Sequence[Reach]) -> dict[str, str]:
    """{} when the way is safe for this one of the family, else by field why not."""
    if draft.to != "family" or draft.way == "none":
        return {}
    reach = next((each for each in reaches if each.carer == draft.carer), None)
    if reach is None:
        unnamed = reaches and draft.way in ("letter", "email")
        return {"carer": "Choose which of them it is to, so that we see what is safe."} if unnamed else {}
    why = why_not_way(draft.way, reach)
    return {"way": why} if why else {}


def replies_to_own_withdrawal(*, name: str, family_knows: str, owed: Sequence[str]) -> list[ReplyDraft]:
    """What is recorded when whoever referred withdraws it themselves: nobody is written to, and why."""
    why = {
        "referrer": "They withdrew it themselves.",
        "family": f"{name} has told them." if family_knows == "told" else f"{name} says that it is not safe.",
    }
    return [
        ReplyDraft(to=to, recipient=name if to == "referrer" else "", way="none", why_none=why[to])
        for to in owed
    ]
