"""Outstanding work of supervision at an ending: case decisions that are not done."""

from collections.abc import Iterator
from uuid import UUID

from django.urls import reverse

from interventions.endings.rules.endings import OutstandingItem
from interventions.episodes.models import Episode
from interventions.supervision.models import CaseDecision
from pairs.access.batch_query import Query


def build_outstanding_queries(episode: Episode) -> list[Query]:
    """For the ending of the episode."""
    return [_query_unfinished_decisions(episode)]


def _query_unfinished_decisions(episode: Episode) -> Query:
    """Unfinished decisions about the episode's family, with their owners."""
    rows = CaseDecision.objects.live().filter(family=episode.family_id, done_at=None)
    fields = {"id": "id", "decision": "decision", "owner": "owner__display_name"}

    def to_outstanding_item(row: dict[str, str]) -> Iterator[OutstandingItem]:
        what = f"Decided in supervision: {row['decision'][:200]}"
        yield OutstandingItem(
            "decision", UUID(row["id"]), what, reverse("decision-done", args=[row["id"]]), row["owner"]
        )

    return Query(rows, fields, to_outstanding_item)
