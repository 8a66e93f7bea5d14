"""What of this app goes along with a family's lead (pairs/service/hooks.py): due items handed to them."""

from uuid import UUID

from pairs.service.models import User
from pairs.service.work_to_hand_over import LeadWork
from reporting.dashboards.models import DueDecision


def list_lead_work(lead: User, family_id: UUID) -> list[LeadWork]:
    """Due items about the family that were reassigned to this person."""
    return [LeadWork(DueDecision.objects.filter(family_id=family_id, handed_to=lead), "handed_to")]
