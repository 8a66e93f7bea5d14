"""The API of training delivered."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from interventions.training import record_forms
from interventions.training.models import (
    RUNNERS,
    TrainingAttendee,
    TrainingProgramme,
    TrainingSession,
    TrainingTopic,
    WorkforceFigure,
)
from interventions.training.reach import load_reach
from interventions.training.reach_table import FinancialYear, list_years
from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi, QueryParameter, RecordApi
from pairs.service.models import Place

READERS = (*RUNNERS, "read_reports")


class TrainingTopicOut(serializers.ModelSerializer):
    class Meta:
        model = TrainingTopic
        fields = ["code", "name", "source"]


class TrainingOut(serializers.ModelSerializer):
    """A programme of training; its sessions and people have addresses of their own."""

    site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    topics = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

    class Meta:
        model = TrainingProgramme
        fields = ["id", "site", "name", "topics", "places"]


class TrainingSessionOut(serializers.ModelSerializer):
    place = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = TrainingSession
        fields = [
            "id", "programme", "place", "venue", "starts_at", "minutes", "trainer", "second_trainer",
            "cancelled_at", "cancelled_because",
        ]  # fmt: skip


class TrainingAttendeeOut(serializers.ModelSerializer):
    """Somebody's place on a programme. ``workforce_group``: their level; ``group``: their profession."""

    place = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)

    class Meta:
        model = TrainingAttendee
        fields = [
            "id", "programme", "name", "group", "workforce_group", "organisation", "email", "place",
            "confidence_before", "confidence_after", "certificate_on",
        ]  # fmt: skip


class WorkforceFigureOut(serializers.ModelSerializer):
    place = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = WorkforceFigure
        fields = ["id", "place", "workforce_group", "headcount", "as_of", "source"]


class TrainingReachOut(serializers.Serializer):
    """People trained in a financial year, each once, in a district and group of the workforce."""

    place = serializers.CharField(
        allow_null=True, help_text="The district's code; null where it is not known."
    )
    workforce_group = serializers.CharField()
    trained = serializers.IntegerField()
    headcount = serializers.IntegerField(allow_null=True)
    as_of = serializers.DateField(allow_null=True)
    source = serializers.CharField()


class TrainingAnswer(ApiView):
    """Answers a programme."""

    serializer_class = TrainingOut

    def get_shown_records(self) -> QuerySet[Any]:
        return TrainingProgramme.objects.select_related("site").prefetch_related("topics")


class SessionAnswer(ApiView):
    """Answers a session."""

    serializer_class = TrainingSessionOut

    def get_shown_records(self) -> QuerySet[Any]:
        return TrainingSession.objects.select_related("place")


class AttendeeAnswer(ApiView):
    """Answers somebody's place."""

    serializer_class = TrainingAttendeeOut

    def get_shown_records(self) -> QuerySet[Any]:
        return TrainingAttendee.objects.select_related("place")


@policy.permission(*READERS, POST="supervise")
class TrainingTopicList(record_forms.AddTopic, ListApi):
    """GET: topics of training on offer, in order. POST: add one of the service's own."""

    serializer_class = TrainingTopicOut

    def get_rows(self) -> list[TrainingTopic]:
        return list(TrainingTopic.objects.offered())


@policy.permission("supervise")
class TrainingTopicRetirement(record_forms.RetireTopic, ActionApi):
    """Retire a topic: it is no longer offered, and programmes that have it keep it."""

    serializer_class = TrainingTopicOut


@policy.permission(*READERS, POST=RUNNERS)
class TrainingList(TrainingAnswer, record_forms.PlanProgramme, ListApi):
    """GET: programmes of training at your sites. POST: plan one."""

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().order_by("name", "pk")


@policy.permission(*READERS, PATCH=RUNNERS)
class TrainingDetail(TrainingAnswer, record_forms.ChangeProgramme, RecordApi):
    """GET: a programme of training. PATCH: its name, topics or number of places."""


@policy.permission(*READERS, POST=RUNNERS)
class TrainingSessionList(SessionAnswer, record_forms.AddSession, ListApi):
    """GET: the programme's sessions, in order of time. POST: add one."""

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().filter(programme=self.record)


@policy.permission(*READERS, PATCH=RUNNERS)
class TrainingSessionDetail(SessionAnswer, record_forms.ChangeSession, RecordApi):
    """GET: a session. PATCH: another time, place or trainer."""


@policy.permission(*RUNNERS)
class TrainingSessionCancellation(SessionAnswer, record_forms.CancelSession, ActionApi):
    """Cancel a session to which no one is recorded as having come."""


class TrainingRegisterOut(serializers.ModelSerializer):
    """A session with the attendees who came."""

    came = serializers.SerializerMethodField()

    class Meta:
        model = TrainingSession
        fields = ["id", "starts_at", "came"]

    def get_came(self, session: TrainingSession) -> list[str]:
        return sorted(str(row.attendee_id) for row in session.attendances.live())


@policy.permission(*RUNNERS, PATCH=RUNNERS)
class TrainingRegister(record_forms.RecordRegister, RecordApi):
    """GET: who attended a session. PATCH: correct it."""

    serializer_class = TrainingRegisterOut


@policy.permission(*RUNNERS)
class TrainingAttendeeList(AttendeeAnswer, record_forms.AddAttendee, ListApi):
    """GET: people with a place on the programme. POST: add one."""

    def get_rows(self) -> QuerySet[Any]:
        return self.get_shown_records().filter(programme=self.record)


@policy.permission(*RUNNERS, PATCH=RUNNERS)
class TrainingAttendeeDetail(AttendeeAnswer, record_forms.ChangeAttendee, RecordApi):
    """GET: somebody's place on a programme. PATCH: correct who they are, or record their confidence."""


@policy.permission(*RUNNERS)
class TrainingAttendeeRemoval(TrainingAnswer, record_forms.RemoveAttendee, ActionApi):
    """Remove somebody who attended no session: their place is free again. Answers the programme."""


@policy.permission(*RUNNERS)
class CertificateIssue(TrainingAnswer, record_forms.IssueCertificates, ActionApi):
    """Issue certificates to attendees who attended a session at least: to all of them, or to none."""


@policy.permission(*READERS, POST=("supervise", "read_reports"))
class WorkforceFigureList(record_forms.RecordHeadcount, ListApi):
    """GET: headcounts of the workforce by district and group. POST: record one; the same day's is corrected."""

    serializer_class = WorkforceFigureOut

    def get_rows(self) -> QuerySet[Any]:
        return WorkforceFigure.objects.select_related("place").order_by(
            "place__name", "workforce_group", "-as_of"
        )


@policy.permission(*READERS)
class TrainingReachList(ListApi):
    """People trained in a financial year by district and group of the workforce, beside headcounts."""

    serializer_class = TrainingReachOut
    query_parameters = (QueryParameter("year", "The year in which it begins, such as 2026; else this one."),)

    def get_rows(self) -> list[dict[str, Any]]:
        year = self._get_year(timezone.localdate())
        codes = dict(Place.objects.values_list("pk", "code"))
        return [
            {
                "place": codes.get(place),
                "workforce_group": group,
                "trained": reach.trained,
                "headcount": reach.headcount,
                "as_of": reach.as_of,
                "source": reach.source,
            }
            for (place, group), reach in sorted(
                load_reach(year.first, year.last).items(), key=lambda item: (str(item[0][0]), item[0][1])
            )
        ]

    def _get_year(self, on: date) -> FinancialYear:
        years = list_years(on)
        return next((each for each in years if each.key == self.request.GET.get("year")), years[0])
