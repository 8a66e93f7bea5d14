"""The Celery task of the dashboards: refreshes the cache of due items."""

from celery import shared_task
from django.utils import timezone

from reporting.dashboards.due_refresh import refresh_due_items


@shared_task(name="dashboards.refresh_due_items")
def refresh_due_cache():
    """Every minute; where nothing changed, two short queries."""
    return refresh_due_items(timezone.localdate())
