"""What of this app a colleague holds (pairs/service/hooks.py): co-work on a colleague's family."""

from django.utils import timezone

from interventions.plans.models import CoWorker
from pairs.service.models import User
from pairs.service.work_to_hand_over import HeldWork


def list_held_work(user: User) -> list[HeldWork]:
    """Open work of colleagues in which this person is a co-worker."""
    rows = CoWorker.objects.live().current(timezone.localdate()).filter(user=user, episode__ended_on=None)
    return [HeldWork(rows.count(), "family in co-work", "families in co-work", "caseload", "read_families")]
