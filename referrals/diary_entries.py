"""Consultations that are arranged, for the diary of whoever thinks with them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, UUIDField, Value
from django.db.models.functions import Coalesce

from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.database.history import build_change_fields
from referrals.models import Consultation
from referrals.rules.choices import ConsultationStatus

USUAL_MINUTES = 60  # our own number: how long it was is known once it was held


def build_diary_queries(
    scope: Scope,
    start: datetime | Value,
    end: datetime | Value,
    *,
    staff: Collection[UUID],
    families: Collection[UUID],
    sites: Collection[UUID],
) -> list[Query]:
    """With a professional, so it takes no family's time."""
    rows = Consultation.objects.live().filter(
        Q(clinician__in=staff) | Q(site__in=sites, clinician__isnull=False),
        status__in=(ConsultationStatus.ARRANGED, ConsultationStatus.HELD),
        arranged_for__gte=start,
        arranged_for__lt=end,
    )
    visible = Consultation.objects.visible_to(scope).filter(pk=OuterRef("pk"))
    fields = {
        "id": "id", "starts_at": "arranged_for", "minutes": Coalesce("minutes", USUAL_MINUTES), "site": "site_id",
        "staff": Func(F("clinician"), template="ARRAY[%(expressions)s]", output_field=ArrayField(UUIDField())),
        "going": Func(
            build_user_name("clinician"), template="ARRAY[%(expressions)s]", output_field=ArrayField(CharField())
        ),
        "kind": Value("Consultation"), "title": "reference", "page": Value("consultation"),
        "visible": Exists(visible),
    }  # fmt: skip
    return [Query(rows, fields | build_change_fields(Consultation))]
