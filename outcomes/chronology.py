"""What outcomes add to a family's chronology: measures completed or declined, and ratings of goals."""

from django.urls import reverse

from outcomes.measures import catalogue
from outcomes.models import Assessment, GoalRating
from outcomes.rules import TIMEPOINTS
from pairs.access.asking import Question, day
from pairs.families.chronology import Event, about


def questions(scope, family):
    """Measures, and ratings of goals."""
    return [_measures(scope, family), _ratings(scope, family)]


def _measures(scope, family):
    rows = Assessment.objects.visible_to(scope).filter(episode__family=family)
    fields = {"id": "id", "measure": "measure", "time": "timepoint", "on": "completed_on"}
    fields |= {"declined": "declined", "by": "recorded_by__display_name"}
    fields |= {"infant": "dyad__infant_id", "caregiver": "dyad__caregiver_id"}
    times = dict(TIMEPOINTS)

    def says(row):
        name = catalogue()[row["measure"]].short_name
        yield Event(
            "measure",
            day(row["on"]),
            f"{name}: the family said no" if row["declined"] else f"{name} completed",
            href=reverse("assessment", args=[row["id"]]),
            who=row["by"],
            text=times[row["time"]],
            people=about(row["infant"], row["caregiver"]),
        )

    return Question(rows, fields, says)


def _ratings(scope, family):
    rows = GoalRating.objects.visible_to(scope).filter(goal__episode__family=family)
    fields = {"score": "score", "on": "rated_on", "words": "goal__words", "episode": "goal__episode_id"}
    fields |= {"infant": "goal__dyad__infant_id", "caregiver": "goal__dyad__caregiver_id"}

    def says(row):
        yield Event(
            "goal",
            day(row["on"]),
            f"Goal rated {row['score']} of 10",
            href=reverse("episode", args=[row["episode"]]),
            text=row["words"],
            people=about(row["infant"], row["caregiver"]),
        )

    return Question(rows, fields, says)
