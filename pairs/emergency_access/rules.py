"""How emergency access is judged, and what it asks for; nothing here asks the database."""

from django.db.models import TextChoices

MIN_REASON_LENGTH = 20  # ours: long enough to say what is happening and to whom it matters
MAX_REASON_LENGTH = 200  # it goes with the grant into the access log


class Finding(TextChoices):
    """What a review of emergency access found."""

    JUSTIFIED = "justified", "Justified"
    WRONG_RECORD = "wrong_record", "Wrong record opened in error"
    NOT_JUSTIFIED = "not_justified", "Not justified: taken further"


def describe_minutes(seconds: int) -> str:
    """60 * 60 seconds: "60 minutes"."""
    minutes = seconds // 60
    return "1 minute" if minutes == 1 else f"{minutes} minutes"
