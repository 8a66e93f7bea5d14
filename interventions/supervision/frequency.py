"""How often somebody has supervision and where that stands, with their absences: of the rows that pages read."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from interventions.supervision.models import PlannedSupervision, SupervisionSession
from interventions.supervision.rules import (
    Days,
    Frequency,
    Standing,
    assess_standing,
    get_interval_days,
    suggest_next_day,
)
from interventions.workforce.models import Absence
from pairs.access.batch_query import parse_date

MAX_COUNTED_SESSIONS = 100  # the newest are asked for
MAX_ABSENCES = 100


def get_usual_frequency() -> Frequency:
    """As this service has it set."""
    return Frequency(
        new_days=settings.SUPERVISION_EVERY_DAYS_NEW,
        usual_days=settings.SUPERVISION_EVERY_DAYS,
        new_years=settings.SUPERVISION_NEW_YEARS,
    )


def query_held_days(agreement: str = "") -> ArraySubquery:
    """The days of the newest sessions of the agreement's supervisee, of its kind, since it began.

    Whoever gave them: a session that the cover gave counts. ``agreement``: the path to it ("agreement__").
    """
    rows = SupervisionSession.objects.live().filter(
        supervisee=OuterRef(f"{agreement}supervisee"),
        kind=OuterRef(f"{agreement}kind"),
        site=OuterRef(f"{agreement}site"),
        held_on__gte=OuterRef(f"{agreement}starts_on"),
    )
    return ArraySubquery(rows.order_by("-held_on").values("held_on")[:MAX_COUNTED_SESSIONS])


def query_planned_sessions(agreement: str = "") -> QuerySet[PlannedSupervision]:
    """What is planned of the agreement's supervisee and kind, and neither cancelled nor recorded."""
    return PlannedSupervision.objects.standing().filter(
        supervisee=OuterRef(f"{agreement}supervisee"),
        kind=OuterRef(f"{agreement}kind"),
        site=OuterRef(f"{agreement}site"),
    )


def query_absences(agreement: str = "") -> ArraySubquery:
    """The supervisee's absences from the site as [{first, last}]."""
    rows = Absence.objects.standing().filter(
        person=OuterRef(f"{agreement}supervisee"), site=OuterRef(f"{agreement}site")
    )
    values = rows.order_by("-ends_on").values(row=JSONObject(first="starts_on", last="ends_on"))
    return ArraySubquery(values[:MAX_ABSENCES])


def parse_absences(rows: Iterable[Mapping[str, str]]) -> list[Days]:
    """As the rules read them."""
    return [(parse_date(row["first"]), parse_date(row["last"])) for row in rows]


def get_interval(agreement: Any, on: date) -> int:
    """Days from one session to the next, on that day."""
    return get_interval_days(
        every_days=agreement.every_days,
        under_twos_since=agreement.under_twos_since,
        working_percent=agreement.working_percent,
        on=on,
        usual=get_usual_frequency(),
    )


def annotate_standing(agreements: Any, now: datetime | Value) -> Any:
    """The agreements with what ``read_standing`` needs, and when the next session is, in the same query.

    ``now``: a placeholder where the query is prepared.
    """
    coming = query_planned_sessions().filter(starts_at__gte=now).order_by("starts_at")
    return agreements.annotate(
        held_days=query_held_days(), next_at=Subquery(coming.values("starts_at")[:1]), away=query_absences()
    )


def read_standing(agreement: Any, on: date) -> Standing:
    """Of an agreement that came by ``annotate_standing``."""
    return assess_standing(
        starts_on=agreement.starts_on,
        held=agreement.held_days,
        interval=get_interval(agreement, on),
        away=parse_absences(agreement.away),
        on=on,
    )


def read_row_standing(row: Mapping[str, Any], on: date) -> Standing:
    """The same of a row as PostgreSQL writes it in JSON: the agreement's fields, ``held`` and ``away``."""
    interval = get_interval_days(
        every_days=row["every_days"],
        under_twos_since=parse_date(row["under_twos_since"]),
        working_percent=row["working_percent"],
        on=on,
        usual=get_usual_frequency(),
    )
    return assess_standing(
        starts_on=parse_date(row["starts_on"]),
        held=[parse_date(day) for day in row["held"]],
        interval=interval,
        away=parse_absences(row["away"]),
        on=on,
    )


def suggest_next(agreement: Any, held_on: date, on: date) -> date:
    """The day to suggest for the session after the one of that day."""
    return suggest_next_day(
        held_on=held_on,
        interval=get_interval(agreement, on),
        away=parse_absences(agreement.away),
        on=on,
    )
