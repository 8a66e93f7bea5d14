"""The API of outreach."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi
from referrals.outreach import record_forms
from referrals.outreach.models import RUNNERS, OutreachSession

READERS = (*RUNNERS, "read_reports")


class OutreachSessionOut(serializers.ModelSerializer):
    """A session with a community; the numbers are null until it is recorded."""

    site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    place = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = OutreachSession
        fields = [
            "id", "site", "place", "community", "venue", "partner", "starts_at", "minutes", "lead", "cancelled_at",
            "cancelled_because", "parents", "children", "professionals", "heard", "recorded_on",
        ]  # fmt: skip


@policy.permission(*READERS, POST=RUNNERS)
class OutreachList(record_forms.PlanOutreach, ListApi):
    """GET: outreach sessions of your sites, newest first. POST: plan one."""

    serializer_class = OutreachSessionOut

    def get_rows(self) -> QuerySet[Any]:
        return OutreachSession.objects.select_related("site", "place")


@policy.permission(*READERS, PATCH=RUNNERS)
class OutreachDetail(record_forms.ChangeOutreach, RecordApi):
    """GET: an outreach session. PATCH: another time, place, community or lead."""

    serializer_class = OutreachSessionOut


@policy.permission(*READERS, PATCH=RUNNERS)
class OutreachRecord(record_forms.RecordOutreach, RecordApi):
    """GET: an outreach session. PATCH: how many came and what was heard."""

    serializer_class = OutreachSessionOut


@policy.permission(*RUNNERS)
class OutreachCancellation(record_forms.CancelOutreach, ActionApi):
    """Cancel an outreach session that is not recorded as held."""

    serializer_class = OutreachSessionOut
