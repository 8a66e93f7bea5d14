"""What of this app a colleague holds (pairs/service/hooks.py): absences that they cover."""

from django.utils import timezone

from interventions.workforce.models import Absence
from pairs.service.models import User
from pairs.service.work_to_hand_over import HeldWork


def list_held_work(user: User) -> list[HeldWork]:
    """Absences of colleagues, now or to come, that this person covers."""
    count = Absence.objects.standing().unended(timezone.localdate()).filter(cover=user).count()
    return [HeldWork(count, "absence they cover", "absences they cover", "absences", "write_records")]
