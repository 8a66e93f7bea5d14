"""The planned establishment that a new service starts with."""

from interventions.posts.models import PlanLine
from interventions.posts.staffing_model import PLAN_YEAR, SOURCE, STAFFING_MODEL


def load_reference_data() -> None:
    """Add the staffing model to a service that has no plan yet; what a service has changed stays."""
    if PlanLine.objects.exists():
        return
    fields = ("group", "band", "at_start", "additional", "recommended")
    PlanLine.objects.bulk_create(
        PlanLine(**dict(zip(fields, line, strict=True)), year=PLAN_YEAR, source=SOURCE, order=order)
        for order, line in enumerate(STAFFING_MODEL, 1)
    )
