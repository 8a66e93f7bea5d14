"""What each form of training is about and does, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from interventions.diary.booking_warnings import list_staff_warnings
from interventions.training import actions, forms
from interventions.training.models import (
    RUNNERS,
    TrainingAttendee,
    TrainingProgramme,
    TrainingSession,
    TrainingTopic,
    WorkforceFigure,
    query_trainers,
)
from pairs.service.models import Site
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm
from pairs.web.session_times import get_times_initial


class ProgrammeRecordForm(RecordForm):
    """About a programme, for those who run training at its site."""

    may = RUNNERS

    def get_records(self) -> QuerySet[Any]:
        return TrainingProgramme.objects.select_related("site").prefetch_related("topics")


class SessionRecordForm(RecordForm):
    """About a session, for those who run training at its site."""

    may = RUNNERS

    def get_records(self) -> QuerySet[Any]:
        return TrainingSession.objects.select_related("programme__site", "place", "trainer", "second_trainer")


class AttendeeRecordForm(RecordForm):
    """About somebody's place on a programme, for those who run training at its site."""

    may = RUNNERS

    def get_records(self) -> QuerySet[Any]:
        return TrainingAttendee.objects.select_related("programme__site", "place")


class AddTopic(RecordForm):
    form_class = forms.TopicForm

    def save(self, form: forms.TopicForm) -> TrainingTopic:
        return actions.add_topic(by=self.request.user, **form.cleaned_data)


class RetireTopic(RecordForm):
    form_class = forms.RetireTopicForm

    def save(self, form: forms.RetireTopicForm) -> TrainingTopic:
        return actions.retire_topic(by=self.request.user, **form.cleaned_data)


class PlanProgramme(RecordForm):
    form_class = forms.NewProgrammeForm

    def get_form_kwargs(self) -> dict[str, Any]:
        sites = self.request.scope.sites(*RUNNERS)
        return {"sites": Site.objects.filter(pk__in=sites).order_by("name")}

    def save(self, form: forms.NewProgrammeForm) -> TrainingProgramme:
        return actions.plan_programme(by=self.request.user, **form.cleaned_data)


class ChangeProgramme(ProgrammeRecordForm, EditForm):
    form_class = forms.ProgrammeForm

    def get_initial(self) -> dict[str, Any]:
        topics = [topic.code for topic in self.record.topics.all()]
        return {"name": self.record.name, "places": self.record.places, "topics": topics}

    def save(self, form: forms.ProgrammeForm) -> TrainingProgramme:
        return actions.change_programme(programme=self.record, by=self.request.user, **form.cleaned_data)


class AddSession(ProgrammeRecordForm):
    form_class = forms.SessionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"trainers": query_trainers()}

    def list_warnings(self, form: forms.SessionForm) -> list[str]:
        """What else the trainers are booked for then."""
        return list_trainer_warnings(form)

    def save(self, form: forms.SessionForm) -> TrainingSession:
        return actions.add_session(programme=self.record, by=self.request.user, **form.details())


def list_trainer_warnings(form: forms.SessionForm, *besides: Any) -> list[str]:
    """``besides``: the session itself when it is moved."""
    trainers = [form.cleaned_data[name] for name in ("trainer", "second_trainer")]
    times = [form.get_time_and_length()]
    return list_staff_warnings([each.pk for each in trainers if each], times, besides=set(besides))


class ChangeSession(SessionRecordForm, EditForm):
    form_class = forms.SessionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"trainers": query_trainers()}

    def get_initial(self) -> dict[str, Any]:
        session = self.record
        return get_times_initial(session.starts_at, session.minutes) | {
            "place": session.place.code,
            "venue": session.venue,
            "trainer": session.trainer_id,
            "second_trainer": session.second_trainer_id,
        }

    def list_warnings(self, form: forms.SessionForm) -> list[str]:
        return list_trainer_warnings(form, self.record.pk)

    def save(self, form: forms.SessionForm) -> TrainingSession:
        return actions.change_session(session=self.record, by=self.request.user, **form.details())


class CancelSession(SessionRecordForm):
    form_class = forms.CancelSessionForm

    def save(self, form: forms.CancelSessionForm) -> TrainingSession:
        return actions.cancel_session(session=self.record, by=self.request.user, **form.cleaned_data)


class RecordRegister(SessionRecordForm, EditForm):
    """Who came to a session; may be corrected."""

    form_class = forms.RegisterForm

    def get_form_kwargs(self) -> dict[str, Any]:
        attendees = TrainingAttendee.objects.visible_to(self.request.scope)
        return {"attendees": attendees.filter(programme=self.record.programme_id)}

    def get_initial(self) -> dict[str, Any]:
        return {"came": sorted(str(row.attendee_id) for row in self.record.attendances.live())}

    def save(self, form: forms.RegisterForm) -> TrainingSession:
        return actions.record_attendance(session=self.record, by=self.request.user, **form.cleaned_data)


class AddAttendee(ProgrammeRecordForm):
    form_class = forms.AttendeeForm

    def save(self, form: forms.AttendeeForm) -> TrainingAttendee:
        return actions.add_attendee(programme=self.record, by=self.request.user, **form.cleaned_data)


class ChangeAttendee(AttendeeRecordForm, EditForm):
    form_class = forms.AttendeeForm

    def get_initial(self) -> dict[str, Any]:
        names = ["name", "group", "workforce_group", "organisation", "email"]
        names += ["confidence_before", "confidence_after"]
        known = {name: getattr(self.record, name) for name in names}
        return known | {"place": self.record.place.code if self.record.place else None}

    def save(self, form: forms.AttendeeForm) -> TrainingAttendee:
        return actions.change_attendee(attendee=self.record, by=self.request.user, **form.cleaned_data)


class RemoveAttendee(AttendeeRecordForm):
    form_class = forms.RemoveAttendeeForm

    def save(self, form: forms.RemoveAttendeeForm) -> TrainingProgramme:
        actions.remove_attendee(attendee=self.record, by=self.request.user, **form.cleaned_data)
        return self.record.programme


class IssueCertificates(ProgrammeRecordForm):
    form_class = forms.CertificatesForm

    def get_form_kwargs(self) -> dict[str, Any]:
        attendees = TrainingAttendee.objects.visible_to(self.request.scope)
        return {"attendees": attendees.filter(programme=self.record, certificate_on=None)}

    def save(self, form: forms.CertificatesForm) -> TrainingProgramme:
        return actions.issue_certificates(programme=self.record, by=self.request.user, **form.cleaned_data)


class RecordHeadcount(RecordForm):
    form_class = forms.HeadcountForm

    def get_initial(self) -> dict[str, Any]:
        return {"as_of": timezone.localdate()}

    def save(self, form: forms.HeadcountForm) -> WorkforceFigure:
        return actions.record_headcount(by=self.request.user, **form.cleaned_data)
