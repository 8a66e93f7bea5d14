"""Sessions of training, for the diary of those who train."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Exists, F, Func, OuterRef, Q, UUIDField, Value

from interventions.training.models import TrainingSession
from pairs.access.batch_query import Query, build_user_name
from pairs.access.scope import Scope
from pairs.database.history import build_change_fields

WITHOUT_NULL = "array_remove(ARRAY[%(expressions)s], NULL)"


def build_diary_queries(
    scope: Scope,
    start: datetime | Value,
    end: datetime | Value,
    *,
    staff: Collection[UUID],
    families: Collection[UUID],
    sites: Collection[UUID],
) -> list[Query]:
    """Sessions that stand, with one trainer or both; no family comes to them."""
    rows = TrainingSession.objects.standing().filter(
        Q(trainer__in=staff) | Q(second_trainer__in=staff) | Q(programme__site__in=sites),
        starts_at__gte=start,
        starts_at__lt=end,
    )
    visible = TrainingSession.objects.visible_to(scope).filter(pk=OuterRef("pk"))
    fields = {
        "id": "id", "starts_at": "starts_at", "minutes": "minutes", "site": "programme__site_id",
        "staff": Func(
            F("trainer"), F("second_trainer"), template=WITHOUT_NULL, output_field=ArrayField(UUIDField())
        ),
        "going": Func(
            build_user_name("trainer"), template=WITHOUT_NULL, output_field=ArrayField(CharField())
        ),
        "kind": Value("Training"), "title": "programme__name", "page": Value("training-register"),
        "visible": Exists(visible),
    }  # fmt: skip
    return [Query(rows, fields | build_change_fields(TrainingSession))]
