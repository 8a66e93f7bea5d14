"""Due items of outreach: past sessions that are not recorded."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.due import DATA_QUALITY, DueQuery, always_due
from referrals.outreach.models import RUNNERS, OutreachSession


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Sessions before that day of which no one has recorded how many came."""
    if families is not None or not scope.may(*RUNNERS):
        return []
    rows = OutreachSession.objects.visible_to(scope).filter(
        cancelled_at=None, recorded_on=None, starts_at__date__lt=on, site__in=scope.sites(*RUNNERS)
    )
    fields = {"id": "id", "who": "community", "at": "starts_at", "site": "site_id", "owner": "lead_id"}
    to_due_item = always_due(
        code="outreach_to_record",
        kind=DATA_QUALITY,
        title="Record this outreach session",
        page="record-outreach",
    )
    return [DueQuery(rows, fields, to_due_item, kind=DATA_QUALITY)]
