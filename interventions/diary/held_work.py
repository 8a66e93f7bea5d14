"""What of this app a colleague or a site holds (pairs/service/hooks.py): booked visits."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.utils import timezone

from interventions.diary.models import Appointment, AppointmentColleague
from pairs.database.change_ledger import change_and_record, drop_and_record
from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import HandOverRule, HandOverStep, HeldWork, mark_held
from pairs.web.formats import format_day_and_time


def list_held_work(user: User) -> list[HeldWork]:
    """Visits that are booked, and those not written up, that this person leads; and those where they go along."""
    booked = Appointment.objects.going_on()
    led = mark_held(booked.filter(practitioner=user)).in_time()
    rows = AppointmentColleague.objects.filter(user=user, appointment__in=booked)
    in_it = AppointmentColleague.objects.filter(appointment=OuterRef("appointment")).values("user")
    along = mark_held(
        rows.select_related("appointment").order_by("appointment__starts_at", "pk"),
        site="appointment__site_id",
        family="appointment__family_id",
        barred=["appointment__practitioner_id", ArraySubquery(in_it)],
    )
    return [
        HeldWork(led, "booked visit", "booked visits", "diary", "read_families", _build_visit_rule()),
        HeldWork(
            along,
            "booked visit they go along to",
            "booked visits they go along to",
            "diary",
            "read_families",
            ALONG,
        ),
    ]


def list_site_work(site: Site) -> list[HeldWork]:
    """Visits booked at the site."""
    rows = Appointment.objects.going_on().filter(site=site)
    return [HeldWork(rows, "booked visit", "booked visits", "diary", "read_families")]


def _build_visit_rule() -> HandOverRule:
    """With the lead go those still to come; those of days gone by are the former lead's to write up, while here."""
    return HandOverRule(
        code="visit",
        pass_on=_pass_on_visit,
        describe=lambda visit: f"Visit of {format_day_and_time(visit.starts_at)}",
        with_lead=Q(starts_at__gte=timezone.now(), episode__isnull=False),
    )


def _pass_on_visit(visit: Any, to: User | None, step: HandOverStep) -> None:
    """Whoever was to go along and now leads the visit does not go along as well."""
    change_and_record(visit, step.ledger, practitioner=to)
    for row in AppointmentColleague.objects.filter(appointment=visit, user=to):
        drop_and_record(row, step.ledger)


def _pass_on_going_along(row: Any, to: User | None, step: HandOverStep) -> None:
    if to:
        change_and_record(row, step.ledger, user=to)
    else:
        drop_and_record(row, step.ledger)


ALONG = HandOverRule(
    code="along",
    pass_on=_pass_on_going_along,
    describe=lambda row: f"Visit of {format_day_and_time(row.appointment.starts_at)}",
    may_end=lambda row: True,
)
