"""Pages of a record that may be a colleague's own: they say whose it is, and information governance takes it back."""

from typing import Any

from django.urls import reverse

from pairs.access import policy
from pairs.restrictions import record_forms
from pairs.restrictions.actions import has_answered_own_record
from pairs.restrictions.models import OwnRecordAnswer
from pairs.restrictions.rules import OwnRecordKind
from pairs.restrictions.views import GOVERNANCE
from pairs.submissions.form_page import FormPage, PageOf

STAYS_SHUT = (
    "This record stays shut to you. Information governance has been told; speak to them if that is wrong."
)


@policy.permission("read_families", "triage_referrals", GOVERNANCE)
class OwnRecordPage(record_forms.AnswerOwnRecord, FormPage):
    """Say whose record it is, before it opens."""

    title = "Is this someone you know?"
    text = ("A carer in this record has your name or e-mail address.",)
    consequences = (
        "Information governance will be told what you answer.",
        "The record opens to you only if it is someone else’s.",
    )
    button = "Continue"
    first_click_closes = True
    back = PageOf("home", text="Home")

    def get_obstacle(self) -> str:
        """What they have said already: only whoever opens it anyway is not asked."""
        is_asked = self.record.pk in self.request.scope.own_records
        if has_answered_own_record(self.record, self.request.user):
            return STAYS_SHUT if is_asked else "You have answered this."
        return "" if is_asked else "This record is not asked about: no carer has your name or e-mail address."

    def get_success_path(self, made: OwnRecordAnswer) -> str:
        self.answered = made.answer
        return reverse("family", args=[made.family_id]) if self._is_opened() else reverse("home")

    def get_message(self) -> str:
        return "Thank you. Information governance has been told." if self._is_opened() else STAYS_SHUT

    def _is_opened(self) -> bool:
        return self.answered == OwnRecordKind.SOMEBODY_ELSE

    def confirm(self, message: str) -> Any:
        """Without the family's name."""
        return message


@policy.permission(GOVERNANCE)
class WithdrawOwnRecordAnswerPage(record_forms.WithdrawOwnRecordAnswer, FormPage):
    """Have a colleague asked again whose record it is."""

    title = "Ask this colleague again"
    consequences = ("They will be asked again when they next open the record.",)
    button = "Ask again"
    message = "They will be asked again."
    back = PageOf("unusual-reading", text="Unusual reading")
