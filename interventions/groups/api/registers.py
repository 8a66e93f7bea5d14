"""The API of a session's register: who is expected, and what is said of them."""

from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.groups import forms
from interventions.groups.roster import kept_apart, named, of_group
from interventions.groups.views.programmes import sessions
from interventions.groups.views.registers import register_from, roster_of
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.submissions.api import create_once

REGISTER = Sheet(form=forms.RegisterNote, formsets={"guests": forms.GuestRows, "lines": forms.LineRows})


class RosterRowOut(serializers.Serializer):
    """One place as the reader may see it: names of who comes, the usual attendance, and its contact once saved."""

    place = serializers.SerializerMethodField()
    writes = serializers.BooleanField()
    guests = serializers.SerializerMethodField()
    care_contact = serializers.SerializerMethodField()

    def get_place(self, row) -> UUID:
        return row.place.pk

    def get_guests(self, row) -> list[dict]:
        return [
            {"person": str(person.pk), "name": named(person), "attendance": usual}
            for person, usual in row.guests
        ]

    def get_care_contact(self, row) -> UUID | None:
        return row.line.care_contact_id if row.line else None


class RegisterOut(serializers.Serializer):
    rows = RosterRowOut(many=True)
    warnings = serializers.ListField(child=serializers.CharField())


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(REGISTER, "GroupRegister"), responses=RegisterOut)
@api_view(["GET", "POST"])
def register(request, group_session_id):
    """GET: the roster of that day, and what is saved. POST: lines and note; each family's line is a contact."""
    session = of_group(
        request._request,
        sessions(),
        path="programme",
        may_write=request.method == "POST",
        pk=group_session_id,
    )
    if request.method == "GET":
        return Response(_shown(request, session))
    form, sets = REGISTER.read(request.data)
    rows = forms.Register(roster_of(request._request, session))
    return create_once(
        request,
        kind="api-group-register",
        make=lambda: register_from(session, rows, form, sets["guests"], sets["lines"], request.user),
        show=lambda pk: _shown(request, session),
    )


def _shown(request, session):
    rows = roster_of(request._request, session)
    warnings = kept_apart(request._request, session.programme)
    return RegisterOut({"rows": rows, "warnings": warnings}).data
