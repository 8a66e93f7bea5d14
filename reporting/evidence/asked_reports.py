"""What the APIs of both monthly reports share: a report is asked for, followed, and read once it is ready."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.jobs.models import Job

PROGRESS_FIELDS = ["status", "progress", "stage"]


class AskedReportOut(serializers.ModelSerializer):
    """A month's report, and how far it is."""

    month = serializers.SerializerMethodField(help_text="Such as 2026-10.")
    status = serializers.ChoiceField([Job.QUEUED, Job.RUNNING, Job.DONE, Job.FAILED], source="job.status")
    progress = serializers.IntegerField(source="job.progress", help_text="Per cent.")
    stage = serializers.CharField(source="job.stage")

    def get_month(self, report: Any) -> str:
        return f"{report.month:%Y-%m}"


class PublishedFigures(serializers.Serializer):
    """With the snapshot that was made of the month."""

    snapshot = serializers.DictField(
        child=serializers.JSONField(), allow_null=True, help_text="The published figures, once there are any."
    )


class AskedReportsMixin:
    """For the list of a kind of report: POST asks for a month, 201 when it is new and 200 when it was asked for.

    ``report_model``: of the reports, whose manager has ``for_list`` and ``of_month``.
    """

    report_model: Any
    request: Any
    asked_before = False

    def get_rows(self) -> QuerySet[Any]:
        return self.report_model.objects.for_list()

    def get_shown_records(self) -> QuerySet[Any]:
        return self.report_model.objects.for_list()

    def save(self, form: Any) -> Any:
        known = self.report_model.objects.visible_to(self.request.scope).of_month(form.cleaned_data["month"])
        self.asked_before = known.exists()
        return super().save(form)

    def post(self, request: Request, **kwargs: Any) -> Response:
        response = super().post(request, **kwargs)
        response.status_code = 200 if self.asked_before else response.status_code
        return response
