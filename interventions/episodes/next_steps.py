"""What a family and we said we would do next: the newest "what next" of an episode's notes."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from interventions.episodes.models import Episode, NotePart
from interventions.episodes.rules import NoteHeading
from pairs.access.scope import Scope, TemplateScope
from pairs.access.visible_records import annotate_family_id
from pairs.database.arrays import build_among
from pairs.families.last_day import build_gone_q


def query_next_steps(scope: Scope | TemplateScope, episodes: Collection[UUID]) -> QuerySet[NotePart]:
    """Of each episode its newest "what next" that has not been amended; none about somebody who has died."""
    rows = NotePart.objects.visible_to(scope).filter(part=NoteHeading.NEXT, amended_by=None)
    rows = rows.exclude(build_gone_q()).exclude(build_gone_q("dyad__"))
    newest = rows.filter(care_contact__episode=OuterRef("pk")).order_by("-care_contact__starts_at", "-pk")
    # Looked for once an episode: as "the newest of its episode" PostgreSQL would read every part of every note.
    ids = Episode.objects.filter(pk__in=episodes).values(newest=Subquery(newest.values("pk")[:1]))
    shown = ("text", "signed_at", "care_contact__starts_at", "care_contact__episode")
    of_these = NotePart.objects.visible_to(scope).filter(build_among("pk", ids))
    return annotate_family_id(of_these).select_related("care_contact").only(*shown)


def describe_next_steps(rows: Iterable[NotePart]) -> dict[UUID, dict[str, Any]]:
    """{episode: text, day and whether it is a draft} of rows of ``query_next_steps``."""
    return {row.care_contact.episode_id: _build_next_step(row) for row in rows}


def _build_next_step(row: NotePart) -> dict[str, Any]:
    return {
        "text": row.text,
        "on": timezone.localdate(row.care_contact.starts_at),
        "draft": not row.signed_at,
    }
