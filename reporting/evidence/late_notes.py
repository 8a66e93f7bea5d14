"""What was written about a report's month after the report was made: whether a correction is worth while."""

from datetime import timedelta

from interventions.episodes.models import CareContact
from pairs.matching.counted import select_counted
from pairs.web.local_days import get_start_of_day
from reporting.evidence.disclosure import publish_count
from reporting.evidence.models import Report
from reporting.evidence.rules import build_month_period


def describe_late_notes(report: Report) -> str:
    """Care contacts of the month that were signed since, as rounded as the report itself."""
    period = build_month_period(report.month)
    start, stop = get_start_of_day(period.first), get_start_of_day(period.last + timedelta(days=1))
    late = select_counted(CareContact.objects.all()).filter(
        starts_at__gte=start, starts_at__lt=stop, signed_at__gt=report.computed_at
    )
    shown = publish_count(late.count()).shown
    if shown is None:
        return (
            "Changed since: fewer than 5 care contacts of this month were signed after the report was made."
        )
    return f"Changed since: about {shown} care contacts of this month were signed after the report was made."
