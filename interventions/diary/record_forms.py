"""What each form of the diary is about and does, for pages and API alike."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.forms import BaseFormSet
from django.utils import timezone

from interventions.diary import actions, forms
from interventions.diary.booking_warnings import list_booking_warnings
from interventions.diary.diary_choice import read_wanted_time
from interventions.diary.initial_values import build_initial_visit, build_visit_initial
from interventions.diary.models import Appointment, Room
from interventions.diary.rules import list_weekly_starts
from interventions.episodes.forms import (
    ColleagueChoices,
    ColleagueFormSet,
    ContactPeopleFormSet,
    FamilyPeople,
    NewContactForm,
)
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.record_forms.contacts import create_contact_from_forms, find_day_errors
from pairs.families.record_forms import OwnSiteLookup
from pairs.service.refusals import ActionRefused
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from referrals.actions.first_visit import format_when_told, tell_referrer_of_first_visit
from referrals.models import Referral
from referrals.rules.choices import ReferralState

ROOM_PERMISSIONS = ("supervise", "manage_accounts")


class DiaryForm(OwnSiteLookup, RecordForm):
    """A form about a visit, or about the work that one is booked for."""

    may = "write_records"

    @cached_property
    def people(self) -> FamilyPeople:
        return FamilyPeople(self.family)

    def build_visit_form_kwargs(self) -> dict[str, Any]:
        """What a form is made with that asks for a visit's details."""
        return {"people": self.people, "site_id": self.record.site_id}


class VisitRecordForm(DiaryForm):
    """A form about one visit."""

    def get_records(self) -> QuerySet[Any]:
        return Appointment.objects.with_all()

    def list_visit_warnings(self, visit: Any, starts: list[datetime]) -> list[str]:
        """What to know of the visit with these details at these times; itself it does not clash with."""
        row = self.record
        return list_booking_warnings(self.family, row.site_id, visit, starts, besides=row.pk)


class BookVisit(DiaryForm):
    """A visit, or a weekly series of them, for an open episode or for a referral before there is one."""

    form_class = forms.NewAppointmentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return self.build_visit_form_kwargs()

    def get_initial(self) -> dict[str, Any]:
        """As usual; at another time, or for a colleague, where the diary was asked for that."""
        usual = build_initial_visit(self.request, self.record, self.family, self.people)
        return usual | read_wanted_time(self.request).build_initial()

    def list_warnings(self, form: forms.NewAppointmentForm) -> list[str]:
        starts = list_weekly_starts(timezone.localtime(form.starts_at()), form.count_weeks())
        return list_booking_warnings(self.family, self.record.site_id, form.visit(), starts)

    def save(self, form: forms.NewAppointmentForm) -> Appointment:
        return actions.book_appointment(
            work=self.record,
            starts_at=form.starts_at(),
            visit=form.visit(),
            times=form.count_weeks(),
            by=self.request.user,
        )


class BookEpisodeVisit(BookVisit):
    model = Episode


class BookFirstVisit(BookVisit):
    """Before the episode is opened."""

    def get_records(self) -> QuerySet[Any]:
        return Referral.objects.exclude(family=None).filter(episode=None, status=ReferralState.ACCEPTED)


class ChangeVisit(VisitRecordForm, EditForm):
    """Everything but the time. After a loss it can be kept for the parents, without the infant."""

    form_class = forms.VisitForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return self.build_visit_form_kwargs()

    def get_initial(self) -> dict[str, Any]:
        return build_visit_initial(self.record)

    def list_warnings(self, form: forms.VisitForm) -> list[str]:
        return self.list_visit_warnings(form.visit(), [timezone.localtime(self.record.starts_at)])

    def save(self, form: forms.VisitForm) -> Appointment:
        return actions.change_appointment(appointment=self.record, visit=form.visit(), by=self.request.user)


class MoveVisit(VisitRecordForm, EditForm):
    """The same visit at another time: a new booking, which the old one points to."""

    form_class = forms.MoveAppointmentForm

    def get_initial(self) -> dict[str, Any]:
        start = timezone.localtime(self.record.starts_at)
        return {"starts_on": start.date(), "starts_time": start.time(), "minutes": self.record.minutes}

    def list_warnings(self, form: forms.MoveAppointmentForm) -> list[str]:
        moved = actions.copy_visit(self.record, minutes=form.cleaned_data["minutes"])
        return self.list_visit_warnings(moved, [timezone.localtime(form.starts_at())])

    def save(self, form: forms.MoveAppointmentForm) -> Appointment:
        return actions.move_appointment(
            appointment=self.record,
            starts_at=form.starts_at(),
            minutes=form.cleaned_data["minutes"],
            by=self.request.user,
        )


class CancelVisit(VisitRecordForm):
    """Who cancels and why. Nothing is sent to the family."""

    form_class = forms.CancelAppointmentForm

    def save(self, form: forms.CancelAppointmentForm) -> Appointment:
        return actions.cancel_appointment(appointment=self.record, by=self.request.user, **form.cleaned_data)


class RestoreVisit(VisitRecordForm):
    """A cancelled visit is planned again."""

    form_class = forms.ConfirmForm

    def save(self, form: forms.ConfirmForm) -> Appointment:
        return actions.restore_appointment(appointment=self.record, by=self.request.user)


class WriteUpVisit(VisitRecordForm):
    """The visit's care contact, and with it the visit's outcome."""

    form_class = NewContactForm
    formset_classes = {"participants": ContactPeopleFormSet, "others": ColleagueFormSet}

    def get_record(self, may: Any) -> Appointment:
        row = super().get_record(may)
        if row.work is None:
            raise ActionRefused("Open the episode before writing up this visit.")
        return row

    def find_more_errors(self, form: NewContactForm, **formsets: Any) -> dict[str, str]:
        rows = self.people.find_row_errors(formsets["participants"])
        return find_day_errors(self.record.work, form) | rows

    @transaction.atomic
    def save(self, form: NewContactForm, participants: BaseFormSet, others: BaseFormSet) -> CareContact:
        """Both in one transaction: if the outcome is refused, no contact is created."""
        user = self.request.user
        colleagues = ColleagueChoices.of_family(self.request.scope, self.family, but=user)
        made = create_contact_from_forms(
            self.record.work, self.people, form, participants, user, others=colleagues.of(others)
        )
        actions.record_appointment_outcome(appointment=self.record, contact=made, by=user)
        return made


class TellReferrer(DiaryForm):
    """Whoever referred comes to the first visit, and is told when it is."""

    form_class = forms.TellReferrerForm

    def get_records(self) -> QuerySet[Any]:
        accepted = Referral.objects.exclude(family=None).filter(status=ReferralState.ACCEPTED)
        return accepted.filter(first_visit_together=True).select_related("referrer")

    def get_initial(self) -> dict[str, Any]:
        return {"told_before": format_when_told(self.record)}

    def save(self, form: forms.TellReferrerForm) -> Referral:
        seen = form.cleaned_data["told_before"] if "told_before" in form.data else None
        how = form.cleaned_data["how"]
        return tell_referrer_of_first_visit(
            referral=self.record, how=how, told_before=seen, by=self.request.user
        )


class AddRoom(RecordForm):
    form_class = forms.NewRoomForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"scope": self.request.scope}

    def save(self, form: forms.NewRoomForm) -> Room:
        return actions.add_room(by=self.request.user, **form.cleaned_data)


class ChangeRoom(EditForm):
    """A room's name or access notes; retire it or bring it back."""

    form_class, may = forms.ChangeRoomForm, ROOM_PERMISSIONS

    def get_records(self) -> QuerySet[Any]:
        return Room.objects.select_related("site")

    def get_initial(self) -> dict[str, Any]:
        room = self.record
        return {"name": room.name, "access": room.access, "in_use": room.retired_on is None}

    def save(self, form: forms.ChangeRoomForm) -> Room:
        return actions.change_room(room=self.record, by=self.request.user, **form.cleaned_data)
