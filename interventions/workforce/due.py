"""Due items of who does the work: absences without cover."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from interventions.workforce.models import Absence
from pairs.access.batch_query import Query, build_user_name, parse_date
from pairs.access.scope import Scope
from pairs.families.due import CLINICAL, DueItem, build_due_item

COVER_NAMED_BEFORE = timedelta(days=7)  # our own choice: a week to hand over, no national rule


def build_due_queries(scope: Scope, on: date, families: Iterable[UUID] | None = None) -> list[Query]:
    """Absences of the next days without cover, for whoever supervises there. They belong to no family's list."""
    if families is not None or not scope.may("supervise"):
        return []
    rows = (
        Absence.objects.standing()
        .visible_to(scope)
        .unended(on)
        .filter(cover=None, starts_on__lte=on + COVER_NAMED_BEFORE, site__in=scope.sites("supervise"))
    )
    fields = {"id": "id", "site": "site_id", "who": build_user_name("person"), "starts": "starts_on"}
    return [Query(rows, fields, lambda row: [_build_cover_item(row)])]


def _build_cover_item(row: dict[str, str]) -> DueItem:
    return build_due_item(
        row,
        code="absence_without_cover",
        kind=CLINICAL,
        title="Name who covers this absence",
        page="change-absence",
        due_on=parse_date(row["starts"]),
    )
