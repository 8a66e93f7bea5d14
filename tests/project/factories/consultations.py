"""The sample families' consultations."""

from datetime import timedelta

from django.utils import timezone

from pairs.access.models import digest_token
from referrals.models import Consultation, ConsultationFeedback, ConsultationProfessional, ConsultationStep

FEEDBACK_TOKEN = "a-link-for-feedback-on-a-consultation"


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
    ConsultationProfessional.objects.create(consultation=made, name=f"Wendy {home.name}", group="midwife")
    _create_feedback(made, now.date())
    return made


def _create_feedback(made, on):
    """A link that works, of whichever home is first; the others' have been used."""
    used = ConsultationFeedback.objects.exists()
    said = {"answered_on": on, "helped_to_think": 4, "words": "It helped"} if used else {}
    ConsultationFeedback.objects.create(
        consultation=made,
        token_hash=None if used else digest_token(FEEDBACK_TOKEN),
        asked_on=on - timedelta(days=3),
        last_day=on + timedelta(days=9),
        **said,
    )
