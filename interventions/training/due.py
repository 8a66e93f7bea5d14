"""Due items of training: past sessions without a register."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from interventions.training.models import RUNNERS, TrainingAttendance, TrainingAttendee, TrainingSession
from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.due import DATA_QUALITY, DueQuery, always_due


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Past sessions of programmes with people on them, to which no one is recorded as having come."""
    if families is not None or not scope.may(*RUNNERS):
        return []
    came = TrainingAttendance.objects.live().filter(session=OuterRef("pk"))
    people = TrainingAttendee.objects.live().filter(programme=OuterRef("programme"))
    held = TrainingSession.objects.visible_to(scope).filter(
        cancelled_at=None, starts_at__date__lt=on, programme__site__in=scope.sites(*RUNNERS)
    )
    rows = held.filter(Exists(people), ~Exists(came))
    fields = {"id": "id", "who": "programme__name", "at": "starts_at", "site": "programme__site_id"}
    fields |= {"owner": "trainer_id"}
    to_due_item = always_due(
        code="training_register",
        kind=DATA_QUALITY,
        title="Complete the register for this training",
        page="training-register",
    )
    return [DueQuery(rows, fields, to_due_item, kind=DATA_QUALITY)]
