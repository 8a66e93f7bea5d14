"""What the rows of both monthly reports share: who sees them, the month's own, and those to be tried again."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from pairs.jobs.models import Job


class MonthlyReportQuerySet(models.QuerySet):
    """``definitions_version``: of today's definitions. ``shown_with``: rows that a list or a page names."""

    definitions_version: ClassVar[int]
    shown_with: ClassVar[tuple[str, ...]] = ("job", "asked_by")

    def visible_to(self, scope: Any) -> Self:
        """Whoever may read reports at a site reads the service's; they hold numbers, never names."""
        return self.all() if scope.may("read_reports") else self.none()

    def of_month(self, month: date) -> Self:
        """The month's report by today's definitions."""
        return self.filter(month=month, version=self.definitions_version)

    def unfailed(self) -> Self:
        """Those that did not fail, and those that were refused: asked again by itself they would be refused again."""
        return self.exclude(Q(job__status=Job.FAILED) & ~Q(job__stage=Job.REFUSED))

    def for_page(self) -> Self:
        """All but the PDF, which is read only to be downloaded."""
        return self.select_related(*self.shown_with).defer("job__file")

    def for_list(self) -> Self:
        return self.for_page().defer("snapshot", "job__file").order_by("-month", "-asked_at")
