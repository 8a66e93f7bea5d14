"""The API of reports: ask for a month, follow it, read the published figures; family feedback."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import serializers

from outcomes.experience.models import ExperienceAnswer
from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.api.views import ActionApi, ListApi, RecordApi
from pairs.service.models import Site
from reporting.evidence.asked_reports import (
    PROGRESS_FIELDS,
    AskedReportOut,
    AskedReportsMixin,
    PublishedFigures,
)
from reporting.evidence.disclosure import SUPPRESSION_NOTE
from reporting.evidence.experience import (
    ANSWER_BANDS,
    RESULT_PERMISSIONS,
    PublishedPeriod,
    list_published_periods,
    list_readable_sites,
)
from reporting.evidence.models import Report
from reporting.evidence.record_forms import AskForReport, CorrectReport, SignReport


class ReportOut(AskedReportOut):
    """A month's report, and how far it is."""

    signed_by = serializers.StringRelatedField(
        allow_null=True, help_text="The manager who signed it off; null before."
    )

    class Meta:
        model = Report
        fields = [
            "id",
            "month",
            "version",
            "edition",
            "reason",
            "asked_at",
            "computed_at",
            "signed_at",
            "signed_by",
            *PROGRESS_FIELDS,
        ]


class ReportWithFigures(PublishedFigures, ReportOut):
    """Such a report with its figures."""

    class Meta(ReportOut.Meta):
        fields = [*ReportOut.Meta.fields, "snapshot"]


class ExperiencePeriodOut(serializers.Serializer):
    """Published counts as text: 5, 10, 15 … or *."""

    name = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    total = serializers.CharField(source="total.text")
    answers = serializers.SerializerMethodField(help_text="By question, and of each by kind of answer.")
    words = serializers.ListField(child=serializers.CharField())

    def get_answers(self, period: PublishedPeriod) -> dict[str, dict[str, str]]:
        return {
            question: {band: count.text for band, count in zip(ANSWER_BANDS, counts, strict=True)}
            for question, counts in period.answers.items()
        }


class SiteExperienceOut(serializers.Serializer):
    """One site's periods, oldest first."""

    site = serializers.CharField(source="site.code")
    periods = ExperiencePeriodOut(many=True)
    note = serializers.CharField()


@policy.permission("read_reports")
class ReportList(AskedReportsMixin, AskForReport, ListApi):
    """GET: reports by month, newest first. POST: ask for one: 201 when it is new, 200 when it had been asked for."""

    serializer_class = ReportOut
    report_model = Report


@policy.permission("read_reports")
class ReportDetail(RecordApi):
    """One report: how far it is and, once it is ready, its published figures."""

    serializer_class = ReportWithFigures

    def get_records(self) -> QuerySet[Any]:
        return Report.objects.for_page()


@policy.permission("read_reports")
class ReportSigning(SignReport, ActionApi):
    """Sign a report off, by name: once."""

    serializer_class = ReportOut

    def get_shown_records(self) -> QuerySet[Any]:
        return Report.objects.for_list()


@policy.permission("read_reports")
class ReportCorrection(CorrectReport, ActionApi):
    """Correct a report: its next edition is made, with the reason."""

    serializer_class = ReportOut

    def get_shown_records(self) -> QuerySet[Any]:
        return Report.objects.for_list()


@policy.permission(*RESULT_PERMISSIONS)
class ExperienceResultList(ListApi):
    """How families found the help, site by site."""

    serializer_class = SiteExperienceOut

    def get_rows(self) -> list[Site]:
        return list(list_readable_sites(self.request.scope))

    def serialize_page(self, rows: list[Site]) -> Any:
        today = timezone.localdate()
        return super().serialize_page([self._load_results(site, today) for site in rows])

    def _load_results(self, site: Site, on: date) -> dict[str, Any]:
        answers = list_visible(self.request, ExperienceAnswer.objects.filter(site=site))
        return {"site": site, "periods": list_published_periods(site, answers, on), "note": SUPPRESSION_NOTE}
