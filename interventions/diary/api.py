"""API of the diary: visits and rooms."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.forms import BaseFormSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.diary import actions
from interventions.diary.booking_warnings import BookingWarning, list_booking_warnings
from interventions.diary.forms import (
    CancelAppointmentForm,
    ChangeRoomForm,
    ConfirmForm,
    MoveAppointmentForm,
    NewAppointmentForm,
    NewRoomForm,
    VisitForm,
)
from interventions.diary.models import Appointment, Room
from interventions.diary.views.appointments import (
    book_from_form,
    build_moved_visit,
    build_visit_initial,
    list_change_warnings,
    list_form_start_times,
    move_from_form,
)
from interventions.diary.views.diary import query_chosen_visits, read_diary_choice
from interventions.diary.views.rooms import ROOM_PERMISSIONS
from interventions.episodes.api.contacts import CareContactOut
from interventions.episodes.forms import ColleagueFormSet, ExpectedPeopleFormSet, FamilyPeople, NewContactForm
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.record_forms.contacts import create_contact_from_forms
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.service.refusals import ActionRefused
from pairs.submissions.api import create_once
from referrals.models import Referral
from referrals.rules.choices import ReferralState


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

    def get_expected(self, row: Appointment) -> list[str]:
        return [str(each.infant_id or each.caregiver_id) for each in row.expected.all()]


class BookedAppointmentOut(AppointmentOut):
    """A booked visit, with the warnings that the page shows before booking."""

    warnings = serializers.SerializerMethodField()

    class Meta(AppointmentOut.Meta):
        fields = [*AppointmentOut.Meta.fields, "warnings"]

    def get_warnings(self, row: Appointment) -> list[str]:
        return [told.text for told in self.context["told"]]


class RoomOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")

    class Meta:
        model = Room
        fields = ["id", "site", "name", "access", "retired_on"]


CONTACT_INPUT = FormInput(
    form=NewContactForm, formsets={"participants": ExpectedPeopleFormSet, "others": ColleagueFormSet}
)
BOOKING_INPUT = FormInput(form=NewAppointmentForm)
VISIT_INPUT = FormInput(form=VisitForm)
MOVE_INPUT = FormInput(form=MoveAppointmentForm)
CANCEL_INPUT = FormInput(form=CancelAppointmentForm)
EMPTY_INPUT = FormInput(form=ConfirmForm)
NEW_ROOM_INPUT = FormInput(form=NewRoomForm)
ROOM_CHANGE_INPUT = FormInput(form=ChangeRoomForm)
DIARY_PARAMETERS = [
    OpenApiParameter("whose", description="“mine”, “site:<id>”, “room:<id>” or “person:<id>”."),
    OpenApiParameter("view", enum=["day", "week"]),
    OpenApiParameter("on", OpenApiTypes.DATE),
]


@policy.permission("read_families")
@extend_schema(responses=AppointmentOut(many=True), parameters=DIARY_PARAMETERS)
@api_view(["GET"])
def show_diary_api(request: Request) -> Response:
    """Show a day or a week of a diary."""
    chosen = read_diary_choice(request._request)
    rows = list_visible(request._request, query_chosen_visits(request._request, chosen).with_all().in_time())
    return Response({"on": chosen["on"], "results": AppointmentOut(rows, many=True).data})


@policy.permission("read_families", POST="write_records")
@extend_schema(
    request=build_input_serializer(BOOKING_INPUT, "NewAppointment"),
    responses={200: AppointmentOut(many=True), 201: BookedAppointmentOut},
)
@api_view(["GET", "POST"])
def list_or_book_appointments(request: Request, episode_id: UUID) -> Response:
    """GET: the episode's visits, newest first. POST: book one or a weekly series; returns the first."""
    may = "write_records" if request.method == "POST" else None
    episode = get_visible_or_404(request._request, Episode.objects.all(), may=may, pk=episode_id)
    if request.method == "GET":
        rows = (
            Appointment.objects.of_episode(episode, episode.family_id).with_all().order_by("-starts_at", "id")
        )
        page = get_visible_page(request._request, rows)
        results = AppointmentOut(page.object_list, many=True).data
        return Response({"pages": page.paginator.num_pages, "results": results})
    return _book_appointment_once(request, episode)


@policy.permission("write_records")
@extend_schema(
    request=build_input_serializer(BOOKING_INPUT, "NewFirstVisit"), responses={201: BookedAppointmentOut}
)
@api_view(["POST"])
def book_first_visit_api(request: Request, referral_id: UUID) -> Response:
    """Book a first visit for an accepted referral, before the episode is opened."""
    accepted = Referral.objects.exclude(family=None).filter(episode=None)
    referral = get_visible_or_404(
        request._request, accepted, may="write_records", pk=referral_id, status=ReferralState.ACCEPTED
    )
    return _book_appointment_once(request, referral)


def _book_appointment_once(request: Request, work: Any) -> Response:
    family = get_family(request._request, work.family_id)
    form, _ = replace(BOOKING_INPUT, kwargs={"people": FamilyPeople(family), "site_id": work.site_id}).read(
        request.data
    )
    told = list_booking_warnings(family, work.site_id, form.visit(), list_form_start_times(form))
    return create_once(
        request,
        kind="api-appointment",
        make=lambda: book_from_form(form, work, request.user),
        show=lambda pk: _serialize_appointment(request, pk, told),
    )


def _serialize_appointment(
    request: Request, pk: UUID, told: list[BookingWarning] | None = None
) -> ReturnDict:
    row = get_visible_or_404(request._request, Appointment.objects.with_all(), pk=pk)
    return (
        AppointmentOut(row).data if told is None else BookedAppointmentOut(row, context={"told": told}).data
    )


def _get_appointment(request: Request, appointment_id: UUID) -> Any:
    may = None if request.method == "GET" else "write_records"
    return get_visible_or_404(request._request, Appointment.objects.with_all(), may=may, pk=appointment_id)


@policy.permission("read_families", PATCH="write_records")
@extend_schema(request=build_input_serializer(VISIT_INPUT, "Visit"), responses=AppointmentOut)
@api_view(["GET", "PATCH"])
def show_or_change_appointment(request: Request, appointment_id: UUID) -> Response:
    """GET: one visit. PATCH: change its details; use move to change the time."""
    row = _get_appointment(request, appointment_id)
    if request.method == "PATCH":
        family = get_family(request._request, row.family_id)
        sheet = replace(VISIT_INPUT, kwargs={"people": FamilyPeople(family), "site_id": row.site_id})
        form = sheet.read_patch(build_visit_initial(row), request.data)
        told = list_change_warnings(family, row, form)
        actions.change_appointment(appointment=row, visit=form.visit(), by=request.user)
        return Response(_serialize_appointment(request, appointment_id, told))
    return Response(_serialize_appointment(request, appointment_id))


@policy.permission("write_records")
@extend_schema(
    request=build_input_serializer(MOVE_INPUT, "MoveAppointment"), responses={201: BookedAppointmentOut}
)
@api_view(["POST"])
def move_appointment_api(request: Request, appointment_id: UUID) -> Response:
    """Move the visit to another time; returns the new visit."""
    row = _get_appointment(request, appointment_id)
    form, _ = MOVE_INPUT.read(request.data)
    family = get_family(request._request, row.family_id)
    told = list_booking_warnings(
        family, row.site_id, build_moved_visit(row, form), list_form_start_times(form), besides=row.pk
    )
    return create_once(
        request,
        kind="api-appointment-moving",
        make=lambda: move_from_form(form, row, request.user),
        show=lambda pk: _serialize_appointment(request, pk, told),
    )


@policy.permission("write_records")
@extend_schema(
    request=build_input_serializer(CANCEL_INPUT, "CancelAppointment"), responses={201: AppointmentOut}
)
@api_view(["POST"])
def cancel_appointment_api(request: Request, appointment_id: UUID) -> Response:
    """Cancel the visit, saying who cancelled and why."""
    row = _get_appointment(request, appointment_id)
    form, _ = CANCEL_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-appointment-cancelling",
        make=lambda: actions.cancel_appointment(appointment=row, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_appointment(request, pk),
    )


@policy.permission("write_records")
@extend_schema(
    request=build_input_serializer(EMPTY_INPUT, "RestoreAppointment"), responses={201: AppointmentOut}
)
@api_view(["POST"])
def restore_appointment_api(request: Request, appointment_id: UUID) -> Response:
    """Undo the cancellation: the visit is planned again."""
    row = _get_appointment(request, appointment_id)
    EMPTY_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-appointment-restoring",
        make=lambda: actions.restore_appointment(appointment=row, by=request.user),
        show=lambda pk: _serialize_appointment(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(CONTACT_INPUT, "WriteUp"), responses={201: CareContactOut})
@api_view(["POST"])
def write_up_appointment_api(request: Request, appointment_id: UUID) -> Response:
    """Write the visit up: records a care contact and sets the visit's outcome."""
    row = _get_appointment(request, appointment_id)
    if row.work is None:
        raise ActionRefused("Open the episode first; then this visit can be written up.")
    form, formsets = CONTACT_INPUT.read(request.data)
    people = FamilyPeople(get_family(request._request, row.family_id))
    return create_once(
        request,
        kind="api-appointment-contact",
        make=lambda: _create_contact_and_outcome(request, row, people, form, formsets["participants"]),
        show=lambda pk: (
            CareContactOut(get_visible_or_404(request._request, CareContact.objects.with_all(), pk=pk)).data
        ),
    )


@transaction.atomic
def _create_contact_and_outcome(
    request: Request, row: Appointment, people: FamilyPeople, form: NewContactForm, participants: BaseFormSet
) -> CareContact:
    """Both in one transaction: if the outcome is refused, no contact is created."""
    made = create_contact_from_forms(row.work, people, form, participants, request.user)
    actions.record_appointment_outcome(appointment=row, contact=made, by=request.user)
    return made


@policy.permission("read_families", *ROOM_PERMISSIONS, POST="supervise")
@extend_schema(
    request=build_input_serializer(NEW_ROOM_INPUT, "NewRoom"),
    responses={200: RoomOut(many=True), 201: RoomOut},
)
@api_view(["GET", "POST"])
def list_or_add_rooms(request: Request) -> Response:
    """GET: bookable rooms of your sites. POST: add a room."""
    if request.method == "GET":
        return Response(
            {"results": RoomOut(list_visible(request._request, Room.objects.by_name()), many=True).data}
        )
    form, _ = replace(NEW_ROOM_INPUT, kwargs={"scope": request._request.scope}).read(request.data)
    return create_once(
        request,
        kind="api-room",
        make=lambda: actions.add_room(by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_room(request, pk),
    )


def _serialize_room(request: Request, pk: UUID) -> ReturnDict:
    return RoomOut(get_visible_or_404(request._request, Room.objects.select_related("site"), pk=pk)).data


@policy.permission(*ROOM_PERMISSIONS, PATCH=ROOM_PERMISSIONS)
@extend_schema(request=build_input_serializer(ROOM_CHANGE_INPUT, "ChangeRoom"), responses=RoomOut)
@api_view(["PATCH"])
def change_room_api(request: Request, room_id: UUID) -> Response:
    """Change a room's name or access notes, retire it or bring it back."""
    found = get_visible_or_404(request._request, Room.objects.all(), may=ROOM_PERMISSIONS, pk=room_id)
    known = {"name": found.name, "access": found.access, "in_use": found.retired_on is None}
    form = ROOM_CHANGE_INPUT.read_patch(known, request.data)
    actions.change_room(room=found, by=request.user, **form.cleaned_data)
    return Response(_serialize_room(request, room_id))
