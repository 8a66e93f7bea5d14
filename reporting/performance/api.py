"""The API of service reports: ask for a month, follow it, read the published figures; the need by district."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ListApi, RecordApi
from reporting.evidence.asked_reports import (
    PROGRESS_FIELDS,
    AskedReportOut,
    AskedReportsMixin,
    PublishedFigures,
)
from reporting.performance.models import NeedFigure, ServiceReport
from reporting.performance.record_forms import AskForServiceReport, RecordNeed


class ServiceReportOut(AskedReportOut):
    """A month's service report, and how far it is."""

    class Meta:
        model = ServiceReport
        fields = ["id", "month", "version", "asked_at", "computed_at", *PROGRESS_FIELDS]


class ServiceReportWithFigures(PublishedFigures, ServiceReportOut):
    """Such a report with its figures."""

    class Meta(ServiceReportOut.Meta):
        fields = [*ServiceReportOut.Meta.fields, "snapshot"]


class NeedFigureOut(serializers.ModelSerializer):
    """Children aged 0 to 4 of a district, and the percentage of them that needs the service."""

    place = serializers.CharField(source="place.code")

    class Meta:
        model = NeedFigure
        fields = ["id", "place", "population", "percent", "as_of", "source"]


@policy.permission("read_reports")
class ServiceReportList(AskedReportsMixin, AskForServiceReport, ListApi):
    """GET: service reports by month, newest first. POST: ask for one: 201 when it is new, 200 when it was asked for."""

    serializer_class = ServiceReportOut
    report_model = ServiceReport


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
