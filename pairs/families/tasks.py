"""The Celery tasks of families: postcodes that were not known are looked up again each night."""

from celery import shared_task
from django.utils import timezone

from pairs.families import actions


@shared_task(name="families.retry_lookups")
def retry_lookups():
    """A newer directory may know a postcode that an older one did not; running twice changes nothing more."""
    return actions.retry_lookups(on=timezone.localdate())
