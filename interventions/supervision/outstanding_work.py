"""Outstanding work of supervision at an ending: case decisions that are not done."""

from interventions.endings.outstanding_query import build_outstanding_query
from interventions.episodes.models import Episode
from interventions.supervision.models import CaseDecision, build_to_do_words
from pairs.access.batch_query import Query


def build_outstanding_queries(episode: Episode) -> list[Query]:
    """For the ending of the episode."""
    return [_query_unfinished_decisions(episode)]


def _query_unfinished_decisions(episode: Episode) -> Query:
    """Unfinished decisions about the episode's family, with their owners."""
    rows = CaseDecision.objects.live().filter(family=episode.family_id).to_do()
    fields = {"what": build_to_do_words(), "by": "owner__display_name"}
    return build_outstanding_query(
        "decision",
        rows,
        fields,
        lambda row: f"Decided in supervision: {row['what']}",
        "decision-done",
    )
