"""Who has to hear what was decided: no referral ends without a reply recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID


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


def owed_to(*, door: str, has_referrer: bool) -> tuple[str, ...]:
    """Who must hear the answer: the family always, and whoever referred, unless the family asked by itself."""
    return ("family",) if door == "self" and not has_referrer else ("referrer", "family")


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
    if not draft.recipient.strip():
        missing["recipient"] = "Say whom it is to."
    if draft.way == "letter" and not draft.address_lines.strip():
        missing["address_lines"] = "A letter needs an address."
    if draft.way == "email" and not draft.email:
        missing["email"] = "Give the e-mail address."
    return missing
