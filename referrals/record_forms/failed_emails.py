"""An e-mail that someone sent and that could not be delivered."""

from typing import Any

from django.db.models import QuerySet

from pairs.submissions.record_forms import RecordForm
from referrals.actions.sent_emails import answer_failed_email
from referrals.forms.failed_emails import FailedEmailForm
from referrals.models import SentEmail
from referrals.rules.failed_emails import FAILED_EMAIL_PERMISSIONS


class AnswerFailedEmail(RecordForm):
    """Whoever sent it, or a colleague there, sends it again or says how the person was told."""

    may, form_class = FAILED_EMAIL_PERMISSIONS, FailedEmailForm

    def get_records(self) -> QuerySet[Any]:
        return SentEmail.objects.select_related("referral", "reply", "email__job", "sent_by")

    def save(self, form: FailedEmailForm) -> SentEmail:
        return answer_failed_email(sent=self.record, by=self.request.user, **form.cleaned_data)
