"""Actions on outreach: plan a session, change or cancel it, record who came and what was heard."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.access.cancelling import cancel_locked, lock_standing
from pairs.service.models import Place, Site, User
from pairs.service.refusals import ActionRefused, refuse_all
from pairs.web.session_times import count_minutes, find_moment_errors
from referrals.outreach.models import OutreachSession

PLAN_ANOTHER = "Plan another one."


@transaction.atomic
def plan_outreach(
    *,
    site: Site,
    place: Place,
    community: str,
    venue: str,
    partner: str,
    starts_at: datetime,
    ends_at: datetime,
    lead: User,
    by: User,
) -> OutreachSession:
    """A session, past or to come. Refused by field."""
    values = _build_values(place, community, venue, partner, starts_at, ends_at, lead)
    return OutreachSession.objects.create(site=site, **values)


@transaction.atomic
def change_outreach(
    *,
    session: OutreachSession,
    place: Place,
    community: str,
    venue: str,
    partner: str,
    starts_at: datetime,
    ends_at: datetime,
    lead: User,
    by: User,
) -> OutreachSession:
    """Another time, place, community or lead."""
    locked = lock_standing(session, instead=PLAN_ANOTHER)
    return locked.change(**_build_values(place, community, venue, partner, starts_at, ends_at, lead))


def _build_values(
    place: Place, community: str, venue: str, partner: str, starts_at: datetime, ends_at: datetime, lead: User
) -> dict[str, Any]:
    errors = find_moment_errors(starts_at, ends_at)
    if not community.strip():
        errors["community"] = "Enter which community the session is for."
    refuse_all(errors)
    return {
        "place": place,
        "community": community.strip(),
        "venue": venue.strip(),
        "partner": partner.strip(),
        "starts_at": starts_at,
        "minutes": count_minutes(starts_at, ends_at),
        "lead": lead,
    }


@transaction.atomic
def record_outreach(
    *, session: OutreachSession, parents: int, children: int, professionals: int, heard: str, by: User
) -> OutreachSession:
    """How many came and what was heard; may be corrected."""
    locked = lock_standing(session, instead=PLAN_ANOTHER)
    if locked.starts_at > timezone.now():
        raise ActionRefused("This session is in the future.")
    return locked.change(
        parents=parents,
        children=children,
        professionals=professionals,
        heard=heard.strip(),
        recorded_on=timezone.localdate(),
    )


@transaction.atomic
def cancel_outreach(*, session: OutreachSession, because: str, by: User) -> OutreachSession:
    """It does not take place. Refused once it is recorded as held."""
    locked = lock_standing(session, instead=PLAN_ANOTHER)
    held = "This session is recorded as held." if locked.recorded_on else ""
    return cancel_locked(locked, because, problem=held)
