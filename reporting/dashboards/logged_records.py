"""The record that an entry of the access log is about, by its day: "Opened: A contact's note of 4 Nov 2026"."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.episodes.models import CareContact
from interventions.plans.models import Plan
from outcomes.models import Assessment
from pairs.access.scope import Scope
from pairs.audit.models import AccessEntry
from pairs.families.models import RiskAlert
from pairs.safeguarding.models import SafeguardingConcern
from pairs.web.formats import format_short_day
from referrals.models import Referral
from reporting.dashboards.act_words import describe_act

# What has a day by which people know it.
DATED_RECORDS = (
    (CareContact, "starts_at"),
    (Appointment, "starts_at"),
    (Assessment, "completed_on"),
    (Plan, "made_on"),
    (Referral, "received_at"),
    (RiskAlert, "created_at"),
    (SafeguardingConcern, "noticed_on"),
)


def load_record_days(scope: Scope, entries: Iterable[AccessEntry]) -> dict[UUID, str]:
    """{id: day in words} of the records that the entries are about, where the reader governs them."""
    ids = {entry.about for entry in entries if entry.about}
    found = [
        row
        for model, field in DATED_RECORDS
        if ids
        for row in model.objects.including_sealed(scope).filter(pk__in=ids).values_list("pk", field)
    ]
    return {pk: format_short_day(_to_local(at)) for pk, at in found if at}


def _to_local(at: object) -> object:
    return timezone.localtime(at) if isinstance(at, datetime) else at


def describe_entry(entry: AccessEntry, days: dict[UUID, str]) -> str:
    """What was done, and of a record with a day which one."""
    act = describe_act(entry.view, entry.method, entry.status)
    day = days.get(entry.about) if entry.about else None
    return f"{act} of {day}" if day else act
