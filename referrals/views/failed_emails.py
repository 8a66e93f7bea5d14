"""An e-mail that did not arrive, for whoever sent it."""

from typing import Any

from django.urls import reverse

from pairs.access import policy
from pairs.families.record_pages import build_family_banner
from pairs.jobs.models import Job
from pairs.submissions.form_page import FormPage, Link
from pairs.web.formats import format_day
from referrals.documents import find_readable_family
from referrals.models import SentEmail
from referrals.record_forms.failed_emails import AnswerFailedEmail
from referrals.rules.failed_emails import FAILED_EMAIL_PERMISSIONS, SENT_AGAIN


@policy.permission(*FAILED_EMAIL_PERMISSIONS)
class FailedEmailPage(AnswerFailedEmail, FormPage):
    """Send again, use another address, or record that they were told in another way."""

    title = "An e-mail did not arrive"
    button = "Save"
    first_click_closes = True

    def get_text(self) -> list[str]:
        sent = self.record
        on = format_day(sent.sent_again_at or sent.created_at)
        about = sent.referral.reference if sent.referral else f"“{sent.email.subject}”"
        return [
            f"{sent}: sent by {sent.sent_by} on {on} to {sent.address}, about {about}. We tried "
            "several times and it could not be delivered."
        ]

    def get_context(self, form: Any) -> dict[str, Any]:
        referral = self.record.referral
        family = find_readable_family(self.request, referral) if referral else None
        return {"banner": build_family_banner(self.request, family)} if family else {}

    def get_back_link(self) -> Link:
        if self.record.referral is None:
            return Link(reverse("worklist"), "To do")
        return Link(reverse("referral", args=[self.record.referral_id]), self.record.referral.reference)

    def get_obstacle(self) -> str:
        failed = self.record.settled_at is None and self.record.email.job.status == Job.FAILED
        return (
            ""
            if failed
            else "Nothing to do: this e-mail was delivered, is being sent, or has been dealt with."
        )

    def get_success_path(self, made: SentEmail) -> str:
        return self.get_back_link().href

    def get_message(self) -> str:
        if self.form.cleaned_data["how"] in SENT_AGAIN:
            return "The e-mail is being sent again. If it does not arrive, it will return to your To do."
        return "Recorded. The e-mail will not be sent."
