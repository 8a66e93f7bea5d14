"""The API of emergency access: its review. A person opens a record at a page; no token ever does."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi
from pairs.emergency_access import record_forms
from pairs.emergency_access.models import EmergencyAccess

GOVERNANCE = "govern_records"


class EmergencyAccessOut(serializers.ModelSerializer):
    """One use of emergency access, by the family's id and without names."""

    class Meta:
        model = EmergencyAccess
        fields = [
            "id", "family", "opened_by", "created_at", "reason", "until", "reviewed_by", "reviewed_at",
            "finding", "finding_note",
        ]  # fmt: skip


@policy.permission(GOVERNANCE)
class EmergencyAccessList(ListApi):
    """Uses of emergency access that have not been reviewed, the oldest first."""

    serializer_class = EmergencyAccessOut

    def get_rows(self) -> QuerySet[Any]:
        return EmergencyAccess.objects.to_review()


@policy.permission(GOVERNANCE)
class EmergencyAccessDetail(record_forms.OfEmergencyAccess, RecordApi):
    """One use of emergency access."""

    serializer_class = EmergencyAccessOut


@policy.permission(GOVERNANCE)
class EmergencyAccessReview(record_forms.ReviewEmergencyAccess, ActionApi):
    """Close the review of one use with a finding."""

    serializer_class = EmergencyAccessOut
