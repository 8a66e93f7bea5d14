"""The API of the diary: days and weeks, visits, rooms."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from interventions.diary import record_forms
from interventions.diary.actions import copy_visit
from interventions.diary.booking_warnings import list_booking_warnings
from interventions.diary.diary_choice import (
    VIEW_DAYS,
    find_diary_choice_errors,
    query_chosen_visits,
    read_diary_choice,
)
from interventions.diary.models import Appointment, Room
from interventions.diary.record_forms import ROOM_PERMISSIONS
from interventions.diary.rules import AppointmentStatus
from interventions.episodes.api.contacts import CareContactOut
from interventions.episodes.models import CareContact
from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi, QueryParameter, RecordApi
from pairs.service.refusals import ActionRefused
from referrals.api.referrals import ReferralOut
from referrals.models import Referral


class AppointmentOut(serializers.ModelSerializer):
    """A planned contact; ``expected``: ids of infants and caregivers."""

    site = serializers.CharField(source="site.code")
    expected = serializers.SerializerMethodField()

    class Meta:
        model = Appointment
        fields = [
            "id", "family", "episode", "referral", "site", "starts_at", "minutes", "mechanism", "location", "room",
            "place", "practitioner", "colleagues", "expected", "interpreter", "travel_minutes", "note", "status",
            "why", "care_contact", "moved_to", "series",
        ]  # fmt: skip

    def get_expected(self, row: Appointment) -> list[UUID]:
        return [each.infant_id or each.caregiver_id for each in row.expected.all()]


class WarnedAppointmentOut(AppointmentOut):
    """A planned contact; ``warnings``: clashes and people to be kept apart, which forbid nothing."""

    warnings = serializers.SerializerMethodField()

    class Meta(AppointmentOut.Meta):
        fields = [*AppointmentOut.Meta.fields, "warnings"]

    def get_warnings(self, row: Appointment) -> list[str]:
        return self.context["list_warnings"](row)


class RoomOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")

    class Meta:
        model = Room
        fields = ["id", "site", "name", "access", "retired_on"]


class VisitAnswer(ApiView):
    """Answers a visit."""

    serializer_class = AppointmentOut

    def get_shown_records(self) -> QuerySet[Any]:
        return Appointment.objects.with_all()


class WarnedVisitAnswer(VisitAnswer):
    """Answers a visit with what the page warns of before it is saved."""

    serializer_class = WarnedAppointmentOut

    def get_serializer_context(self) -> dict[str, Any]:
        return {"list_warnings": self.list_row_warnings}

    def list_row_warnings(self, row: Appointment) -> list[str]:
        """What stands against a planned visit now."""
        if row.status_now != AppointmentStatus.PLANNED:
            return []
        visit, start = copy_visit(row, minutes=row.minutes), timezone.localtime(row.starts_at)
        return list_booking_warnings(self.family, row.site_id, visit, [start], besides=row.pk)


class BookingAnswer(WarnedVisitAnswer):
    """Answers the first visit that was booked, with what was known against any of its weeks."""

    booked: list[str] | None = None

    def save(self, form: Any) -> Appointment:
        self.booked = self.list_warnings(form)
        return super().save(form)

    def list_row_warnings(self, row: Appointment) -> list[str]:
        return super().list_row_warnings(row) if self.booked is None else self.booked


@policy.permission("read_families")
class Diary(VisitAnswer, ListApi):
    """The visits of a day or a week of a diary, in order of time."""

    query_parameters = (
        QueryParameter(
            "whose", "“mine”, “site:<id>”, “room:<id>” or “person:<id>”. Yours if it is left out."
        ),
        QueryParameter("view", "A day if it is left out.", enum=tuple(VIEW_DAYS)),
        QueryParameter(
            "on",
            "The day, or one of the week that begins on its Monday. Today if it is left out.",
            format="date",
        ),
    )

    def get_rows(self) -> QuerySet[Any]:
        chosen = read_diary_choice(self.request)
        if errors := find_diary_choice_errors(self.request, chosen):
            raise ActionRefused(errors)
        return query_chosen_visits(self.request, chosen).with_all().in_time()


@policy.permission("read_families", POST="write_records")
class EpisodeVisitList(BookingAnswer, record_forms.BookEpisodeVisit, ListApi):
    """GET: the episode's visits, newest first. POST: book one or a weekly series; the first is answered."""

    serializer_class, created_class = AppointmentOut, WarnedAppointmentOut

    def get_rows(self) -> QuerySet[Any]:
        visits = Appointment.objects.of_episode(self.record, self.record.family_id)
        return visits.with_all().order_by("-starts_at", "id")


@policy.permission("write_records")
class FirstVisitBooking(BookingAnswer, record_forms.BookFirstVisit, ActionApi):
    """Book a first visit for an accepted referral, before the episode is opened."""


@policy.permission("write_records")
class ReferrerTelling(record_forms.TellReferrer, ActionApi):
    """Record that whoever referred was told of the first visit they come to, or send them an e-mail."""

    serializer_class = ReferralOut

    def get_shown_records(self) -> QuerySet[Any]:
        return Referral.objects.with_people()


@policy.permission("read_families", PATCH="write_records")
class VisitDetail(WarnedVisitAnswer, record_forms.ChangeVisit, RecordApi):
    """GET: one visit. PATCH: change its details; its time is changed by moving it."""


@policy.permission("write_records")
class VisitMove(WarnedVisitAnswer, record_forms.MoveVisit, ActionApi):
    """Move the visit to another time; the new visit is answered."""


@policy.permission("write_records")
class VisitCancellation(VisitAnswer, record_forms.CancelVisit, ActionApi):
    """Cancel the visit, saying who cancelled and why."""


@policy.permission("write_records")
class VisitRestoration(VisitAnswer, record_forms.RestoreVisit, ActionApi):
    """Undo the cancellation, so that the visit is planned again."""


@policy.permission("write_records")
class VisitWriteUp(record_forms.WriteUpVisit, ActionApi):
    """Write the visit up, which records a care contact and sets the visit's outcome."""

    serializer_class = CareContactOut

    def get_shown_records(self) -> QuerySet[Any]:
        return CareContact.objects.with_all()


@policy.permission("read_families", *ROOM_PERMISSIONS, POST="supervise")
class RoomList(record_forms.AddRoom, ListApi):
    """GET: the rooms of your sites that can be booked, and those that could be before. POST: add a room."""

    serializer_class = RoomOut

    def get_rows(self) -> QuerySet[Any]:
        return Room.objects.by_name()


@policy.permission(*ROOM_PERMISSIONS, PATCH=ROOM_PERMISSIONS)
class RoomDetail(record_forms.ChangeRoom, RecordApi):
    """Change a room's name or access notes, retire it or bring it back."""

    serializer_class = RoomOut
    http_method_names = ["patch", "options"]
