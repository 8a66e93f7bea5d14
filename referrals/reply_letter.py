"""A reply as it stands on paper: printed from the browser and made as a PDF from these same lines."""

from datetime import date

from django.utils import timezone

from pairs.village.rules import SENDER
from pairs.web.formats import format_day
from referrals.models import Reply
from referrals.recipients import find_wording_errors, list_family_contact_details
from referrals.rules.replies import ReplyDraft, find_safety_errors

STOPPED_MESSAGE = "This letter may not go out as it was written."


def find_reply_letter_problem(reply: Reply, on: date) -> str:
    """Why the letter may not go out on that day; '' when it may: judged as when it was sent, by what is known now."""
    draft = ReplyDraft(
        to=reply.to,
        recipient=reply.recipient,
        way=reply.way,
        text=reply.text,
        carer=reply.carer_id,
        address_lines=reply.address_lines,
    )
    reaches = list_family_contact_details(reply.referral, on)
    errors = find_safety_errors(draft, reaches) | find_wording_errors(reply.referral, draft, reaches, on)
    return " ".join([STOPPED_MESSAGE, *dict.fromkeys(errors.values())]) if errors else ""


def build_reply_letter(reply: Reply, on: date) -> dict:
    """What the paper says: as it was sent, to this one person, with nothing of the record around it.

    One that may not go out any more says only that.
    """
    if problem := find_reply_letter_problem(reply, on):
        return {"sender": SENDER, "site": "", "stopped": problem, "title": "A letter that may not go out"}
    sent = timezone.localdate(reply.sent_at)
    return {
        "sender": SENDER,
        "site": str(reply.referral.site),
        "stopped": "",
        "title": f"Letter of {format_day(sent)}",
        "to": (reply.recipient, *reply.address_lines.splitlines()),
        "by_hand": False,
        "on": format_day(sent),
        "text": reply.text,
        "parts": [],
        "signed_by": str(reply.written_by),
        "profession": reply.written_by.profession,
    }
