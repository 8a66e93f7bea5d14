"""Initial values of a visit's forms: as last time, the defaults for a first visit, or as it is booked."""

from typing import Any

from django.utils import timezone

from interventions.diary.models import Appointment
from interventions.diary.rules import AppointmentStatus, suggest_start
from interventions.diary.visit_briefing import list_family_carers
from interventions.episodes.models import CareContact, Episode
from interventions.episodes.rules import Location, Mechanism
from pairs.access.requests import ScopedRequest
from pairs.families.last_day import has_died, list_living
from pairs.families.models import Family
from referrals.meeting_wishes import describe_joint_visit
from referrals.models import Referral


def build_initial_visit(
    request: ScopedRequest, work: Episode | Referral, family: Family, people: Any
) -> dict[str, Any]:
    """Same weekday, time, mode and place as last time, at first as the family asked for; everybody expected."""
    booked = _get_last_appointment(request, work)
    last = booked or _get_last_contact(request, work)
    referral = work if isinstance(work, Referral) else work.referral
    start = suggest_start(timezone.localtime(last.starts_at) if last else None, timezone.localtime())
    usual = {"starts_on": start.date(), "starts_time": start.time(), "minutes": 60, "times": 1}
    usual |= {"mechanism": Mechanism.FACE_TO_FACE, "location": Location.FAMILY_HOME}
    usual["practitioner"] = request.user.pk
    if last:
        usual |= {"minutes": last.minutes or 60, "mechanism": last.mechanism, "location": last.location}
    if booked is None:
        usual |= build_wished_visit(referral)
    for name in ("room_id", "place", "travel_minutes"):
        usual[name.removesuffix("_id")] = getattr(last, name, None)
    alive = [row["person"] for row in people.expected()]
    usual["expected"] = [str(pk) for pk in alive]
    usual["interpreter"] = any(carer.needs_interpreter for carer in list_living(list_family_carers(family)))
    return usual


# How a family that said where they like to meet is met: consultation mechanism and activity location.
WISHED_PLACES = {
    "home": (Mechanism.FACE_TO_FACE, Location.FAMILY_HOME),
    "hub": (Mechanism.FACE_TO_FACE, Location.FAMILY_HUB),
    "phone": (Mechanism.TELEPHONE, Location.ELSEWHERE),
    "video": (Mechanism.VIDEO, Location.ELSEWHERE),
}


def build_wished_visit(referral: Referral) -> dict[str, Any]:
    """What the referral says of how to meet, as values of the form; nothing of it is asked of the family again."""
    wished = WISHED_PLACES.get(referral.preferred_place)
    usual: dict[str, Any] = dict(zip(("mechanism", "location"), wished, strict=True)) if wished else {}
    comes = [f"Comes along: {referral.who_comes}"] if referral.who_comes else []
    comes += [describe_joint_visit(referral)] if referral.first_visit_together else []
    return usual | ({"note": ". ".join(comes)[:500]} if comes else {})


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
    expected = [each for each in row.expected.all() if not has_died(each.person)]
    names = ("minutes", "mechanism", "location", "place", "interpreter", "travel_minutes", "note")
    return {name: getattr(row, name) for name in names} | {
        "room": row.room_id,
        "practitioner": row.practitioner_id,
        "colleagues": [user.pk for user in row.colleagues.all()],
        "expected": [str(each.infant_id or each.caregiver_id) for each in expected],
    }
