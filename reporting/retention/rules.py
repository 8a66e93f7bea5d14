"""Until when a record is kept, at the least; nothing here asks the database.

Source: NHS Records Management Code of Practice, retention schedule (updated August 2023). Where several periods apply
to one record, the longest does. The day is one of review: what is done then, people decide. What the schedule says of
adoption, and of a child who died, is not worked out here: neither ever shortens what is said below.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from pairs.families.ages import add_years

SOURCE = "NHS Records Management Code of Practice, retention schedule (August 2023)"
CHILD_AGE, CHILD_AGE_IF_SEVENTEEN, SEVENTEEN = 25, 26, 17
MENTAL_HEALTH_YEARS, MATERNITY_YEARS = 20, 25
SHORTEST_YEARS = MENTAL_HEALTH_YEARS  # no record is reviewed sooner after the last contact
MIN_REASON_LENGTH = 10
LONGEST_HOLD = timedelta(days=366)  # our own: a hold is looked at again at least once a year


class Rule(TextChoices):
    """Which period decides."""

    CHILD = "child", "Child’s record: kept until the 25th birthday, or the 26th if 17 at the last contact"
    MENTAL_HEALTH = "mental_health", "Mental health record: kept for 20 years after the last contact"
    MATERNITY = "maternity", "Antenatal record: kept for 25 years after the last contact"
    DECIDED = "decided", "Kept longer by a decision of information governance"


class DecisionKind(TextChoices):
    """What a review decides."""

    KEEP = "keep", "Keep the record longer"
    DESTROY = "destroy", "Destroy the record"


@dataclass(frozen=True)
class Review:
    """When a record is reviewed, and by which rule."""

    day: date
    rule: Rule


def compute_review(
    *, youngest_born: date | None, last_contact: date, has_antenatal: bool, kept_until: date | None = None
) -> Review:
    """The longest of the periods that apply. ``has_antenatal``: a pregnancy of the record never became a birth here."""
    found = [Review(add_years(last_contact, MENTAL_HEALTH_YEARS), Rule.MENTAL_HEALTH)]
    if youngest_born:
        found.append(Review(_get_childs_day(youngest_born, last_contact), Rule.CHILD))
    if has_antenatal:
        found.append(Review(add_years(last_contact, MATERNITY_YEARS), Rule.MATERNITY))
    if kept_until:
        found.append(Review(kept_until, Rule.DECIDED))
    return max(found, key=lambda each: each.day)


def _get_childs_day(born: date, last_contact: date) -> date:
    was_seventeen = add_years(born, SEVENTEEN) <= last_contact < add_years(born, SEVENTEEN + 1)
    return add_years(born, CHILD_AGE_IF_SEVENTEEN if was_seventeen else CHILD_AGE)


def find_hold_date_error(review_on: date, on: date) -> str:
    """Why a hold cannot be looked at again on that day; "" where it can."""
    if review_on <= on:
        return "Choose a day after today."
    return (
        "" if review_on <= on + LONGEST_HOLD else "Choose a day within a year: a hold is checked once a year."
    )
