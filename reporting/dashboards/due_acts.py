"""What one presses to do a due item, and what its day means: a day to do it by, or only since when it has waited.

Nothing is overdue that nobody set a day for: a note to sign waits since the contact; a review is due by its date.
"""

from dataclasses import dataclass
from datetime import date

from pairs.families.due import DATA_QUALITY, SAFETY, DueItem
from pairs.web.formats import format_near_day

DUE_BY, WAITS_SINCE = "by", "since"
NAMED_DAYS = 7  # a day this near is told with its weekday


@dataclass(frozen=True)
class DueAct:
    """The words of the button; and which of the two the item's day is."""

    button: str
    day: str = WAITS_SINCE


# By the code of the rule. tests/unit/dashboards/test_due_acts.py finds one that is missing.
DUE_ACTS = {
    "risk_alert": DueAct("Review alert"),
    "emergency_access": DueAct("Review"),
    "subject_access": DueAct("Answer", DUE_BY),
    "subject_access_identity": DueAct("Check identity"),
    "sealed_reading": DueAct("Decide"),
    "harm_view": DueAct("Give view"),
    "unread_referral": DueAct("Read", DUE_BY),
    "referral_differs": DueAct("Choose"),
    "match_check": DueAct("Check"),
    "awaiting_triage": DueAct("Decide"),
    "referral_news": DueAct("Read"),
    "email_not_delivered": DueAct("Send again"),
    "destination_unchecked": DueAct("Check entry"),
    "consultation_waits": DueAct("Arrange"),
    "consultation_to_write": DueAct("Write up"),
    "consultation_follow_up": DueAct("Follow up"),
    "outreach_to_record": DueAct("Record"),
    "training_register": DueAct("Register"),
    "unsent_referral": DueAct("Continue"),
    "birth_not_registered": DueAct("Record birth"),
    "nhs_number_trace": DueAct("Add number"),
    "merge_to_look_through": DueAct("Look through"),
    "agreement_ended": DueAct("Renew or withdraw"),
    "status_review": DueAct("Review", DUE_BY),
    "concern_answer": DueAct("Record answer", DUE_BY),
    "first_contact": DueAct("Log contact"),
    "missed_contacts": DueAct("Discuss"),
    "plan_review": DueAct("Review plan", DUE_BY),
    "unsigned_contact": DueAct("Sign"),
    "to_countersign": DueAct("Countersign"),
    "leavers_note": DueAct("Sign"),
    "note_returned": DueAct("Amend"),
    "plan_to_make": DueAct("Agree plan", DUE_BY),
    "is_it_helping": DueAct("Record answer", DUE_BY),
    "waiting_contact": DueAct("Log contact", DUE_BY),
    "case_decision": DueAct("Done", DUE_BY),
    "case_decision_undated": DueAct("Done"),
    "turning_2": DueAct("Plan", DUE_BY),
    "turning_5": DueAct("Plan", DUE_BY),
    "ending_meant": DueAct("Complete ending", DUE_BY),
    "joint_work": DueAct("Review", DUE_BY),
    "ask_not_taken": DueAct("Open request", DUE_BY),
    "ask_not_answered": DueAct("Open request", DUE_BY),
    "ask_to_take": DueAct("Answer request", DUE_BY),
    "ask_to_answer": DueAct("Answer", DUE_BY),
    "joint_first_visit": DueAct("Open visit"),
    "nothing_booked": DueAct("Book visit"),
    "visit_to_write_up": DueAct("Write up"),
    "cancelled_visit": DueAct("Record"),
    "recording": DueAct("Delete recording", DUE_BY),
    "group_register": DueAct("Write register"),
    "supervision_to_record": DueAct("Record"),
    "supervision_undated": DueAct("Set date", DUE_BY),
    "absence_without_cover": DueAct("Name cover", DUE_BY),
    "families_without_lead": DueAct("Hand over", DUE_BY),
    "delivery_to_sign_off": DueAct("Sign off"),
    "group_to_sign_off": DueAct("Sign off"),
    "own_accreditation_ends": DueAct("Open", DUE_BY),
    "accreditation_ends": DueAct("Open", DUE_BY),
    "start_measure": DueAct("Add measure", DUE_BY),
    "pair_closing": DueAct("Add measure", DUE_BY),
    "answers_to_read": DueAct("Read answers"),
    "move_offered": DueAct("Answer offer"),
    "hand_over_ends": DueAct("Finish", DUE_BY),
    "day_21": DueAct("See steps", DUE_BY),
}
UNKNOWN_ACT = DueAct("Open")

# What kind of work each is, for a list in that order. The same test finds a code that is in none, or in two.
DUE_KINDS = {
    "Referrals": (
        "unread_referral", "referral_differs", "match_check", "awaiting_triage", "referral_news", "email_not_delivered",
        "destination_unchecked", "unsent_referral", "merge_to_look_through", "day_21",
    ),
    "Consultation, training and outreach": (
        "consultation_waits", "consultation_to_write", "consultation_follow_up", "outreach_to_record",
        "training_register",
    ),
    "Contacts": ("first_contact", "missed_contacts", "waiting_contact"),
    "Notes": ("unsigned_contact", "to_countersign", "leavers_note", "note_returned"),
    "Visits and groups": (
        "joint_first_visit", "nothing_booked", "visit_to_write_up", "cancelled_visit", "group_register", "recording",
    ),
    "Plans and reviews": ("plan_to_make", "plan_review", "is_it_helping", "joint_work"),
    "Measures": ("start_measure", "pair_closing", "answers_to_read"),
    "Safeguarding and sharing": (
        "risk_alert", "agreement_ended", "status_review", "concern_answer", "emergency_access",
        "subject_access", "subject_access_identity", "sealed_reading", "harm_view",
    ),
    "Agreed in supervision": ("case_decision", "case_decision_undated"),
    "Requests to the hub": ("ask_not_taken", "ask_not_answered", "ask_to_take", "ask_to_answer"),
    "Transitions, endings and moves": ("turning_2", "turning_5", "ending_meant", "move_offered", "hand_over_ends"),
    "Supervision and colleagues": (
        "supervision_to_record", "supervision_undated", "absence_without_cover", "families_without_lead",
        "delivery_to_sign_off", "group_to_sign_off", "own_accreditation_ends", "accreditation_ends",
    ),
    "Gaps in records": ("birth_not_registered", "nhs_number_trace"),
}  # fmt: skip
_KIND_OF_CODE = {code: kind for kind, codes in DUE_KINDS.items() for code in codes}
OTHER_KIND = "Other"


@dataclass(frozen=True)
class DueChip:
    """When, in one to four words, and how pressing: a severity of components/due_list.html."""

    text: str
    severity: str


def get_due_act(item: DueItem) -> DueAct:
    return DUE_ACTS.get(item.code, UNKNOWN_ACT)


def get_due_kind(item: DueItem) -> str:
    """What kind of work it is, in words."""
    return "Safety" if item.kind == SAFETY else _KIND_OF_CODE.get(item.code, OTHER_KIND)


def describe_due_day(item: DueItem, on: date) -> DueChip:
    """“Safety”, “Overdue 5 d”, “Due Wed 2 Dec”, “Open since 14 Nov”: red for safety and what is over its day."""
    if item.kind == SAFETY:
        return DueChip("Safety", "safety")
    severity = "data" if item.kind == DATA_QUALITY else ""
    days = (item.due_on - on).days
    if get_due_act(item).day == WAITS_SINCE:
        words = "Today" if days == 0 else f"Open since {format_near_day(item.due_on, on)}"
        return DueChip(words, severity or "since")
    if days < 0:
        return DueChip(f"Overdue {-days} d", "overdue")
    if days == 0:
        return DueChip("Today", severity or "today")
    weekday = f"{item.due_on:%a} " if days <= NAMED_DAYS else ""
    return DueChip(f"Due {weekday}{format_near_day(item.due_on, on)}", severity or "soon")
