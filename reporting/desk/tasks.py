"""The Celery task of the desk: what is due, worked out ahead of the pages that show it."""

from celery import shared_task
from django.utils import timezone

from reporting.desk.due_refresh import refresh_due_items


@shared_task(name="desk.refresh_due_items")
def refresh():
    """Every minute; where nothing changed, two short queries."""
    return refresh_due_items(timezone.localdate())
