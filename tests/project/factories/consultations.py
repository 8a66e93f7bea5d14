"""The sample families' consultations."""

from datetime import timedelta

from django.utils import timezone

from referrals.models import Consultation, ConsultationStep


def create_consultation(home, place):
    """One that waits: about an unnamed family, or where the home is restricted about that one."""
    now = timezone.now()
    about = {"family": home.family, "named": True, "who": "Them", "permission": "parent_agrees"}
    made = Consultation.objects.create(
        reference=f"C-{home.name[:4]}-1",
        site=home.site,
        place=place,
        asked_by=home.referrer,
        team=home.referrer.team,
        asked_at=now - timedelta(days=9),
        about=f"Puzzled {home.name}",
        **(about if home.family.restricted else {}),
    )
    ConsultationStep.objects.create(consultation=made, status="asked", at=now, by=home.referrer)
    return made
