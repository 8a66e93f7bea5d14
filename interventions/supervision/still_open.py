"""What supervision adds to the open work at an ending: decisions about the family that are not done yet."""

from uuid import UUID

from django.urls import reverse

from interventions.endings.rules.endings import Open
from interventions.episodes.models import Episode
from interventions.supervision.models import CaseDecision
from pairs.access.asking import Question


def decisions_question(episode: Episode) -> Question:
    """Each decision that waits to be done, with whoever took it on."""
    rows = CaseDecision.objects.live().filter(family=episode.family_id, done_at=None)
    fields = {"id": "id", "decision": "decision", "owner": "owner__display_name"}

    def says(row):
        what = f"Decided in supervision: {row['decision'][:200]}"
        yield Open(
            "decision", UUID(row["id"]), what, reverse("decision-done", args=[row["id"]]), row["owner"]
        )

    return Question(rows, fields, says)
