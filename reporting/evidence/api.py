"""The API of reports: ask for a month, follow it, read the published figures, download the PDF; how the help was."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from outcomes.experience.models import ExperienceAnswer
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.service.models import Site
from reporting.evidence.actions import ask_for_report
from reporting.evidence.disclosure import SUPPRESSION_NOTE
from reporting.evidence.experience import (
    ANSWER_BANDS,
    RESULT_PERMISSIONS,
    PublishedPeriod,
    list_published_periods,
    list_readable_sites,
)
from reporting.evidence.forms import ReportForm
from reporting.evidence.models import Report
from reporting.evidence.views import build_pdf_response

REPORT_INPUT = FormInput(form=ReportForm)


class ReportOut(serializers.ModelSerializer):
    month = serializers.DateField(format="%Y-%m")
    status = serializers.CharField(source="job.status")
    progress = serializers.IntegerField(source="job.progress")
    stage = serializers.CharField(source="job.stage")

    class Meta:
        model = Report
        fields = ["id", "month", "version", "asked_at", "computed_at", "status", "progress", "stage"]


class ReportWithFigures(ReportOut):
    class Meta(ReportOut.Meta):
        fields = [*ReportOut.Meta.fields, "snapshot"]


@policy.permission("read_reports")
@extend_schema(methods=["GET"], responses=ReportOut(many=True))
@extend_schema(
    methods=["POST"], request=build_input_serializer(REPORT_INPUT, "ReportAskedFor"), responses=ReportOut
)
@api_view(["GET", "POST"])
def list_or_request_reports(request: Request) -> Response:
    """Reports by month, newest first; POST asks for one: 201 when it is new, 200 when it had been asked for."""
    if request.method == "POST":
        return _request_report(request)
    page = get_visible_page(request._request, Report.objects.for_list(), per_page=24)
    return Response(
        {"pages": page.paginator.num_pages, "results": ReportOut(page.object_list, many=True).data}
    )


def _request_report(request: Request) -> Response:
    form, _ = REPORT_INPUT.read(request.data)
    month = form.cleaned_data["month"]
    known = Report.objects.visible_to(request._request.scope).of_month(month).exists()
    report = ask_for_report(month=month, by=request.user)
    return Response(ReportOut(report).data, status=200 if known else 201)


@policy.permission("read_reports")
@extend_schema(responses=ReportWithFigures)
@api_view(["GET"])
def show_report_api(request: Request, report_id: UUID) -> Response:
    """One report: how far it is and, once it is ready, its published figures."""
    return Response(
        ReportWithFigures(get_visible_or_404(request._request, Report.objects.for_page(), pk=report_id)).data
    )


@policy.permission("read_reports")
@extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
@api_view(["GET"])
def download_report_pdf_api(request: Request, report_id: UUID) -> HttpResponse:
    """The PDF; 404 until the report is ready."""
    return build_pdf_response(
        get_visible_or_404(request._request, Report.objects.select_related("job"), pk=report_id)
    )


class ExperiencePeriodOut(serializers.Serializer):
    """Published counts as text: 5, 10, 15 … or *."""

    name = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()
    total = serializers.CharField(source="total.text")
    answers = serializers.SerializerMethodField()
    words = serializers.ListField(child=serializers.CharField())

    def get_answers(self, period: PublishedPeriod) -> dict[str, dict[str, str]]:
        return {
            question: {band: count.text for band, count in zip(ANSWER_BANDS, counts, strict=True)}
            for question, counts in period.answers.items()
        }


class ExperienceOut(serializers.Serializer):
    """One site's periods, oldest first."""

    site = serializers.CharField(source="site.code")
    periods = ExperiencePeriodOut(many=True)
    note = serializers.CharField()


@policy.permission(*RESULT_PERMISSIONS)
@extend_schema(responses=ExperienceOut(many=True))
@api_view(["GET"])
def list_experience_results_api(request: Request) -> Response:
    """How families found the help, site by site, as the page shows it."""
    scope, today = request._request.scope, timezone.localdate()
    rows = [
        {
            "site": site,
            "periods": list_published_periods(site, _load_answers(request, site), today),
            "note": SUPPRESSION_NOTE,
        }
        for site in list_readable_sites(scope)
    ]
    return Response(ExperienceOut(rows, many=True).data)


def _load_answers(request: Request, site: Site) -> list[ExperienceAnswer]:
    return list_visible(request._request, ExperienceAnswer.objects.filter(site=site))
