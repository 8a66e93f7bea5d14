"""What is filled in before anybody types: as last time, or as a first visit usually is."""

from django.utils import timezone

from interventions.diary.facts import carers_of
from interventions.diary.models import Appointment
from interventions.diary.rules import MOVED, usual_slot
from interventions.episodes.models import CareContact, Episode


def usual_visit(request, work, family, people):
    """Same weekday, time, way and place as last time; everybody expected, and the person who books goes."""
    last = _last_booked(request, work) or _last_contact(request, work)
    start = usual_slot(timezone.localtime(last.starts_at) if last else None, timezone.localtime())
    usual = {"starts_on": start.date(), "starts_time": start.time(), "minutes": 60, "times": 1}
    usual |= {"mechanism": "01", "location": "A01", "practitioner": request.user.pk}
    if last:
        usual |= {"minutes": last.minutes or 60, "mechanism": last.mechanism, "location": last.location}
    for name in ("room_id", "place", "travel_minutes"):
        usual[name.removesuffix("_id")] = getattr(last, name, None)
    alive = [row["person"] for row in people.expected()]
    usual["expected"] = [str(pk) for pk in alive]
    usual["interpreter"] = any(carer.needs_interpreter for carer in carers_of(family))
    return usual


def _last_booked(request, work):
    rows = Appointment.objects.visible_to(request.scope).exclude(status=MOVED).filter(**_of(work))
    return rows.order_by("-starts_at", "-id").first()


def _of(work):
    return {"episode": work} if isinstance(work, Episode) else {"referral": work}


def _last_contact(request, work):
    if not isinstance(work, Episode):
        return None
    return CareContact.objects.visible_to(request.scope).filter(episode=work).newest_first().first()
