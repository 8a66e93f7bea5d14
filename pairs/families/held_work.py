"""What of this app goes along with a family's lead (pairs/service/hooks.py): open risk alerts."""

from uuid import UUID

from pairs.families.models import RiskAlert
from pairs.service.models import User
from pairs.service.work_to_hand_over import LeadWork


def list_lead_work(lead: User, family_id: UUID) -> list[LeadWork]:
    """Open alerts about the family that this person was told of as its lead."""
    return [LeadWork(RiskAlert.objects.live().open().filter(family=family_id, lead=lead), "lead")]
