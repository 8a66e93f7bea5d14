"""Every status as people read it: code to words and colour, by kind, in one table.

Colours are the design system's tag colours. Words carry the meaning; colour only helps the eye.
"""

import logging

from django.conf import settings

log = logging.getLogger(__name__)

STATUS_TAGS = {
    "referral": {
        "received": ("Received", "blue"),
        "read": ("Read", "aqua-green"),
        "more_asked": ("More information requested", "yellow"),
        "accepted": ("Accepted", "green"),
        "consultation": ("Consultation", "purple"),
        "not_accepted": ("Not for us now", "orange"),
        "withdrawn": ("Withdrawn", "grey"),
    },
    "destination": {
        "checked": ("Checked", "green"),
        "unchecked": ("To be checked", "yellow"),
        "retired": ("Retired", "grey"),
    },
    "consultation": {
        "asked": ("Requested", "blue"),
        "arranged": ("Booked", "yellow"),
        "to_record": ("To be recorded", "orange"),
        "held": ("Held", "green"),
        "withdrawn": ("Withdrawn", "grey"),
    },
    "outreach": {
        "planned": ("Planned", "blue"),
        "held": ("Held", "green"),
        "cancelled": ("Cancelled", "grey"),
    },
    "ask": {
        "asked": ("Asked", "blue"),
        "taken": ("Accepted", "yellow"),
        "answered": ("Answered", "green"),
        "declined": ("Declined", "orange"),
        "ended": ("Ended", "grey"),
    },
    "collaboration": {
        "live": ("Running", "green"),
        "ended": ("Ended", "grey"),
    },
    "response": {
        "direct": ("Direct work", "green"),
        "joint": ("Joint working", "aqua-green"),
        "consultation": ("Consultation", "purple"),
        "none": ("Not for us now", "orange"),
    },
    "episode": {
        "waiting": ("Waiting to start", "yellow"),
        "open": ("Open", "green"),
        "ended": ("Ended", "grey"),
    },
    "move": {
        "offered": ("Offered", "blue"),
        "accepted": ("Accepted", "green"),
        "declined": ("Declined", "orange"),
        "withdrawn": ("Withdrawn", "grey"),
        "called_back": ("Reversed", "yellow"),
    },
    "intervention": {
        "planned": ("Planned", "blue"),
        "in_progress": ("In progress", "green"),
        "completed": ("Completed", "grey"),
        "stopped": ("Stopped early", "orange"),
    },
    "film": {
        "to_film": ("Agreed, not filmed yet", "blue"),
        "to_review": ("To watch together", "yellow"),
        "to_delete": ("Recording kept", "orange"),
        "over": ("No recording", "grey"),
    },
    "group": {
        "planned": ("Upcoming", "blue"),
        "to_register": ("To be registered", "yellow"),
        "registered": ("Registered", "green"),
        "cancelled": ("Cancelled by us", "orange"),
        "open": ("Open", "green"),
        "closed": ("Closed", "grey"),
        "on": ("On the roster", "green"),
        "left": ("Left", "grey"),
    },
    "attendance": {
        "expected": ("Expected", "blue"),
        "attended": ("Attended", "green"),
        "late_seen": ("Arrived late, seen", "green"),
        "not_brought": ("Was not brought", "orange"),
        "did_not_attend": ("Did not attend", "orange"),
        "late_not_seen": ("Arrived too late to be seen", "orange"),
        "cancelled_family": ("Cancelled by the family", "yellow"),
        "cancelled_service": ("Cancelled by us", "yellow"),
    },
    "appointment": {
        "planned": ("Planned", "blue"),
        "kept": ("Written up", "green"),
        "cancelled_family": ("Cancelled by the family", "yellow"),
        "cancelled_service": ("Cancelled by us", "yellow"),
        "moved": ("Moved", "grey"),
    },
    "infant": {
        "unborn": ("Unborn", "purple"),
        "born": ("Born", "green"),
        "died": ("Died", "grey"),
    },
    "thrive": {
        "thriving": ("Thriving", "green"),
        "advice": ("Getting Advice", "aqua-green"),
        "help": ("Getting Help", "blue"),
        "more_help": ("Getting More Help", "purple"),
        "risk_support": ("Getting Risk Support", "pink"),
    },
    "sharing": {
        "live": ("Current", "green"),
        "ended": ("Ended", "grey"),
        "withdrawn": ("Withdrawn", "grey"),
    },
    "letter": {
        "draft": ("Draft", "yellow"),
        "signed": ("Signed", "green"),
        "sent": ("Sent", "blue"),
    },
    "risk_alert": {
        "raised": ("Not seen yet", "red"),
        "seen": ("Seen", "orange"),
        "action": ("Acted on", "yellow"),
        "closed": ("Closed", "grey"),
    },
    "safeguarding_status": {
        "current": ("Now", "orange"),
        "ended": ("Ended", "grey"),
    },
    "concern": {
        "waiting": ("Waiting for an answer", "orange"),
        "answered": ("Outcome recorded", "green"),
        "recorded": ("Recorded", "grey"),
    },
    "caution": {
        "keep_apart": ("Keep apart", "orange"),
        "lone_worker": ("Lone working", "orange"),
    },
    "alert": {
        "high": ("Alert", "red"),
        "medium": ("Take care", "orange"),
        "note": ("Note", "grey"),
    },
    "agreed_action": {
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
    "countersigning": {
        "waiting": ("To be countersigned", "yellow"),
        "returned": ("Amendment asked for", "orange"),
        "done": ("Countersigned", "green"),
        "left": ("Signed for a leaver", "green"),
    },
    "assessment": {
        "due": ("Due", "blue"),
        "complete": ("Complete", "green"),
        "incomplete": ("Incomplete, no score", "orange"),
        "declined": ("Family declined", "grey"),
    },
    "likeness": {
        "high": ("Strong match", "orange"),
        "medium": ("Alike", "yellow"),
    },
    "merge": {
        "merged": ("Merged", "green"),
        "undone": ("Undone", "grey"),
    },
    "event": {
        "referral": ("Referral", "blue"),
        "episode": ("Episode", "green"),
        "contact": ("Contact", "grey"),
        "goal": ("Goal", "purple"),
        "measure": ("Measure", "aqua-green"),
        "decision": ("Decision", "yellow"),
        "alert": ("Alert", "red"),
        "safeguarding": ("Safeguarding", "pink"),
        "birth": ("Family", "purple"),
        "address": ("Address", "grey"),
        "letter": ("Letter", "blue"),
        "record": ("Record", "grey"),
    },
    "job": {
        "queued": ("Waiting to start", "grey"),
        "running": ("In progress", "blue"),
        "done": ("Ready", "green"),
        "failed": ("Failed", "red"),
    },
    "site": {
        "planned": ("Planned", "yellow"),
        "open": ("Open", "green"),
    },
    "account": {
        "active": ("Active", "green"),
        "deactivated": ("Deactivated", "grey"),
    },
    "due": {
        "safety": ("Safety", "red"),
        "unsent": ("Not sent", "red"),
        "overdue": ("Overdue", "red"),
        "today": ("Today", "yellow"),
        "soon": ("Soon", "grey"),
        "since": ("Waiting", "grey"),
        "data": ("Record", "grey"),
    },
}


def get_status_tag(kind: str, code: str) -> tuple[str, str]:
    """(words, colour) of a status; an unknown one raises where templates are strict, else reads as it is."""
    found = STATUS_TAGS.get(kind, {}).get(str(code))
    if found:
        return found
    if settings.STRICT_TEMPLATES:
        raise KeyError(f"pairs/web/status_tags.py has no {kind} called {code}")
    log.error("No words for the status %s of a %s", code, kind)
    return str(code).replace("_", " ").capitalize(), "grey"
