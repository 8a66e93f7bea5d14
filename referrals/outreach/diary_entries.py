"""Sessions of outreach, for the diary of whoever leads them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, UUIDField, Value

from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.database.history import build_change_fields
from referrals.outreach.models import OutreachSession


def build_diary_queries(
    scope: Scope,
    start: datetime | Value,
    end: datetime | Value,
    *,
    staff: Collection[UUID],
    families: Collection[UUID],
    sites: Collection[UUID],
) -> list[Query]:
    """Sessions that stand; who comes is not known by name."""
    rows = OutreachSession.objects.standing().filter(
        Q(lead__in=staff) | Q(site__in=sites), starts_at__gte=start, starts_at__lt=end
    )
    visible = OutreachSession.objects.visible_to(scope).filter(pk=OuterRef("pk"))
    fields = {
        "id": "id", "starts_at": "starts_at", "minutes": "minutes", "site": "site_id",
        "staff": Func(F("lead"), template="ARRAY[%(expressions)s]", output_field=ArrayField(UUIDField())),
        "going": Func(
            build_user_name("lead"), template="ARRAY[%(expressions)s]", output_field=ArrayField(CharField())
        ),
        "kind": Value("Outreach"), "title": "community", "page": Value("outreach-session"),
        "visible": Exists(visible),
    }  # fmt: skip
    return [Query(rows, fields | build_change_fields(OutreachSession))]
