"""API of joint work."""

from django.db.models import QuerySet
from rest_framework import serializers

from interventions.collaboration.joint_work import record_forms
from interventions.collaboration.models import JointWork
from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi


class JointWorkOut(serializers.ModelSerializer):
    party = serializers.CharField()

    class Meta:
        model = JointWork
        fields = [
            "id", "family", "episode", "member", "party", "organisation", "we_do", "they_do", "days",
            "they_share", "since", "look_again_on", "ended_on", "ended_because",
        ]  # fmt: skip


class JointWorkApi:
    """What every address of joint work answers."""

    serializer_class = JointWorkOut

    def get_shown_records(self) -> QuerySet[JointWork]:
        return JointWork.objects.with_people()


@policy.permission("read_families", "govern_records", POST="write_records")
class JointWorkList(JointWorkApi, record_forms.AddJointWork, ListApi):
    """GET: a family's joint work, current first. POST: record what was agreed with another professional."""

    def get_rows(self) -> QuerySet[JointWork]:
        return JointWork.objects.filter(family=self.family).with_people()


@policy.permission("read_families", "govern_records", PATCH="write_records")
class JointWorkDetail(JointWorkApi, record_forms.ChangeJointWork, RecordApi):
    """GET: one joint-work agreement. PATCH: change the fields that are sent."""


@policy.permission("write_records")
class JointWorkEnding(JointWorkApi, record_forms.EndJointWork, ActionApi):
    """End joint work, with its last day and the reason."""
