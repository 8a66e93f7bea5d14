"""The service report, frozen, and what it is measured against: the need in each district, as it was typed."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from pairs.access.scope import Scope
from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.jobs.models import Job
from pairs.service.models import Place
from reporting.evidence.monthly_reports import MonthlyReportQuerySet
from reporting.performance.definitions import DEFINITIONS_VERSION

# Of the children aged 0 to 4, how many a service should have room for: the Parent-Infant Foundation's recommendation,
# as the strategy for Lancashire and South Cumbria gives it. A district may have a percentage of its own.
RECOMMENDED_PERCENT = Decimal(5)


class ServiceReportQuerySet(MonthlyReportQuerySet):
    definitions_version = DEFINITIONS_VERSION

    def list_published_years(self) -> list[dict[str, Any]]:
        """Every financial year that was published by today's definitions, as it was the first time."""
        made = self.filter(version=DEFINITIONS_VERSION, snapshot__isnull=False).order_by("-computed_at")
        years = made.values_list("snapshot__year", flat=True)
        return list({each["key"]: each for each in years if each}.values())

    def load_headlines(self, until: date, most: int) -> dict[date, dict[str, str]]:
        """{month: {figure: its published text}} of the newest months up to this one, oldest first."""
        made = self.filter(version=DEFINITIONS_VERSION, snapshot__isnull=False, month__lte=until)
        rows = made.order_by("-month").values_list("month", "snapshot__headline")[:most]
        return dict(list(rows)[::-1])


@tracked
class ServiceReport(models.Model):
    """The service report of one calendar month: asked for once, computed once."""

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
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="service_report")
    snapshot = models.JSONField(
        null=True, blank=True, help_text="What is published; see performance/snapshot.py."
    )
    computed_at = models.DateTimeField(null=True, blank=True)
    objects = ServiceReportQuerySet.as_manager()
    privacy = {"aggregate": "snapshot", "operational": "month version asked_at computed_at"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["month", "version"], name="one_service_report_a_month")
        ]

    def __str__(self) -> str:
        return f"Service report, {self.month:%B %Y}"

    @property
    def file_name(self) -> str:
        return f"pairs-service-report-{self.month:%Y-%m}.pdf"


class NeedFigureQuerySet(models.QuerySet):
    def visible_to(self, scope: Scope) -> "NeedFigureQuerySet":
        """Published numbers: for whoever reads reports anywhere."""
        return self if scope.may("read_reports") else self.none()

    def newest(self, until: date) -> "NeedFigureQuerySet":
        """Of each district the newest figure of that day or before."""
        return self.filter(as_of__lte=until).order_by("place_id", "-as_of").distinct("place_id")


@tracked
class NeedFigure(models.Model):
    """How many children aged 0 to 4 live in a district, and what part of them is thought to need the service."""

    family_path = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = ProtectedKey(Place, related_name="need_figures")
    population = models.PositiveIntegerField(help_text="Children aged 0 to 4, the under-ones included.")
    percent = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        default=RECOMMENDED_PERCENT,
        validators=[MinValueValidator(Decimal("0.1"))],
    )
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    recorded_by = ProtectedKey(settings.AUTH_USER_MODEL, related_name="+")
    objects = NeedFigureQuerySet.as_manager()
    privacy = {"aggregate": "population percent as_of source"}

    class Meta:
        ordering = ["place", "-as_of"]
        constraints = [
            models.UniqueConstraint(fields=["place", "as_of"], name="need_once_a_day"),
            models.CheckConstraint(condition=Q(population__gte=1), name="need_is_of_children"),
            models.CheckConstraint(condition=Q(percent__gt=0, percent__lte=100), name="need_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.population} children"
