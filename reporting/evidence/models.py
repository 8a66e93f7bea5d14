"""Reports, frozen: the numbers as they were computed, with their definitions, for one fixed period."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.jobs.models import Job
from reporting.evidence.monthly_reports import MonthlyReportQuerySet
from reporting.evidence.rules import DEFINITIONS_VERSION


class ReportQuerySet(MonthlyReportQuerySet):
    definitions_version = DEFINITIONS_VERSION
    shown_with = ("job", "asked_by", "signed_by")

    def current(self) -> "ReportQuerySet":
        """Without the editions of which a later one is made."""
        later = Report.objects.filter(
            month=OuterRef("month"),
            version=OuterRef("version"),
            edition__gt=OuterRef("edition"),
            snapshot__isnull=False,
        )
        return self.filter(~Exists(later))

    def list_published_periods(self) -> list[dict[str, Any]]:
        """Every period that was published by today's definitions, as it was the first time, oldest first."""
        made = self.current().filter(version=DEFINITIONS_VERSION, snapshot__isnull=False)
        made = made.order_by("-computed_at")
        newest_first = {
            period["key"]: period
            for periods in made.values_list("snapshot__periods", flat=True)
            for period in periods
        }
        return list(newest_first.values())[::-1]


class MonthlyCount(models.Model):
    """One count of one month in one cell, exact: derived each night from the records, and never shown as it is."""

    family_path = None

    id = models.BigAutoField(primary_key=True)
    month = models.DateField(help_text="First day of the month.")
    name = models.CharField(max_length=20, help_text="One of evidence.indicators.COUNT_NAMES.")
    place = models.CharField(max_length=80)
    ethnicity = models.CharField(max_length=40)
    quintile = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    rebuilt_at = models.DateTimeField()
    privacy = {"aggregate": "month name place ethnicity quintile count", "operational": "rebuilt_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "month", "place", "ethnicity", "quintile"], name="monthly_count_once_a_cell"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="monthly_count_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.month:%B %Y}"


@tracked
class Report(models.Model):
    """The monthly service and equity report of one calendar month: asked for once, computed once.

    A correction is a report of its own, the next edition, with the reason for it.
    """

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.DateField(help_text="First day of the month.")
    version = models.PositiveSmallIntegerField(
        help_text="Of the definitions: new definitions make a new report."
    )
    edition = models.PositiveSmallIntegerField(default=1, help_text="Each correction is the next one.")
    reason = models.CharField(max_length=300, blank=True, help_text="Why the edition before was corrected.")
    asked_by = ProtectedKey(
        settings.AUTH_USER_MODEL, null=True, related_name="+", help_text="Empty when the schedule asked."
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="report")
    snapshot = models.JSONField(
        null=True, blank=True, help_text="What is published; see evidence/snapshot.py."
    )
    computed_at = models.DateTimeField(null=True, blank=True)
    signed_by = ProtectedKey(
        settings.AUTH_USER_MODEL,
        null=True,
        related_name="+",
        help_text="The manager who takes responsibility.",
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    objects = ReportQuerySet.as_manager()
    privacy = {
        "aggregate": "snapshot",
        "operational": "month version edition reason asked_at computed_at signed_at",
    }

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "version", "edition"], name="one_report_a_month"),
            models.CheckConstraint(
                condition=Q(edition=1, reason="") | (Q(edition__gt=1) & ~Q(reason="")),
                name="a_corrected_report_says_why",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False, computed_at__isnull=False),
                name="a_report_is_signed_by_someone_once_made",
            ),
        ]

    def __str__(self) -> str:
        edition = f" (corrected, edition {self.edition})" if self.edition > 1 else ""
        return f"Service and equity report, {self.month:%B %Y}{edition}"

    @property
    def file_name(self) -> str:
        edition = f"-edition-{self.edition}" if self.edition > 1 else ""
        return f"pairs-report-{self.month:%Y-%m}{edition}.pdf"
