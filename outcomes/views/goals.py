"""The page of one goal's rating."""

from functools import cached_property
from typing import Any

from django.utils import timezone

from interventions.episodes.views.record_pages import EpisodeFormPage
from outcomes.dyad_choices import format_dyad
from outcomes.models import GoalRating
from outcomes.record_forms import RateGoal
from outcomes.rules import Timepoint
from pairs.access import policy
from pairs.access.visible_records import list_visible


@policy.permission("write_records")
class RateGoalPage(RateGoal, EpisodeFormPage):
    """How near a goal feels to the family today."""

    template_name = "outcomes/rate_goal.html"
    title = "Rate a goal"
    button = "Save rating"
    message = "Rating saved."

    @cached_property
    def ratings(self) -> list[GoalRating]:
        return list_visible(self.request, GoalRating.objects.filter(goal=self.record))

    def get_initial(self) -> dict[str, Any]:
        timepoint = Timepoint.END if self.ratings else Timepoint.START
        return {"timepoint": timepoint, "rated_on": timezone.localdate()}

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"whose": format_dyad(self.record.dyad), "ratings": self.ratings}
