"""Pages for opening an episode and setting goals. Plan agreement and endings are in higher apps."""

from typing import Any

from django.db.models import QuerySet

from interventions.episodes.record_forms.episodes import OpenEpisode, SetGoal
from interventions.episodes.views.record_pages import EpisodeFormPage
from pairs.access import policy
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from pairs.web.jinja_environment import format_day
from referrals.rules.choices import ReferralState


@policy.permission("write_records")
class OpenEpisodePage(OpenEpisode, FamilyFormPage):
    """Open the episode of an accepted referral; the form is filled in as far as possible."""

    title = "Open the episode"
    button = "Open the episode"
    message = "Episode opened."
    leads_to = PageOf("episode", "made")

    def get_records(self) -> QuerySet[Any]:
        return super().get_records().filter(status=ReferralState.ACCEPTED)

    def get_text(self) -> list[str]:
        received = f"Referral {self.record.reference}, received {format_day(self.record.received_at)}."
        return [received, f"Hoped for: {self.record.hopes}"] if self.record.hopes else [received]


@policy.permission("write_records")
class AddGoalPage(SetGoal, EpisodeFormPage):
    """Set a goal in the family's words."""

    title = "Set a goal"
    text = ("Up to three at a time, so that everyone can keep them in mind.",)
    button = "Set the goal"
    message = "Goal set."
