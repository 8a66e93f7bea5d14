"""An agreement as pages show it: how often, when last, when next, and who is overdue."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import timezone

from interventions.supervision.frequency import annotate_standing, get_interval, read_standing
from interventions.supervision.models import SupervisionAgreement
from interventions.supervision.rules import COUNTED_DAYS, FULL_TIME_PERCENT, Standing
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.web.formats import format_plural

DAYS_IN_A_WEEK = 7


class SupervisionStatus(StrEnum):
    """How an agreement is kept, as a list marks it."""

    OVERDUE = "Overdue"
    UNDATED = "No next date"
    LATE = "Next date late"
    IN_TIME = "In time"


@dataclass(frozen=True)
class AgreementRow:
    """An agreement that came by ``annotate_standing``, on a day."""

    agreement: Any
    on: date

    @cached_property
    def standing(self) -> Standing:
        return read_standing(self.agreement, self.on)

    @property
    def next_at(self) -> datetime | None:
        return self.agreement.next_at

    @property
    def last_on(self) -> date | None:
        return max(self.agreement.held_days, default=None)

    @property
    def how_often(self) -> str:
        """“60 minutes every 2 weeks, at 60% of full time”."""
        said = f"{self.agreement.minutes} minutes {describe_interval(get_interval(self.agreement, self.on))}"
        percent = self.agreement.working_percent
        return f"{said}, at {percent}% of full time" if percent < FULL_TIME_PERCENT else said

    @property
    def tally(self) -> str:
        """“5 of 6 in 12 weeks”."""
        weeks = COUNTED_DAYS // DAYS_IN_A_WEEK
        return f"{self.standing.held} of {self.standing.expected} in {weeks} weeks"

    @property
    def status(self) -> SupervisionStatus:
        if self.standing.overdue_days:
            return SupervisionStatus.OVERDUE
        if self.next_at is None:
            return SupervisionStatus.UNDATED
        late = timezone.localdate(self.next_at) > self.standing.due_on
        return SupervisionStatus.LATE if late else SupervisionStatus.IN_TIME

    @property
    def tag(self) -> tuple[str, str]:
        """(words, colour): red only for what is over its day."""
        if self.status == SupervisionStatus.OVERDUE:
            return f"Overdue {self.standing.overdue_days} d", "red"
        return self.status.value, "green" if self.status == SupervisionStatus.IN_TIME else "orange"


def describe_interval(days: int) -> str:
    """“every week”, “every 2 weeks”, “every 23 days”."""
    weeks, rest = divmod(days, DAYS_IN_A_WEEK)
    if rest or not weeks:
        return "every day" if days == 1 else f"every {format_plural(days, 'day')}"
    return "every week" if weeks == 1 else f"every {format_plural(weeks, 'week')}"


def list_agreement_rows(request: ScopedRequest) -> list[AgreementRow]:
    """Those under way that the reader may know of: overdue first, then without a date, then by the day due."""
    on = timezone.localdate()
    rows = SupervisionAgreement.objects.going_on(on).exclude(ends_on=on)
    rows = annotate_standing(rows.select_related("supervisor", "supervisee", "site"), timezone.now())
    found = [AgreementRow(agreement, on) for agreement in list_visible(request, rows)]
    return sorted(found, key=_get_rank)


def _get_rank(row: AgreementRow) -> tuple[int, bool, date, str]:
    return (
        -row.standing.overdue_days,
        row.next_at is not None,
        row.standing.due_on,
        str(row.agreement.supervisee),
    )
