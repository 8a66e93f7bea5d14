"""What of this app a colleague holds (pairs/service/hooks.py): supervision that is planned."""

from uuid import UUID

from django.db.models import Q

from interventions.supervision.models import CaseDecision, PlannedSupervision
from pairs.service.models import User
from pairs.service.work_to_hand_over import HeldWork, LeadWork


def list_held_work(user: User) -> list[HeldWork]:
    """Sessions that this person is to give or have."""
    count = PlannedSupervision.objects.standing().filter(Q(supervisor=user) | Q(supervisee=user)).count()
    return [
        HeldWork(count, "planned supervision", "planned supervision sessions", "supervision", "supervise")
    ]


def list_lead_work(lead: User, family_id: UUID) -> list[LeadWork]:
    """What this person took on about the family in supervision and has not done."""
    rows = CaseDecision.objects.live().filter(family=family_id, owner=lead, done_at=None)
    return [LeadWork(rows, "owner")]
