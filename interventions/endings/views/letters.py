"""Page of the letters at an ending: those begun, and begin another."""

from typing import Any

from django.urls import reverse

from interventions.endings import record_forms
from interventions.endings.models import EndingLetter
from interventions.episodes.views.record_pages import get_episode_path
from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import Link
from pairs.village.models import Letter


@policy.permission("read_families", "govern_records", POST="write_records")
class EndingLettersPage(record_forms.BeginEndingLetter, FamilyFormPage):
    """The letters of this ending, one recipient each; begin another."""

    kind = "ending-letter"
    template_name = "endings/letters.html"
    open_to_readers = True
    message = "The letter is begun. Read it with the family's eyes before you sign it."

    def get_back_link(self) -> Link:
        return Link(get_episode_path(self.record), "The episode")

    def get_success_path(self, made: Letter) -> str:
        return reverse("letter", args=[made.pk])

    def get_context(self, form: Any) -> dict[str, Any]:
        begun = EndingLetter.objects.visible_to(self.request.scope).filter(episode=self.record)
        letters = Letter.objects.filter(pk__in=begun.values("letter")).whole().newest_first()
        return super().get_context(form) | {
            "episode": self.record,
            "letters": list_visible(self.request, letters),
            "grieving": any(infant.lost_on for infant in self.family.infants.all()),
            "whose": self.record.referral.patient,
        }
