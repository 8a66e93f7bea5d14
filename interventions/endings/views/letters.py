"""Page of the letters at an ending: those begun, and begin another."""

from typing import Any

from interventions.endings import record_forms
from interventions.endings.models import EndingLetter
from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.families.record_forms import FamilyFormPage
from pairs.submissions.form_page import PageOf
from pairs.village.models import Letter


@policy.permission("read_families", "govern_records", POST="write_records")
class EndingLettersPage(record_forms.BeginEndingLetter, FamilyFormPage):
    """The letters of this ending, one recipient each; begin another."""

    kind = "ending-letter"
    template_name = "endings/letters.html"
    open_to_readers = True
    message = "Letter started. Read it as the family would before you sign it."
    back = PageOf("episode", "record", "The episode")
    leads_to = PageOf("letter", "made")

    def get_context(self, form: Any) -> dict[str, Any]:
        begun = EndingLetter.objects.visible_to(self.request.scope).filter(episode=self.record)
        letters = Letter.objects.filter(pk__in=begun.values("letter")).whole().newest_first()
        return super().get_context(form) | {
            "episode": self.record,
            "letters": list_visible(self.request, letters),
            "grieving": any(infant.lost_on for infant in self.family.infants.all()),
            "whose": self.record.referral.patient,
        }
