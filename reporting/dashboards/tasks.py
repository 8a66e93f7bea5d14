"""The Celery tasks of the dashboards: the cache of due items, and the daily and the weekly e-mail."""

from celery import shared_task
from django.utils import timezone

from reporting.dashboards.digest import is_digest_time, list_digest_readers, send_digest
from reporting.dashboards.due_refresh import refresh_due_items
from reporting.dashboards.weekly_digest import list_weekly_readers, send_weekly_digest


@shared_task(name="dashboards.refresh_due_items")
def refresh_due_cache():
    """Every minute; where nothing changed, two short queries."""
    return refresh_due_items(timezone.localdate())


@shared_task(name="dashboards.send_digests")
def send_daily_digests() -> int:
    """Every ten minutes; idempotent, one e-mail a person and working day. How many were sent."""
    if not is_digest_time(timezone.now()):
        return 0
    on = timezone.localdate()
    return sum(send_digest(user_id=user_id, on=on) for user_id in list_digest_readers(on))


@shared_task(name="dashboards.send_weekly_digests")
def send_weekly_digests() -> int:
    """Every ten minutes; idempotent, one e-mail a person and week. How many were sent."""
    if not is_digest_time(timezone.now()):
        return 0
    on = timezone.localdate()
    return sum(send_weekly_digest(user_id=user_id, on=on) for user_id in list_weekly_readers(on))
