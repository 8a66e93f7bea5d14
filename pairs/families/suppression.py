"""About whom no e-mail leaves any more (pairs.jobs.suppression)."""

from uuid import UUID

from pairs.families.models import Caregiver, Infant


def must_suppress_email(person_id: UUID) -> bool:
    """Must everything about this baby, or for this carer, stop: dead, entered in error, or out of sight?"""
    carers = Caregiver.objects.active().filter(pk=person_id)
    return Infant.objects.must_be_suppressed(person_id) and not carers.exists()
