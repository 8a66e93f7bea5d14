"""Reports, frozen: the numbers as they were computed, with their definitions, for one fixed period."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models

from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.jobs.models import Job
from reporting.evidence.rules import DEFINITIONS_VERSION


class ReportQuerySet(models.QuerySet):
    def visible_to(self, scope: Any) -> "ReportQuerySet":
        """Whoever may read reports at a site reads the service's; they hold numbers, never names."""
        return self.all() if scope.may("read_reports") else self.none()

    def of_month(self, month: date) -> "ReportQuerySet":
        """The month's report by today's definitions."""
        return self.filter(month=month, version=DEFINITIONS_VERSION)

    def unfailed(self) -> "ReportQuerySet":
        """Those that did not fail, and those that were refused: asked again by itself they would be refused again."""
        return self.exclude(models.Q(job__status=Job.FAILED) & ~models.Q(job__stage=Job.REFUSED))

    def for_page(self) -> "ReportQuerySet":
        """All but the PDF, which is read only to be downloaded."""
        return self.select_related("job", "asked_by").defer("job__file")

    def list_published_periods(self) -> list[dict[str, Any]]:
        """Every period that was published by today's definitions, as it was the first time, oldest first."""
        made = self.filter(version=DEFINITIONS_VERSION, snapshot__isnull=False).order_by("-computed_at")
        newest_first = {
            period["key"]: period
            for periods in made.values_list("snapshot__periods", flat=True)
            for period in periods
        }
        return list(newest_first.values())[::-1]

    def for_list(self) -> "ReportQuerySet":
        return (
            self.select_related("job", "asked_by")
            .defer("snapshot", "job__file")
            .order_by("-month", "-asked_at")
        )


@tracked
class Report(models.Model):
    """The monthly service and equity report of one calendar month: asked for once, computed once."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField(help_text="First day of the month.")
    version = models.PositiveSmallIntegerField(
        help_text="Of the definitions: new definitions make a new report."
    )
    asked_by = ProtectedKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", help_text="Empty when the schedule asked."
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="report")
    snapshot = models.JSONField(
        null=True, blank=True, help_text="What is published; see evidence/snapshot.py."
    )
    computed_at = models.DateTimeField(null=True, blank=True)
    objects = ReportQuerySet.as_manager()
    privacy = {"aggregate": "snapshot", "operational": "month version asked_at computed_at"}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["month", "version"], name="one_report_a_month")]

    def __str__(self) -> str:
        return f"Service and equity report, {self.month:%B %Y}"

    @property
    def file_name(self) -> str:
        return f"pairs-report-{self.month:%Y-%m}.pdf"
