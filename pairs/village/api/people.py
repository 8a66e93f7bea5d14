"""The API of the people around the child."""

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ListApi, RecordApi
from pairs.village import record_forms
from pairs.village.models import VillageMember
from pairs.village.rules import MemberKind


class VillageMemberOut(serializers.ModelSerializer):
    circle = serializers.ChoiceField(choices=MemberKind.choices, source="kind")

    class Meta:
        model = VillageMember
        fields = [
            "id", "family", "infant", "circle", "name", "role", "organisation", "phone", "email", "lines",
            "closeness", "team", "since", "until",
        ]  # fmt: skip


@policy.permission("read_families", POST="register_people")
class VillageMemberList(record_forms.AddMember, ListApi):
    """GET: everybody around the children, nearest first. POST: add a person."""

    serializer_class = VillageMemberOut

    def get_rows(self) -> QuerySet[VillageMember]:
        return VillageMember.objects.filter(family=self.family).nearest_first()


@policy.permission("read_families", PATCH="register_people")
class VillageMemberDetail(record_forms.UpdateMember, RecordApi):
    """GET: one person around the child. PATCH: change what is sent and leave the rest."""

    serializer_class = VillageMemberOut
