"""What outcomes add to a family's timeline: measures completed or declined, and ratings of goals."""

from typing import Any

from outcomes.measures import get_catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.rules import Timepoint
from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Measures, and ratings of goals."""
    return [
        build_event_query(
            "measure",
            Assessment.objects.visible_to(scope).filter(episode__family=family),
            EventRule(
                "completed_on",
                _format_measure,
                "recorded_by__display_name",
                lambda row: Timepoint(row["timepoint"]).label,
            ),
            page=("assessment", "id"),
            people=("dyad__infant_id", "dyad__caregiver_id"),
            fields=("measure", "declined", "timepoint"),
        ),
        build_event_query(
            "goal",
            GoalRating.objects.visible_to(scope).filter(goal__episode__family=family),
            EventRule("rated_on", lambda row: f"Goal rated {row['score']} of 10", text="goal__words"),
            page=("episode", "goal__episode_id"),
            people=("goal__dyad__infant_id", "goal__dyad__caregiver_id"),
            fields=("score",),
        ),
    ]


def _format_measure(row: dict[str, Any]) -> str:
    name = get_catalogue()[row["measure"]].short_name
    return f"{name}: family declined" if row["declined"] else f"{name} completed"
