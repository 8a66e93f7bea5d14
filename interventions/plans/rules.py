"""Rules of plans: valid dates, due dates, and what follows from reviews and helping answers."""

from datetime import date, timedelta

from django.db.models import TextChoices


class FormulationHeading(TextChoices):
    SAW = "saw", "What we saw between you"
    HELPS = "helps", "What helps"
    HARD = "hard", "What is hard"
    BABY_TELLS = "baby_tells", "What the baby may be telling us"
    UNDERSTAND = "understand", "How we understand it together"


class ReviewDecision(TextChoices):
    KEEP = "keep", "Keep it as it is"
    CHANGE = "change", "Change it"
    END = "end", "End this work"


class OfferKind(TextChoices):
    """What a family may decline."""

    PLAN = "plan", "A written plan"
    GOALS = "goals", "Goals"
    RATING = "rating", "A number for a goal"


class FamilyAnswer(TextChoices):
    """Whether it is helping, as the family says."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NOT_NOW = "not_now", "Not now"
    ENDED = "ended", "They have ended it"


class OurAnswer(TextChoices):
    """Whether it is helping, as the practitioner says."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NOT_NOW = "not_now", "Not now"


class NextStep(TextChoices):
    GO_ON = "go_on", "Continue as it is"
    CHANGE = "change", "Continue with changes"
    END = "end", "End it"


def find_day_error(*, day: date, opened: date, ended: date | None, on: date) -> str:
    """Why nothing of the episode can have happened on that day; '' when it can."""
    if day > on:
        return "This date is in the future."
    if day < opened:
        return "This is before the episode began."
    return "This is after the episode ended." if ended and day > ended else ""


def find_later_date_error(*, day: date | None, after: date) -> str:
    """'' when the day is empty or later than ``after``."""
    return "Choose a day that comes after." if day and day <= after else ""


def find_review_errors(*, decision: str, next_on: date | None, held_on: date) -> dict[str, str]:
    """Errors by field: work that continues needs a next review date, work that ends has none."""
    if decision == ReviewDecision.END:
        return {"next_on": "Leave this empty when the work ends."} if next_on else {}
    if next_on is None:
        return {"next_on": "Enter the next review date."}
    problem = find_later_date_error(day=next_on, after=held_on)
    return {"next_on": problem} if problem else {}


def find_helping_errors(
    *, family_says: str, we_say: str, what_next: str, what_changes: str, ask_again_on: date | None, on: date
) -> dict[str, str]:
    """Errors by field: what does not help is changed or ended; what continues is asked about again.

    Source: the agreed pathway on Getting Help: emphasis is placed on ending an intervention that is felt not to be
    working, or whose gains do not outweigh its costs.
    """
    if family_says == FamilyAnswer.ENDED and what_next != NextStep.END:
        return {"what_next": "The family has ended it. Choose “End it”."}
    helps_not_now = family_says == FamilyAnswer.NOT_NOW or we_say == OurAnswer.NOT_NOW
    if helps_not_now and what_next == NextStep.GO_ON:
        return {"what_next": "It is not helping now. Choose what to change, or to end it."}
    if what_next == NextStep.CHANGE and not what_changes.strip():
        return {"what_changes": "Enter what you will do differently."}
    if what_next == NextStep.END:
        return {"ask_again_on": "Leave this empty when it ends."} if ask_again_on else {}
    if ask_again_on is None:
        return {"ask_again_on": "Enter when you will ask again."}
    problem = find_later_date_error(day=ask_again_on, after=on)
    return {"ask_again_on": problem} if problem else {}


def get_helping_due_date(*, started: date, ask_again_on: date | None, first_after: timedelta) -> date:
    """When to ask whether open-ended work helps: as last agreed, the first time ``first_after`` its start."""
    return ask_again_on or started + first_after


def get_waiting_contact_due_date(*, since: date, last_contact: date | None, every: timedelta) -> date | None:
    """When a waiting family is next to be contacted; None if the service has set no interval."""
    if not every:
        return None
    return max(since, last_contact or since) + every


def get_plan_due_date(*, opened: date, has_plan: bool, declined: bool, within: timedelta) -> date | None:
    """When a plan is due; None if there is one, the family declined, or no limit is set."""
    return None if has_plan or declined or not within else opened + within
