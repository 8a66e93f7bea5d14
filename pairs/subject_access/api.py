"""The API of subject access, to read: that a request is open and by when. A copy is decided upon by people."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ListApi, RecordApi
from pairs.subject_access.models import SubjectAccessRequest
from pairs.subject_access.record_forms import GOVERNANCE


class SubjectAccessOut(serializers.ModelSerializer):
    """One request, by ids and without names. ``due_on``: null while the clock waits for proof of identity."""

    due_on = serializers.DateField(source="clock.due_on", allow_null=True, read_only=True)

    class Meta:
        model = SubjectAccessRequest
        fields = [
            "id", "family", "infant", "caregiver", "asked_as", "received_on", "received_how", "identity_asked_on",
            "identity_shown_on", "extension_told_on", "due_on", "gathered_at", "status", "closed_at",
        ]  # fmt: skip


@policy.permission(GOVERNANCE)
class SubjectAccessList(ListApi):
    """Requests that are open, the oldest first."""

    serializer_class = SubjectAccessOut

    def get_rows(self) -> QuerySet[Any]:
        return SubjectAccessRequest.objects.open()


@policy.permission(GOVERNANCE)
class SubjectAccessDetail(RecordApi):
    """One request."""

    model = SubjectAccessRequest
    serializer_class = SubjectAccessOut
