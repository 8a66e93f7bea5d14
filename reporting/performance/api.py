"""The API of service reports: ask for a month, follow it, read the published figures; the need by district."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.api.views import ListApi, RecordApi
from pairs.jobs.models import Job
from reporting.performance.forms import ServiceReportForm
from reporting.performance.models import NeedFigure, ServiceReport
from reporting.performance.record_forms import AskForServiceReport, RecordNeed


class ServiceReportOut(serializers.ModelSerializer):
    """A month's service report, and how far it is."""

    month = serializers.SerializerMethodField(help_text="Such as 2026-10.")
    status = serializers.ChoiceField([Job.QUEUED, Job.RUNNING, Job.DONE, Job.FAILED], source="job.status")
    progress = serializers.IntegerField(source="job.progress", help_text="Per cent.")
    stage = serializers.CharField(source="job.stage")

    class Meta:
        model = ServiceReport
        fields = ["id", "month", "version", "asked_at", "computed_at", "status", "progress", "stage"]

    def get_month(self, report: ServiceReport) -> str:
        return f"{report.month:%Y-%m}"


class ServiceReportWithFigures(ServiceReportOut):
    snapshot = serializers.DictField(
        child=serializers.JSONField(), allow_null=True, help_text="The published figures, once there are any."
    )

    class Meta(ServiceReportOut.Meta):
        fields = [*ServiceReportOut.Meta.fields, "snapshot"]


class NeedFigureOut(serializers.ModelSerializer):
    """Children aged 0 to 4 of a district, and the percentage of them that needs the service."""

    place = serializers.CharField(source="place.code")

    class Meta:
        model = NeedFigure
        fields = ["id", "place", "population", "percent", "as_of", "source"]


@policy.permission("read_reports")
class ServiceReportList(AskForServiceReport, ListApi):
    """GET: service reports by month, newest first. POST: ask for one: 201 when it is new, 200 when it was asked for."""

    serializer_class = ServiceReportOut
    asked_before = False

    def get_rows(self) -> QuerySet[Any]:
        return ServiceReport.objects.for_list()

    def get_shown_records(self) -> QuerySet[Any]:
        return ServiceReport.objects.for_list()

    def save(self, form: ServiceReportForm) -> ServiceReport:
        known = ServiceReport.objects.visible_to(self.request.scope).of_month(form.cleaned_data["month"])
        self.asked_before = known.exists()
        return super().save(form)

    def post(self, request: Request, **kwargs: Any) -> Response:
        response = super().post(request, **kwargs)
        response.status_code = 200 if self.asked_before else response.status_code
        return response


@policy.permission("read_reports")
class ServiceReportDetail(RecordApi):
    """One service report: how far it is and, once it is ready, its published figures."""

    serializer_class = ServiceReportWithFigures

    def get_records(self) -> QuerySet[Any]:
        return ServiceReport.objects.for_page()


@policy.permission("read_reports")
class NeedFigureList(RecordNeed, ListApi):
    """GET: the need by district, newest first. POST: record one; the same day's is corrected."""

    serializer_class = NeedFigureOut

    def get_rows(self) -> QuerySet[Any]:
        return NeedFigure.objects.select_related("place").order_by("place__name", "-as_of")
