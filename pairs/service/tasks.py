"""What the service does by the clock: roles begin and end on their days."""

from celery import shared_task
from django.utils import timezone

from pairs.service.role_terms import apply_role_terms


@shared_task(name="service.apply_role_terms")
def begin_and_end_roles() -> None:
    """Every ten minutes, so that a role ends within minutes of midnight; does nothing while nothing changes."""
    apply_role_terms(timezone.localdate())
