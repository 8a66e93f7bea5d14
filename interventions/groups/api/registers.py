"""API of a session's register."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from interventions.episodes.rules import Attendance
from interventions.groups import record_forms
from interventions.groups.record_forms import load_session_roster, query_sessions
from interventions.groups.roster import RosterRow, get_guest_name, list_group_warnings
from pairs.access import policy
from pairs.api.views import READING, ActionApi, RecordApi


class RosterGuestOut(serializers.Serializer):
    """One person who is expected. ``attendance`` is what the register assumes; "" where it assumes nothing."""

    person = serializers.UUIDField()
    name = serializers.CharField()
    attendance = serializers.ChoiceField(choices=Attendance.choices, allow_blank=True)


class RosterRowOut(serializers.Serializer):
    """One place as the user may see it, and the contact once its line is saved."""

    place = serializers.UUIDField()
    writes = serializers.BooleanField(help_text="Whether you may write this family's line.")
    guests = RosterGuestOut(many=True)
    care_contact = serializers.UUIDField(allow_null=True)


class GroupRegisterOut(serializers.Serializer):
    """The roster of a session's day; ``warnings``: people in the group who are to be kept apart."""

    rows = RosterRowOut(many=True)
    warnings = serializers.ListField(child=serializers.CharField())


def present_roster_row(row: RosterRow) -> dict[str, Any]:
    """The facts of RosterRowOut."""
    return {
        "place": row.place.pk,
        "writes": row.writes,
        "guests": [
            {"person": person.pk, "name": get_guest_name(person), "attendance": usual}
            for person, usual in row.guests
        ],
        "care_contact": row.line.care_contact_id if row.line else None,
    }


@policy.permission("read_families", POST="write_records")
class GroupRegister(record_forms.RecordRegister, RecordApi, ActionApi):
    """GET: the roster of that day with saved lines. POST: save lines, each a contact, and the group note."""

    serializer_class = GroupRegisterOut
    http_method_names = [*READING, "post"]

    def get_shown_records(self) -> QuerySet[Any]:
        return query_sessions()

    def serialize(self, row: Any, *, created: bool = False) -> Any:
        rows = [present_roster_row(each) for each in load_session_roster(self.request, row)]
        warnings = list_group_warnings(self.request, row.programme)
        return self.serializer_class({"rows": rows, "warnings": warnings}).data
