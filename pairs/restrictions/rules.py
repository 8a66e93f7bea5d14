"""Days and words of a restriction; nothing here asks the database."""

from datetime import date, timedelta

from django.db.models import TextChoices

USUAL_REVIEW = timedelta(
    days=91
)  # our own number: a quarter; no source says how long a restriction should stand
LONGEST_REVIEW = timedelta(days=366)
MIN_REASON_LENGTH = 10


class OwnRecordKind(TextChoices):
    """What a colleague says of a record whose carer has their name or e-mail address."""

    OWN = "own", "It is my own, or my family’s"
    KNOWN = "known", "It is someone I know outside work"
    SOMEBODY_ELSE = "other", "It is someone else, whom I do not know outside work"


def find_review_date_error(review_on: date, on: date) -> str:
    """Why the restriction cannot be reviewed on that day; "" where it can."""
    if review_on <= on:
        return "Choose a day after today."
    if review_on > on + LONGEST_REVIEW:
        return "Choose a day within a year: a restriction is looked at again at least once a year."
    return ""


def describe_unnamed_leads(names: list[str]) -> str:
    """Why these people have to be named."""
    verb = "leads" if len(names) == 1 else "lead"
    return (
        f"{' and '.join(names)} {verb} open work with this family. Name them as well, or change the lead "
        "first if they must not see the record."
    )
