"""A reply as it stands on paper: printed from the browser and made as a PDF from these same lines."""

from django.utils import timezone

from pairs.village.rules import SENDER
from pairs.web.jinja_environment import format_day
from referrals.models import Reply


def build_reply_letter(reply: Reply) -> dict:
    """What the paper says: as it was sent, to this one person, with nothing of the record around it."""
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
