"""Every status as people read it: code to words and colour, by kind, in one table.

Colours are the design system's tag colours. Words carry the meaning; colour only helps the eye.
"""

import logging

from django.conf import settings

log = logging.getLogger(__name__)

STATUS_TAGS = {
    "referral": {
        "draft": ("Draft", "grey"),
        "received": ("Received", "blue"),
        "in_triage": ("In triage", "blue"),
        "more_information": ("Waiting for information", "yellow"),
        "accepted": ("Accepted", "green"),
        "accepted_direct": ("Accepted: direct work", "green"),
        "accepted_joint": ("Accepted: joint working", "green"),
        "consultation": ("Consultation offered", "aqua-green"),
        "signposted": ("Signposted", "purple"),
        "not_accepted": ("Not accepted", "orange"),
        "withdrawn": ("Withdrawn", "grey"),
        "closed": ("Closed", "grey"),
    },
    "episode": {
        "waiting": ("Waiting to start", "yellow"),
        "open": ("Open", "green"),
        "assessment": ("In assessment", "blue"),
        "active": ("Open", "green"),
        "paused": ("Paused", "yellow"),
        "ending": ("Ending", "purple"),
        "ended": ("Ended", "grey"),
        "closed": ("Ended", "grey"),
    },
    "intervention": {
        "planned": ("Planned", "blue"),
        "in_progress": ("In progress", "green"),
        "completed": ("Completed", "grey"),
        "stopped": ("Stopped early", "orange"),
    },
    "attendance": {
        "expected": ("Expected", "blue"),
        "attended": ("Attended", "green"),
        "late_seen": ("Late, seen", "green"),
        "late_not_seen": ("Late, not seen", "orange"),
        "did_not_attend": ("Did not attend", "orange"),
        "not_brought": ("Not brought", "orange"),
        "cancelled_by_family": ("Cancelled by the family", "yellow"),
        "cancelled_by_service": ("Cancelled by us", "yellow"),
    },
    "infant": {
        "unborn": ("Unborn", "purple"),
        "born": ("Born", "green"),
        "loss": ("Died", "grey"),
        "died": ("Died", "grey"),
        "sealed": ("Sealed", "grey"),
    },
    "thrive": {
        "thriving": ("Thriving", "green"),
        "getting_advice": ("Getting Advice", "aqua-green"),
        "getting_help": ("Getting Help", "blue"),
        "getting_more_help": ("Getting More Help", "purple"),
        "getting_risk_support": ("Getting Risk Support", "pink"),
    },
    "risk_alert": {
        "raised": ("Not seen yet", "red"),
        "seen": ("Seen", "orange"),
        "acted_on": ("Acted on", "yellow"),
        "closed": ("Closed", "grey"),
    },
    "alert": {
        "high": ("Alert", "red"),
        "medium": ("Take care", "orange"),
        "note": ("Note", "grey"),
    },
    "safeguarding": {
        "none": ("None known", "grey"),
        "early_help": ("Early help", "blue"),
        "child_in_need": ("Child in need", "orange"),
        "child_protection": ("Child protection plan", "red"),
        "looked_after": ("Looked after", "purple"),
        "ended": ("Ended", "grey"),
    },
    "consultation": {
        "requested": ("Requested", "blue"),
        "booked": ("Booked", "aqua-green"),
        "held": ("Held", "green"),
        "cancelled": ("Cancelled", "grey"),
    },
    "action": {
        "open": ("To do", "blue"),
        "overdue": ("Overdue", "orange"),
        "done": ("Done", "green"),
        "dropped": ("No longer needed", "grey"),
    },
    "note": {
        "draft": ("Draft", "yellow"),
        "signed": ("Signed", "green"),
        "amended": ("Amended", "blue"),
        "entered_in_error": ("Entered in error", "red"),
    },
    "assessment": {
        "due": ("Due", "blue"),
        "draft": ("Draft", "yellow"),
        "complete": ("Complete", "green"),
        "incomplete": ("Incomplete, no score", "orange"),
        "declined": ("Family declined", "grey"),
    },
    "job": {
        "queued": ("Waiting to start", "grey"),
        "running": ("Being made", "blue"),
        "done": ("Ready", "green"),
        "failed": ("Did not finish", "red"),
    },
    "site": {
        "planned": ("Planned", "yellow"),
        "open": ("Open", "green"),
        "closed": ("Closed", "grey"),
    },
    "account": {
        "active": ("Active", "green"),
        "deactivated": ("Deactivated", "grey"),
    },
    "due": {
        "safety": ("Safety", "red"),
        "overdue": ("Overdue", "orange"),
        "today": ("Today", "yellow"),
        "soon": ("Soon", "blue"),
        "data": ("Record", "grey"),
    },
}
# How a due item's severity is read out before its title.
DUE_WORDS = {code: words for code, (words, _) in STATUS_TAGS["due"].items()}


def tag_for(kind, code):
    """(words, colour) of a status; an unknown one raises where templates are strict, else reads as it is."""
    found = STATUS_TAGS.get(kind, {}).get(str(code))
    if found:
        return found
    if settings.STRICT_TEMPLATES:
        raise KeyError(f"pairs/service/statuses.py has no {kind} called {code}")
    log.error("No words for the status %s of a %s", code, kind)
    return str(code).replace("_", " ").capitalize(), "grey"
