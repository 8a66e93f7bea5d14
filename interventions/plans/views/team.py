"""Pages of co-workers, focus, THRIVE grouping, interventions and waits."""

from typing import Any

from interventions.episodes.views.record_pages import EpisodeFormPage
from interventions.plans import record_forms
from pairs.access import policy


@policy.permission("write_records")
class AddCoWorkerPage(record_forms.AddCoWorker, EpisodeFormPage):
    """Add a co-worker."""

    kind = "new-co-worker"
    title = "Add a co-worker"
    text = ("The lead stays the lead. The family is on the co-worker's caseload too, until their last day.",)
    button = "Add them"
    message = "They work on it too."


@policy.permission("write_records")
class EndCoWorkPage(record_forms.EndCoWork, EpisodeFormPage):
    """End the co-work: the co-worker's last day on the episode."""

    kind = "end-co-work"
    title = "End the co-work"
    button = "Save the last day"
    message = "Saved."

    def get_text(self) -> list[str]:
        return [f"{self.record.user}: {self.record.why}"]


@policy.permission("write_records")
class ChangeFocusPage(record_forms.ChangeFocus, EpisodeFormPage):
    """Change the dyads in focus."""

    kind = "episode-focus"
    title = "Relationships in focus"
    message = "The focus is saved."


@policy.permission("write_records")
class SetGroupingPage(record_forms.SetGrouping, EpisodeFormPage):
    """Set the THRIVE grouping from a day on."""

    kind = "episode-grouping"
    title = "THRIVE grouping"
    button = "Save the grouping"
    message = "The grouping is saved."

    def get_text(self) -> list[str]:
        now = self.record.get_thrive_display() or "not agreed yet"
        return [f"Now: {now}. What it was before stays readable, with the reason."]


@policy.permission("write_records")
class StartInterventionPage(record_forms.StartIntervention, EpisodeFormPage):
    """Start an intervention; ?way= is chosen already."""

    kind = "new-way"
    title = "Start a way of working"
    text = ("If the family waited for it, the waiting ends.",)
    button = "Start it"
    message = "It has started."

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"intervention": self.request.GET.get("way", "")}


@policy.permission("write_records")
class EndInterventionPage(record_forms.EndIntervention, EpisodeFormPage):
    """End an intervention while the episode continues."""

    kind = "end-way"
    title = "End a way of working"
    button = "End it"
    message = "It has ended."

    def get_text(self) -> list[str]:
        return [f"{self.record.intervention}. The episode goes on."]


@policy.permission("write_records")
class StartWaitPage(record_forms.StartWait, EpisodeFormPage):
    """Record that the family waits for an intervention."""

    kind = "new-wait"
    title = "Waiting to start"
    text = ("Once it is recorded as started, or worked on in a contact, the waiting ends by itself.",)
    button = "Put them on the list"
    message = "They are on the list."


@policy.permission("write_records")
class EndWaitPage(record_forms.EndWait, EpisodeFormPage):
    """End a wait: the intervention has started, or the family no longer waits."""

    kind = "end-wait"
    title = "End the waiting"
    message = "The waiting has ended."

    def get_text(self) -> list[str]:
        return [f"{self.record.intervention}, since {self.record.since:%-d %B %Y}."]
