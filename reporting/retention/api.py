"""The API of retention: what is held, and what was destroyed. A person decides at a page; no token ever does."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ListApi
from pairs.audit.models import Destruction
from reporting.retention.models import RetentionHold

GOVERNANCE = "govern_records"


class HoldOut(serializers.ModelSerializer):
    """A hold, on one family by its id or without one on every record of the site."""

    class Meta:
        model = RetentionHold
        fields = ["id", "site", "family", "reason", "made_by", "created_at", "review_on"]


class DestructionOut(serializers.ModelSerializer):
    """What is left of a record that was destroyed: no name is in it."""

    class Meta:
        model = Destruction
        fields = [
            "id", "at", "reference", "site", "first_day", "last_contact", "due_on", "rule", "decided_at", "decided_by",
            "confirmed_at", "confirmed_by",
        ]  # fmt: skip


@policy.permission(GOVERNANCE)
class HoldList(ListApi):
    """Holds that have not ended, the next check first."""

    serializer_class = HoldOut

    def get_rows(self) -> QuerySet[Any]:
        return RetentionHold.objects.current()


@policy.permission(GOVERNANCE)
class DestructionList(ListApi):
    """Records that were destroyed, the latest first."""

    serializer_class = DestructionOut

    def get_rows(self) -> QuerySet[Any]:
        return Destruction.objects.newest_first()
