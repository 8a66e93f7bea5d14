"""About whom no e-mail leaves any more (pairs.jobs.suppression)."""

from uuid import UUID

from pairs.families.models import Infant


def must_suppress_email(infant_id: UUID) -> bool:
    """Must everything about this baby stop?"""
    return Infant.objects.must_be_suppressed(infant_id)
