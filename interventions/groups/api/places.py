"""API of places in groups: a family's places, who comes, leaving."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from interventions.groups import record_forms
from interventions.groups.forms.places import get_person_value
from interventions.groups.models import GroupPlace
from interventions.groups.roster import list_group_warnings
from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi, RecordApi


class GroupPlaceOut(serializers.ModelSerializer):
    """A family's place; ``people`` are "infant:<id>" and "caregiver:<id>"."""

    people = serializers.SerializerMethodField()
    warnings = serializers.SerializerMethodField()

    class Meta:
        model = GroupPlace
        fields = ["id", "programme", "episode", "joined_on", "left_on", "left_because", "people", "warnings"]

    def get_people(self, place: GroupPlace) -> list[str]:
        return [get_person_value(each.person) for each in place.people.all()]

    def get_warnings(self, place: GroupPlace) -> list[str]:
        """Warnings about people in this group who are to be kept apart."""
        return list_group_warnings(self.context["request"], place.programme_id)


class PlaceAnswer(ApiView):
    """Answers a place in a group."""

    serializer_class = GroupPlaceOut

    def get_serializer_context(self) -> dict[str, Any]:
        return {"request": self.request}

    def get_shown_records(self) -> QuerySet[Any]:
        return GroupPlace.objects.with_people()


@policy.permission("read_families", POST="write_records")
class GroupPlaceList(PlaceAnswer, record_forms.JoinGroup, ListApi):
    """GET: the episode's places in groups. POST: join one; ``people`` are "infant:<id>" and "caregiver:<id>"."""

    def get_rows(self) -> QuerySet[Any]:
        return GroupPlace.objects.filter(episode=self.record).with_people().order_by("-joined_on", "pk")


@policy.permission("read_families", PATCH="write_records")
class GroupPlaceDetail(PlaceAnswer, record_forms.ChangeGuests, RecordApi):
    """GET: one place. PATCH: change who of the family comes."""


@policy.permission("write_records")
class GroupPlaceEnding(PlaceAnswer, record_forms.LeaveGroup, ActionApi):
    """Leave the group, with the last day and the reason."""
