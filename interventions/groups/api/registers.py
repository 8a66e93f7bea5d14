"""API of a session's register."""

from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.groups import forms
from interventions.groups.roster import RosterRow, get_group_record, get_guest_name, list_group_warnings
from interventions.groups.views.programmes import query_sessions
from interventions.groups.views.registers import load_session_roster, record_register_from_forms
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.submissions.api import create_once

REGISTER_INPUT = FormInput(
    form=forms.RegisterNoteForm, formsets={"guests": forms.GuestRowFormSet, "lines": forms.LineRowFormSet}
)


class RosterRowOut(serializers.Serializer):
    """One place as the user may see it: guests' names, default attendance, and the contact once saved."""

    place = serializers.SerializerMethodField()
    writes = serializers.BooleanField()
    guests = serializers.SerializerMethodField()
    care_contact = serializers.SerializerMethodField()

    def get_place(self, row: RosterRow) -> UUID:
        return row.place.pk

    def get_guests(self, row: RosterRow) -> list[dict]:
        return [
            {"person": str(person.pk), "name": get_guest_name(person), "attendance": usual}
            for person, usual in row.guests
        ]

    def get_care_contact(self, row: RosterRow) -> UUID | None:
        return row.line.care_contact_id if row.line else None


class RegisterOut(serializers.Serializer):
    rows = RosterRowOut(many=True)
    warnings = serializers.ListField(child=serializers.CharField())


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(REGISTER_INPUT, "GroupRegister"), responses=RegisterOut)
@api_view(["GET", "POST"])
def show_or_record_register(request: Request, group_session_id: UUID) -> Response:
    """GET: the roster of that day with saved lines. POST: save lines, each a contact, and the group note."""
    session = get_group_record(
        request._request,
        query_sessions(),
        path="programme",
        may_write=request.method == "POST",
        pk=group_session_id,
    )
    if request.method == "GET":
        return Response(_serialize_register(request, session))
    form, sets = REGISTER_INPUT.read(request.data)
    rows = forms.RegisterFormAdapter(load_session_roster(request._request, session))
    return create_once(
        request,
        kind="api-group-register",
        make=lambda: record_register_from_forms(
            session, rows, form, sets["guests"], sets["lines"], request.user
        ),
        show=lambda pk: _serialize_register(request, session),
    )


def _serialize_register(request: Request, session: Any) -> ReturnDict:
    rows = load_session_roster(request._request, session)
    warnings = list_group_warnings(request._request, session.programme)
    return RegisterOut({"rows": rows, "warnings": warnings}).data
