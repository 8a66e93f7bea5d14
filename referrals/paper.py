"""A reply as it stands on paper: printed from the browser and made as a PDF from these same lines."""

from django.utils import timezone

from pairs.service.pages import day
from pairs.village.rules import SENDER
from referrals.models import Reply


def paper_of(reply: Reply) -> dict:
    """What the paper says: as it was sent, to this one person, with nothing of the record around it."""
    sent = timezone.localdate(reply.sent_at)
    return {
        "sender": SENDER,
        "site": str(reply.referral.site),
        "stopped": "",
        "title": f"Letter of {day(sent)}",
        "to": (reply.recipient, *reply.address_lines.splitlines()),
        "by_hand": False,
        "on": day(sent),
        "text": reply.text,
        "parts": [],
        "signed_by": str(reply.written_by),
        "profession": reply.written_by.profession,
    }
