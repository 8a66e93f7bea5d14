"""The API of safeguarding: statuses, children, concerns with their steps, cautions."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi
from pairs.families.models import Caution
from pairs.safeguarding import record_forms
from pairs.safeguarding.models import ConcernStep, HouseholdChild, SafeguardingConcern, SafeguardingStatus
from pairs.safeguarding.record_forms import WRITE_PERMISSION

READERS = ("read_families", "govern_records")


class SafeguardingStatusOut(serializers.ModelSerializer):
    class Meta:
        model = SafeguardingStatus
        fields = [
            "id", "family", "infant", "caregiver", "child", "kind", "categories", "court_order", "since",
            "until", "ended_because", "review_on", "social_worker", "social_worker_phone",
            "social_worker_of", "note",
        ]  # fmt: skip


class HouseholdChildOut(serializers.ModelSerializer):
    class Meta:
        model = HouseholdChild
        fields = ["id", "family", "name", "birth_date", "lives_with", "school", "note"]


class ConcernStepOut(serializers.ModelSerializer):
    by = serializers.CharField(source="by.username")

    class Meta:
        model = ConcernStep
        fields = ["id", "kind", "text", "to_whom", "chase_by", "by", "at"]


class ConcernOut(serializers.ModelSerializer):
    recorded_by = serializers.CharField(source="recorded_by.username")
    steps = ConcernStepOut(many=True)

    class Meta:
        model = SafeguardingConcern
        fields = [
            "id", "family", "infant", "caregiver", "child", "what", "noticed_on", "told", "decision", "why",
            "family_told", "without_agreement", "chase_by", "alert", "recorded_by", "created_at", "steps",
        ]  # fmt: skip


class CautionOut(serializers.ModelSerializer):
    class Meta:
        model = Caution
        fields = [
            "id", "family", "kind", "caregiver", "infant", "kept_from", "kept_from_name", "court_order",
            "what", "what_to_do", "since", "until",
        ]  # fmt: skip


@policy.permission(*READERS, POST=WRITE_PERMISSION)
class StatusList(record_forms.RecordStatus, ListApi):
    """GET: everybody's statuses, current and past. POST: record one (``about``: "infant:<id>" and so on)."""

    serializer_class = SafeguardingStatusOut

    def get_rows(self) -> QuerySet[Any]:
        return SafeguardingStatus.objects.filter(family=self.family).newest_first()


@policy.permission(*READERS, PATCH=WRITE_PERMISSION)
class StatusDetail(record_forms.UpdateStatus, RecordApi):
    """GET: one status. PATCH: change what is sent and leave the rest."""

    serializer_class = SafeguardingStatusOut


@policy.permission("write_records", WRITE_PERMISSION)
class StatusEnding(record_forms.EndStatus, ActionApi):
    """End a status."""

    serializer_class = SafeguardingStatusOut


@policy.permission(*READERS, POST=WRITE_PERMISSION)
class ChildList(record_forms.AddChild, ListApi):
    """GET: the other children of the household. POST: add one."""

    serializer_class = HouseholdChildOut

    def get_rows(self) -> QuerySet[Any]:
        return HouseholdChild.objects.filter(family=self.family)


@policy.permission(*READERS, PATCH=WRITE_PERMISSION)
class ChildDetail(record_forms.UpdateChild, RecordApi):
    """GET: one child of the household. PATCH: change what is sent and leave the rest."""

    serializer_class = HouseholdChildOut


@policy.permission(*READERS, POST=WRITE_PERMISSION)
class ConcernList(record_forms.RecordConcern, ListApi):
    """GET: the family's concerns, newest first, each with its steps. POST: record one."""

    serializer_class = ConcernOut

    def get_rows(self) -> QuerySet[Any]:
        return SafeguardingConcern.objects.filter(family=self.family).with_steps().newest_first()


@policy.permission(*READERS)
class ConcernDetail(RecordApi):
    """One concern with its steps. Its words are never changed."""

    serializer_class = ConcernOut

    def get_records(self) -> QuerySet[Any]:
        return SafeguardingConcern.objects.with_steps()


@policy.permission("write_records", WRITE_PERMISSION)
class ConcernStepList(record_forms.AddConcernStep, ActionApi):
    """Add an outcome, a disagreement or a note to a concern."""

    serializer_class = ConcernStepOut


@policy.permission(*READERS, POST=WRITE_PERMISSION)
class CautionList(record_forms.RecordCaution, ListApi):
    """GET: who is to be kept apart and what a lone worker should know, now and before. POST: record one."""

    serializer_class = CautionOut

    def get_rows(self) -> QuerySet[Any]:
        return Caution.objects.filter(family=self.family).order_by("-since", "id")


@policy.permission(*READERS, PATCH=WRITE_PERMISSION)
class CautionDetail(record_forms.UpdateCaution, RecordApi):
    """GET: one caution. PATCH: change what is sent and leave the rest."""

    serializer_class = CautionOut


@policy.permission("write_records", WRITE_PERMISSION)
class CautionEnding(record_forms.EndCaution, ActionApi):
    """End a caution on a given day."""

    serializer_class = CautionOut
