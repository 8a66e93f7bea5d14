"""Initial values of a visit's forms: as last time, the defaults for a first visit, or as it is booked."""

from typing import Any

from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.diary.rules import AppointmentStatus, suggest_start
from interventions.diary.visit_briefing import list_family_carers
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.rules import Location, Mechanism
from pairs.access.requests import ScopedRequest
from pairs.families.models import Family
from referrals.models import Referral


def build_initial_visit(
    request: ScopedRequest, work: Episode | Referral, family: Family, people: Any
) -> dict[str, Any]:
    """Same weekday, time, mode and place as last time; everybody expected; the user goes."""
    last = _get_last_appointment(request, work) or _get_last_contact(request, work)
    start = suggest_start(timezone.localtime(last.starts_at) if last else None, timezone.localtime())
    usual = {"starts_on": start.date(), "starts_time": start.time(), "minutes": 60, "times": 1}
    usual |= {"mechanism": Mechanism.FACE_TO_FACE, "location": Location.FAMILY_HOME}
    usual["practitioner"] = request.user.pk
    if last:
        usual |= {"minutes": last.minutes or 60, "mechanism": last.mechanism, "location": last.location}
    for name in ("room_id", "place", "travel_minutes"):
        usual[name.removesuffix("_id")] = getattr(last, name, None)
    alive = [row["person"] for row in people.expected()]
    usual["expected"] = [str(pk) for pk in alive]
    usual["interpreter"] = any(carer.needs_interpreter for carer in list_family_carers(family))
    return usual


def _get_last_appointment(request: ScopedRequest, work: Episode | Referral) -> Any:
    rows = (
        Appointment.objects.visible_to(request.scope)
        .exclude(status=AppointmentStatus.MOVED)
        .filter(**_get_work_filter(work))
    )
    return rows.order_by("-starts_at", "-id").first()


def _get_work_filter(work: Episode | Referral) -> dict[str, Any]:
    return {"episode": work} if isinstance(work, Episode) else {"referral": work}


def _get_last_contact(request: ScopedRequest, work: Episode | Referral) -> CareContact | None:
    if not isinstance(work, Episode):
        return None
    return CareContact.objects.visible_to(request.scope).filter(episode=work).newest_first().first()


def build_visit_initial(row: Appointment) -> dict[str, Any]:
    """The form's values for an existing booking."""
    expected = [each for each in row.expected.all() if not getattr(each.person, "lost_on", None)]
    names = ("minutes", "mechanism", "location", "place", "interpreter", "travel_minutes", "note")
    return {name: getattr(row, name) for name in names} | {
        "room": row.room_id,
        "practitioner": row.practitioner_id,
        "colleagues": [user.pk for user in row.colleagues.all()],
        "expected": [str(each.infant_id or each.caregiver_id) for each in expected],
    }
