"""The API of the diary: visits and rooms, through the pages' own forms and actions."""

from dataclasses import replace

from django.db import transaction
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.diary import actions
from interventions.diary.forms import (
    CancelAppointment,
    ChangeRoom,
    MoveAppointment,
    NewAppointment,
    NewRoom,
    Nothing,
    VisitForm,
)
from interventions.diary.models import Appointment, Room
from interventions.diary.views.appointments import (
    as_visit,
    book_from,
    facts_known,
    moments_of,
    move_from,
    warnings_of_change,
)
from interventions.diary.views.diary import chosen_by, of_chosen
from interventions.diary.views.rooms import KEEPS_ROOMS
from interventions.diary.warned import warnings_of
from interventions.episodes.api.contacts import CONTACT, CareContactOut
from interventions.episodes.forms import People
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.views.contacts import contact_from
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.opened import family_of
from pairs.service.refusals import Refused
from pairs.submissions.api import create_once
from referrals.models import Referral


class AppointmentOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")
    practitioner = serializers.CharField(source="practitioner.username")
    colleagues = serializers.SlugRelatedField(slug_field="username", many=True, read_only=True)
    expected = serializers.SerializerMethodField()

    class Meta:
        model = Appointment
        fields = [
            "id", "family", "episode", "referral", "site", "starts_at", "minutes", "mechanism", "location", "room",
            "place", "practitioner", "colleagues", "expected", "interpreter", "travel_minutes", "note", "status",
            "why", "care_contact", "moved_to", "series",
        ]  # fmt: skip

    def get_expected(self, row) -> list[str]:
        return [str(each.infant_id or each.caregiver_id) for each in row.expected.all()]


class BookedOut(AppointmentOut):
    """What was booked, and in ``warnings`` what the page says first."""

    warnings = serializers.SerializerMethodField()

    class Meta(AppointmentOut.Meta):
        fields = [*AppointmentOut.Meta.fields, "warnings"]

    def get_warnings(self, row) -> list[str]:
        return [told.text for told in self.context["told"]]


class RoomOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")

    class Meta:
        model = Room
        fields = ["id", "site", "name", "access", "retired_on"]


BOOKING = Sheet(form=NewAppointment)
VISIT = Sheet(form=VisitForm)
MOVING = Sheet(form=MoveAppointment)
CANCELLING = Sheet(form=CancelAppointment)
NOTHING = Sheet(form=Nothing)
ROOM = Sheet(form=NewRoom)
CHANGED_ROOM = Sheet(form=ChangeRoom)
ASKED = [
    OpenApiParameter("whose", description="“mine”, “site:<id>”, “room:<id>” or “person:<id>”."),
    OpenApiParameter("view", enum=["day", "week"]),
    OpenApiParameter("on", OpenApiTypes.DATE),
]


@policy.permission("read_families")
@extend_schema(responses=AppointmentOut(many=True), parameters=ASKED)
@api_view(["GET"])
def diary(request):
    """A day or a week of a diary, as the page shows it."""
    chosen = chosen_by(request._request)
    rows = fetch_list(request._request, of_chosen(request._request, chosen).with_all().in_time())
    return Response({"on": chosen["on"], "results": AppointmentOut(rows, many=True).data})


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=schema_of(BOOKING, "NewAppointment"),
    responses={200: AppointmentOut(many=True), 201: BookedOut},
)
@api_view(["GET", "POST"])
def appointments(request, episode_id):
    """GET: the episode's visits, newest first. POST: book one, or the same for some weeks; the first is answered."""
    may = "write_records" if request.method == "POST" else None
    episode = fetch(request._request, Episode.objects.all(), may=may, pk=episode_id)
    if request.method == "GET":
        rows = (
            Appointment.objects.of_episode(episode, episode.family_id).with_all().order_by("-starts_at", "id")
        )
        page = fetch_page(request._request, rows)
        results = AppointmentOut(page.object_list, many=True).data
        return Response({"pages": page.paginator.num_pages, "results": results})
    return _book(request, episode)


@policy.permission("write_records")
@extend_schema(request=schema_of(BOOKING, "NewFirstVisit"), responses={201: BookedOut})
@api_view(["POST"])
def first_visits(request, referral_id):
    """Book a first visit for an accepted referral, before the episode is opened."""
    accepted = Referral.objects.exclude(family=None).filter(episode=None)
    referral = fetch(request._request, accepted, may="write_records", pk=referral_id, status="accepted")
    return _book(request, referral)


def _book(request, work):
    family = family_of(request._request, work.family_id)
    form, _ = replace(BOOKING, kwargs={"people": People(family), "site_id": work.site_id}).read(request.data)
    told = warnings_of(family, work.site_id, form.visit(), moments_of(form))
    return create_once(
        request,
        kind="api-appointment",
        make=lambda: book_from(form, work, request.user),
        show=lambda pk: _shown(request, pk, told),
    )


def _shown(request, pk, told=None):
    row = fetch(request._request, Appointment.objects.with_all(), pk=pk)
    return AppointmentOut(row).data if told is None else BookedOut(row, context={"told": told}).data


def _mine(request, appointment_id):
    may = None if request.method == "GET" else "write_records"
    return fetch(request._request, Appointment.objects.with_all(), may=may, pk=appointment_id)


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=schema_of(VISIT, "Visit"), responses=AppointmentOut)
@api_view(["GET", "PATCH"])
def appointment(request, appointment_id):
    """GET: one visit. PATCH: how, where, with whom; the time is changed by moving it."""
    row = _mine(request, appointment_id)
    if request.method == "PATCH":
        family = family_of(request._request, row.family_id)
        sheet = replace(VISIT, kwargs={"people": People(family), "site_id": row.site_id})
        form = sheet.read_over(facts_known(row), request.data)
        told = warnings_of_change(family, row, form)
        actions.change_appointment(appointment=row, visit=form.visit(), by=request.user)
        return Response(_shown(request, appointment_id, told))
    return Response(_shown(request, appointment_id))


@policy.permission("write_records")
@extend_schema(request=schema_of(MOVING, "MoveAppointment"), responses={201: BookedOut})
@api_view(["POST"])
def moving(request, appointment_id):
    """Move the visit: the new one is answered."""
    row = _mine(request, appointment_id)
    form, _ = MOVING.read(request.data)
    family = family_of(request._request, row.family_id)
    told = warnings_of(family, row.site_id, as_visit(row, form), moments_of(form), besides=row.pk)
    return create_once(
        request,
        kind="api-appointment-moving",
        make=lambda: move_from(form, row, request.user),
        show=lambda pk: _shown(request, pk, told),
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(CANCELLING, "CancelAppointment"), responses={201: AppointmentOut})
@api_view(["POST"])
def cancelling(request, appointment_id):
    """Cancel the visit: by the family or by us, and why."""
    row = _mine(request, appointment_id)
    form, _ = CANCELLING.read(request.data)
    return create_once(
        request,
        kind="api-appointment-cancelling",
        make=lambda: actions.cancel_appointment(appointment=row, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(NOTHING, "RestoreAppointment"), responses={201: AppointmentOut})
@api_view(["POST"])
def restoring(request, appointment_id):
    """It was not cancelled after all."""
    row = _mine(request, appointment_id)
    NOTHING.read(request.data)
    return create_once(
        request,
        kind="api-appointment-restoring",
        make=lambda: actions.restore_appointment(appointment=row, by=request.user),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(CONTACT, "WriteUp"), responses={201: CareContactOut})
@api_view(["POST"])
def contact(request, appointment_id):
    """Write the visit up: the same as a new contact, and the booking is kept."""
    row = _mine(request, appointment_id)
    if row.work is None:
        raise Refused("Open the episode first; then this visit can be written up.")
    form, formsets = CONTACT.read(request.data)
    people = People(family_of(request._request, row.family_id))
    return create_once(
        request,
        kind="api-appointment-contact",
        make=lambda: _written_up(request, row, people, form, formsets["participants"]),
        show=lambda pk: CareContactOut(fetch(request._request, CareContact.objects.with_all(), pk=pk)).data,
    )


@transaction.atomic
def _written_up(request, row, people, form, participants):
    """Both or neither: a visit that cannot be kept leaves no contact."""
    made = contact_from(row.work, people, form, participants, request.user)
    actions.keep_appointment(appointment=row, contact=made, by=request.user)
    return made


@policy.permission("read_families", *KEEPS_ROOMS, POST="supervise")
@extend_schema(request=schema_of(ROOM, "NewRoom"), responses={200: RoomOut(many=True), 201: RoomOut})
@api_view(["GET", "POST"])
def rooms(request):
    """GET: rooms of the sites in scope. POST: a new one."""
    if request.method == "GET":
        return Response(
            {"results": RoomOut(fetch_list(request._request, Room.objects.by_name()), many=True).data}
        )
    form, _ = replace(ROOM, kwargs={"scope": request._request.scope}).read(request.data)
    return create_once(
        request,
        kind="api-room",
        make=lambda: actions.add_room(by=request.user, **form.cleaned_data),
        show=lambda pk: _room(request, pk),
    )


def _room(request, pk):
    return RoomOut(fetch(request._request, Room.objects.select_related("site"), pk=pk)).data


@policy.permission(*KEEPS_ROOMS, PATCH=KEEPS_ROOMS)
@extend_schema(request=schema_of(CHANGED_ROOM, "ChangeRoom"), responses=RoomOut)
@api_view(["PATCH"])
def room(request, room_id):
    """Another name, other words about access; out of use, or in use again."""
    found = fetch(request._request, Room.objects.all(), may=KEEPS_ROOMS, pk=room_id)
    known = {"name": found.name, "access": found.access, "in_use": found.retired_on is None}
    form = CHANGED_ROOM.read_over(known, request.data)
    actions.change_room(room=found, by=request.user, **form.cleaned_data)
    return Response(_room(request, room_id))
