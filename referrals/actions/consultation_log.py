"""Records a consultation that nobody requested first: at a drop-in clinic, or during a call."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.families.actions import allocate_reference
from pairs.service.models import Place, Site, User, get_place_of_site
from pairs.service.refusals import refuse_all
from referrals.actions.consultations import record_professionals
from referrals.models import Consultation, ConsultationStep
from referrals.rules.choices import ConsultationRoute, ConsultationStatus
from referrals.rules.consultations import find_log_errors, find_request_errors


@transaction.atomic
def log_consultation(
    *,
    by: User,
    site: Site,
    came_by: str,
    starts_at: datetime,
    minutes: int,
    about: str,
    thoughts: str,
    outcome: str,
    agreed: str = "",
    follow_up_on: date | None = None,
    place: Place | None = None,
    named: bool = False,
    permission: str = "",
    permission_reason: str = "",
    who: str = "",
    others: Sequence[Mapping[str, str]] = (),
    **asker: str,
) -> Consultation:
    """It was held by ``by``, at that moment. Refused by field.

    ``asker``: the asker_* columns that are known. ``others``: who else took part (name, group, organisation).
    """
    now, held_on = timezone.now(), timezone.localdate(starts_at)
    said = {"permission": permission, "permission_reason": permission_reason, "who": who, "named": named}
    record = {"minutes": minutes, "thoughts": thoughts, "outcome": outcome, "follow_up_on": follow_up_on}
    _validate(came_by, starts_at, said | {"about": about}, record)
    asked = said if named else {"named": False}
    consultation = Consultation.objects.create(
        reference=allocate_reference("C", held_on),
        site=site,
        place=place or get_place_of_site(site),
        place_assumed=place is None,
        asked_at=starts_at,
        came_by=came_by,
        **asked,
        about=about,
        status=ConsultationStatus.HELD,
        clinician=by,
        arranged_for=starts_at,
        held_on=held_on,
        agreed=agreed.strip(),
        **record,
        **asker,
    )
    ConsultationStep.objects.create(consultation=consultation, status=ConsultationStatus.HELD, at=now, by=by)
    record_professionals(consultation, others)
    return consultation


def _validate(came_by: str, starts_at: datetime, said: dict[str, Any], record: dict[str, Any]) -> None:
    """Refuses with all that is wrong at once."""
    now = timezone.now()
    errors = find_request_errors(**said) | find_log_errors(
        starts_at=starts_at,
        now=now,
        held_on=timezone.localdate(starts_at),
        on=timezone.localdate(now),
        **record,
    )
    if came_by not in (ConsultationRoute.DROP_IN, ConsultationRoute.PHONE):
        errors["came_by"] = "Choose how it came about."
    refuse_all(errors)
