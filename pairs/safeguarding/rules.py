"""The rules of safeguarding: which status fits whom, what a concern must say, when to ask what became of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import TextChoices


class StatusKind(TextChoices):
    """How somebody stands with social care, a court or a MARAC."""

    PRE_BIRTH = "pre_birth", "Pre-birth assessment"
    EARLY_HELP = "early_help", "Early help"
    IN_NEED = "in_need", "Child in need"
    PROTECTION_PLAN = "protection_plan", "Child protection plan"
    LOOKED_AFTER = "looked_after", "Looked after"
    PROCEEDINGS = "proceedings", "Care proceedings"
    MARAC = "marac", "MARAC (domestic abuse)"
    COURT_ORDER = "court_order", "Court order"


class AbuseCategory(TextChoices):
    """The four of abuse and neglect in the statutory guidance Working Together to Safeguard Children."""

    NEGLECT = "neglect", "Neglect"
    PHYSICAL = "physical", "Physical abuse"
    EMOTIONAL = "emotional", "Emotional abuse"
    SEXUAL = "sexual", "Sexual abuse"


class ConcernDecision(TextChoices):
    """What was decided about a concern."""

    REFERRED = "referred", "Referred to children’s social care"
    ADVICE = "advice", "Advice taken, and no referral for now"
    SUPERVISION = "supervision", "Discussed in supervision, and no referral for now"
    NOT_REFERRED = "not_referred", "Not referred"


class FamilyTold(TextChoices):
    """Whether the family knows of a concern."""

    AGREED = "agreed", "Yes, and they agreed to what we share"
    KNOWS = "knows", "Yes, and they did not agree"
    NOT_TOLD = "not_told", "No"


class ConcernStepKind(TextChoices):
    """What is added to a concern."""

    OUTCOME = "outcome", "Outcome"
    CHALLENGE = "challenge", "Disagreement raised"
    NOTE = "note", "Further information"


# All the others are about a child; a carer under 18 is one.
ADULT_STATUS_KINDS = {StatusKind.MARAC, StatusKind.COURT_ORDER}
# What everybody who opens the record must know without looking for it.
BANNER_STATUS_KINDS = {
    StatusKind.PROTECTION_PLAN,
    StatusKind.LOOKED_AFTER,
    StatusKind.MARAC,
}
ADULT_AGE_YEARS = 18

FieldErrors = dict[str, str]


def describe_status(kind: str, categories: Sequence[str], court_order: str) -> str:
    """The kind of a status with its categories, or the order in its words."""
    names, words = dict(AbuseCategory.choices), StatusKind(kind).label
    more = court_order or ", ".join(names.get(each, each).lower() for each in categories)
    return f"{words}: {more}" if more else words


def is_child(born: date | None, on: date) -> bool:
    """Under 18 on that day. Without a date of birth nobody can say so."""
    if born is None:
        return False
    return (on.year - born.year) - ((on.month, on.day) < (born.month, born.day)) < ADULT_AGE_YEARS


def find_kind_error(kind: str, *, is_carer: bool, born: date | None, on: date) -> str:
    """'' when the status fits the person on its first day, else why not."""
    if kind in ADULT_STATUS_KINDS or not is_carer or is_child(born, on):
        return ""
    if born is None:
        return "This is for a child. If this carer is under 18, record their date of birth first."
    return "This carer was 18 or over on that date. For an adult, choose MARAC or a court order."


def find_missing_status_fields(*, kind: str, categories: Iterable[str], court_order: str) -> FieldErrors:
    """What this kind of status must say and does not, by field; and what only another kind can say."""
    named = list(categories)
    if kind == StatusKind.PROTECTION_PLAN and not named:
        return {"categories": "Tick the category of the plan. There may be more than one."}
    if kind != StatusKind.PROTECTION_PLAN and named:
        return {"categories": "Only a child protection plan has a category."}
    if kind == StatusKind.COURT_ORDER and not court_order.strip():
        return {"court_order": "Enter which order it is and who made it."}
    if kind != StatusKind.COURT_ORDER and court_order.strip():
        return {"court_order": "Leave empty unless it is a court order."}
    return {}


def find_status_date_errors(*, since: date, until: date | None, on: date) -> FieldErrors:
    """A status begins today at the latest, and ends between then and today."""
    if since > on:
        return {"since": "This date is in the future."}
    return find_end_date_errors(since=since, until=until, on=on) if until else {}


def find_end_date_errors(*, since: date, until: date, on: date) -> FieldErrors:
    """The last day of a status or a caution: not before its first, and not still to come."""
    if until < since:
        return {"until": "It cannot end before it began."}
    return {"until": "This date is in the future."} if until > on else {}


def is_review_due(review_on: date | None, on: date) -> bool:
    """The review's own date has come; no other is made up."""
    return review_on is not None and review_on <= on


def find_missing_concern_fields(
    *, decision: str, told: str, family_told: str, without_agreement: str, chase_by: date | None
) -> FieldErrors:
    """What a concern must say besides what was noticed and why it was decided so, by field."""
    missing = {}
    if decision != ConcernDecision.NOT_REFERRED and not told.strip():
        missing["told"] = "Enter who you told, and when."
    alone = was_shared_without_agreement(decision=decision, told=told, family_told=family_told)
    if alone and not without_agreement.strip():
        missing["without_agreement"] = "Enter why it was right to share this without the family’s agreement."
    if decision == ConcernDecision.REFERRED and chase_by is None:
        missing["chase_by"] = "Enter the date by which you will ask for the outcome of the referral."
    return missing


def was_shared_without_agreement(*, decision: str, told: str, family_told: str) -> bool:
    """Somebody was told, and the family has not agreed to it."""
    return family_told != FamilyTold.AGREED and (
        decision != ConcernDecision.NOT_REFERRED or bool(told.strip())
    )


def find_concern_date_errors(*, noticed_on: date, chase_by: date | None, on: date) -> FieldErrors:
    """Noticed today or before; to be asked about today or later."""
    if noticed_on > on:
        return {"noticed_on": "This date is in the future."}
    return {"chase_by": "Choose today or a later date."} if chase_by and chase_by < on else {}


def find_missing_step_fields(*, kind: str, to_whom: str) -> FieldErrors:
    """A professional disagreement is said to somebody."""
    if kind == ConcernStepKind.CHALLENGE and not to_whom.strip():
        return {"to_whom": "Enter who you have told."}
    return {}


def get_waiting_date(steps: Iterable[tuple[str, date | None]]) -> date | None:
    """The day by which to ask again, or None when there is nothing to wait for.

    ``steps``, oldest first, the concern itself among them as ('raised', its day): (kind, day to ask by).
    An outcome ends the waiting unless it names a day itself; any later day starts it anew.
    """
    waiting = None
    for kind, ask_by in steps:
        waiting = ask_by or (None if kind == ConcernStepKind.OUTCOME else waiting)
    return waiting
