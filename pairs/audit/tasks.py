"""The Celery task of history: the night's digest, and whether records are what their history says."""

from datetime import UTC, timedelta

from celery import shared_task
from django.utils import timezone

from pairs.audit.digests import report_changed_rows, report_missing_key, seal_up_to
from pairs.audit.signing import KeyMissing


@shared_task(name="audit.sign_history")
def sign_history() -> None:
    """Sign all days before today (UTC) that are not signed yet, then compare records with their history.

    Running twice signs nothing more.
    """
    try:
        seal_up_to(timezone.now().astimezone(UTC).date() - timedelta(days=1))
    except KeyMissing as error:
        report_missing_key(error)
    report_changed_rows()
