"""What kinds of record may be one person's, or one family's, twice."""

from django.db.models import TextChoices


class PersonKind(TextChoices):
    """Of people, two of whom may be told apart."""

    INFANT = "infant", "Baby"
    CAREGIVER = "caregiver", "Carer"


class RecordKind(TextChoices):
    """Of records, two of which may be merged."""

    INFANT = PersonKind.INFANT.value, PersonKind.INFANT.label
    CAREGIVER = PersonKind.CAREGIVER.value, PersonKind.CAREGIVER.label
    FAMILY = "family", "Family"
