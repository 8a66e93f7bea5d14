"""Pages for opening an episode and setting goals. Plan agreement and endings are in higher apps."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from interventions.episodes.after_opening import THEN, build_next_path, describe_next_step
from interventions.episodes.deliveries import describe_begun, describe_deliveries, load_deliveries
from interventions.episodes.record_forms.episodes import OpenEpisode, SetGoal
from interventions.episodes.views.record_pages import EpisodeFormPage
from pairs.access import policy
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from pairs.web.formats import format_day
from referrals.rules.choices import ReferralState


@policy.permission("write_records")
class OpenEpisodePage(OpenEpisode, FamilyFormPage):
    """Open the episode of an accepted referral; the form is filled in as far as possible."""

    title = "Open the episode"
    button = "Open the episode"
    leads_to = PageOf("episode", "made")
    message = "Episode opened."

    def build_form(self, data: Any) -> Any:
        """Each intervention says whether the lead may deliver it: who is chosen, or suggested."""
        form = super().build_form(data)
        try:
            lead = form.fields["lead"].clean(form["lead"].value())
        except ValidationError:
            return form
        form.option_hints = {"interventions": describe_deliveries(load_deliveries(lead.pk))}
        return form

    def get_message(self) -> str:
        """What was done, and whether a supervisor is asked to sign off how an intervention is delivered."""
        begun = set(self.made.uses.live().values_list("intervention__code", flat=True))
        return f"{self.message} {describe_begun(load_deliveries(self.made.lead_id), begun)}".strip()

    def get_records(self) -> QuerySet[Any]:
        return super().get_records().filter(status=ReferralState.ACCEPTED)

    def get_text(self) -> list[str]:
        received = f"Referral {self.record.reference}, received {format_day(self.record.received_at)}."
        hopes = f"Hoped for: {self.record.hopes}" if self.record.hopes else ""
        return [each for each in (describe_next_step(self._get_then()), received, hopes) if each]

    def get_success_path(self, made: Any) -> str:
        usual = super().get_success_path(made)
        return build_next_path(self._get_then(), made.pk) or usual

    def _get_then(self) -> str:
        """What the page is on the way to, as its address says."""
        return self.request.GET.get(THEN, "")


@policy.permission("write_records")
class AddGoalPage(SetGoal, EpisodeFormPage):
    """Set a goal in the family's words."""

    title = "Set a goal"
    text = ("Up to three at a time, so that everyone can keep them in mind.",)
    button = "Set the goal"
    message = "Goal set."
