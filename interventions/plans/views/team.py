"""Pages of co-workers, focus, THRIVE grouping, interventions and waits."""

from typing import Any

from django.utils import timezone

from interventions.competencies.standings import needs_sign_off
from interventions.episodes.deliveries import TO_SIGN_OFF
from interventions.episodes.views.record_pages import EpisodeFormPage
from interventions.plans import record_forms
from pairs.access import policy


@policy.permission("write_records")
class AddCoWorkerPage(record_forms.AddCoWorker, EpisodeFormPage):
    """Add a co-worker."""

    title = "Add a co-worker"
    text = (
        "The lead does not change. The family is also on the co-worker's caseload, until the co-worker's last day.",
    )
    button = "Add them"
    message = "Co-worker added."


@policy.permission("write_records")
class EndCoWorkPage(record_forms.EndCoWork, EpisodeFormPage):
    """End the co-work: the co-worker's last day on the episode."""

    title = "End the co-work"
    button = "Save the last day"
    message = "Saved."

    def get_text(self) -> list[str]:
        return [f"{self.record.user}: {self.record.why}"]


@policy.permission("write_records")
class ChangeFocusPage(record_forms.ChangeFocus, EpisodeFormPage):
    """Change the dyads in focus."""

    title = "Relationships in focus"
    message = "Focus saved."


@policy.permission("write_records")
class SetGroupingPage(record_forms.SetGrouping, EpisodeFormPage):
    """Set the THRIVE grouping from a day on."""

    title = "THRIVE grouping"
    button = "Save the grouping"
    message = "Grouping saved."

    def get_text(self) -> list[str]:
        now = self.record.get_thrive_display() or "not agreed yet"
        return [f"Now: {now}. The earlier grouping is kept, with the reason."]


@policy.permission("write_records")
class StartInterventionPage(record_forms.StartIntervention, EpisodeFormPage):
    """Start an intervention; ?way= is chosen already."""

    title = "Start an intervention"
    text = ("If the family was waiting for it, the wait ends.",)
    button = "Start"
    message = "Intervention started."

    def get_message(self) -> str:
        """What was done, and whether a supervisor is asked to sign it off."""
        unsigned = needs_sign_off(self.made, timezone.localdate())
        return f"{self.message} {TO_SIGN_OFF}" if unsigned else self.message

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"intervention": self.request.GET.get("way", "")}


@policy.permission("write_records")
class EndInterventionPage(record_forms.EndIntervention, EpisodeFormPage):
    """End an intervention while the episode continues."""

    title = "End an intervention"
    button = "End it"
    message = "Intervention ended."

    def get_text(self) -> list[str]:
        return [f"{self.record.intervention}. The episode continues."]


@policy.permission("write_records")
class StartWaitPage(record_forms.StartWait, EpisodeFormPage):
    """Record that the family waits for an intervention."""

    title = "Waiting to start"
    text = ("The wait ends automatically once it is recorded as started or used in a contact.",)
    button = "Add to waiting list"
    message = "Added to the waiting list."


@policy.permission("write_records")
class EndWaitPage(record_forms.EndWait, EpisodeFormPage):
    """End a wait: the intervention has started, or the family no longer waits."""

    title = "End the wait"
    message = "Wait ended."

    def get_text(self) -> list[str]:
        return [f"{self.record.intervention}, since {self.record.since:%-d %B %Y}."]
