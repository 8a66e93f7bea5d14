"""Rules of training delivered: groups of the workforce, confidence, places, and how far training has reached."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

# Confidence before and after, from 0 (not at all) to 10 (completely): our own question, no published instrument.
LOWEST_CONFIDENCE, HIGHEST_CONFIDENCE = 0, 10


class WorkforceGroup(TextChoices):
    """At which level people work with babies: the groups of the workforce for which training is recommended.

    Source: Mental Health for infants and children aged 0-5 years old, a strategy for Lancashire and South Cumbria
    (March 2025), Table 3.
    """

    FAMILY_FACING = "family_facing", "Family facing workers"
    UNIVERSAL = "universal", "Universal services"
    ENHANCED = "enhanced", "Enhanced universal services"
    EARLY_YEARS = "early_years", "Early years education"
    CYP_MENTAL_HEALTH = "cyp_mental_health", "CYP mental health"
    SOCIAL_CARE = "social_care", "Social care"


def find_places_error(*, taken: int, places: int) -> str:
    """'' while another place is free, else why not."""
    return "" if taken < places else f"All {places} places are taken. Change the number of places first."


class ConfidenceChange(TextChoices):
    """How somebody's own rating changed from before the training until after it."""

    MORE = "more", "More confident"
    SAME = "same", "As confident"
    LESS = "less", "Less confident"
    NOT_KNOWN = "not_known", "Not rated both before and after"


def compare_confidence(before: int | None, after: int | None) -> ConfidenceChange:
    """Ratings from LOWEST_CONFIDENCE to HIGHEST_CONFIDENCE, None where there is none."""
    if before is None or after is None:
        return ConfidenceChange.NOT_KNOWN
    if before == after:
        return ConfidenceChange.SAME
    return ConfidenceChange.MORE if after > before else ConfidenceChange.LESS


def find_confidence_errors(*, before: int | None, after: int | None, attended: bool) -> dict[str, str]:
    """{} for confidence as rated by the attendee, else by field why not."""
    errors = {}
    for name, value in (("confidence_before", before), ("confidence_after", after)):
        if value is not None and not LOWEST_CONFIDENCE <= value <= HIGHEST_CONFIDENCE:
            errors[name] = f"Enter a number from {LOWEST_CONFIDENCE} to {HIGHEST_CONFIDENCE}."
    if after is not None and not attended and "confidence_after" not in errors:
        errors["confidence_after"] = "They have not attended a session yet."
    return errors


def find_certificate_error(names: Collection[str], without: Collection[str]) -> str:
    """'' when each may have one, else why not. ``without``: of these, the names of those who attended no session."""
    if not names:
        return "Choose who receives a certificate."
    if without:
        return f"No session attended: {', '.join(sorted(without))}."
    return ""


@dataclass(frozen=True)
class Reach:
    """Of one place and group of the workforce: people trained, and how many work there, where that is known."""

    trained: int
    headcount: int | None = None
    as_of: date | None = None
    source: str = ""

    @property
    def share(self) -> int | None:
        """Whole per cent of the headcount, at most 100: people come and go within the period."""
        return min(100, round(100 * self.trained / self.headcount)) if self.headcount else None
