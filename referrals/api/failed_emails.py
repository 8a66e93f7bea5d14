"""The API of e-mails that could not be delivered."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi
from referrals.models import SentEmail
from referrals.record_forms.failed_emails import AnswerFailedEmail
from referrals.rules.failed_emails import FAILED_EMAIL_PERMISSIONS


class SentEmailOut(serializers.ModelSerializer):
    """An e-mail, without its address or text. ``referral``: null of a notice; ``settled_how``: "" while it waits."""

    sent_by_name = serializers.CharField(source="sent_by")

    class Meta:
        model = SentEmail
        fields = [
            "id", "referral", "topic", "recipient", "sent_by", "sent_by_name", "created_at", "sent_again_at",
            "settled_at", "settled_how",
        ]  # fmt: skip


@policy.permission(*FAILED_EMAIL_PERMISSIONS)
class FailedEmailList(ListApi):
    """E-mails in your scope that could not be delivered, oldest first."""

    serializer_class = SentEmailOut

    def get_rows(self) -> QuerySet[Any]:
        return SentEmail.objects.failed().select_related("sent_by").order_by("created_at")


@policy.permission(*FAILED_EMAIL_PERMISSIONS)
class FailedEmailAnswerApi(AnswerFailedEmail, ActionApi):
    """Send it again, to another address if need be, or record how the person was told."""

    serializer_class = SentEmailOut
