"""What outcomes add to a family's chronology: measures completed or declined, and ratings of goals."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from outcomes.measures import get_catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.rules import Timepoint
from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import Scope
from pairs.families.chronology import Event, parse_person_ids
from pairs.families.models import Family


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """Measures, and ratings of goals."""
    return [_build_measures_query(scope, family), _build_ratings_query(scope, family)]


def _build_measures_query(scope: Scope, family: Family) -> Query:
    rows = Assessment.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "measure": "measure", "time": "timepoint", "on": "completed_on"}
    fields |= {"declined": "declined", "by": "recorded_by__display_name"}
    fields |= {"infant": "dyad__infant_id", "caregiver": "dyad__caregiver_id"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        name = get_catalogue()[row["measure"]].short_name
        yield Event(
            "measure",
            parse_date(row["on"]),
            f"{name}: the family said no" if row["declined"] else f"{name} completed",
            href=reverse("assessment", args=[row["id"]]),
            who=row["by"],
            text=Timepoint(row["time"]).label,
            people=parse_person_ids(row["infant"], row["caregiver"]),
        )

    return Query(rows, fields, to_event)


def _build_ratings_query(scope: Scope, family: Family) -> Query:
    rows = GoalRating.objects.visible_to(scope).filter(goal__episode__family=family)
    fields = {"score": "score", "on": "rated_on", "words": "goal__words", "episode": "goal__episode_id"}
    fields |= {"infant": "goal__dyad__infant_id", "caregiver": "goal__dyad__caregiver_id"}

    def to_event(row: dict[str, Any]) -> Iterator[Event]:
        yield Event(
            "goal",
            parse_date(row["on"]),
            f"Goal rated {row['score']} of 10",
            href=reverse("episode", args=[row["episode"]]),
            text=row["words"],
            people=parse_person_ids(row["infant"], row["caregiver"]),
        )

    return Query(rows, fields, to_event)
