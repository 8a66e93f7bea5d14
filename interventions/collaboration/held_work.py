"""What of this app a colleague holds (pairs/service/hooks.py): families in peer support, requests to the hub."""

from uuid import UUID

from interventions.collaboration.models import HubRequest, PeerSupport
from interventions.collaboration.rules import HubRequestStatus
from pairs.service.models import User
from pairs.service.work_to_hand_over import HeldWork, LeadWork


def list_held_work(user: User) -> list[HeldWork]:
    """Families supported as a peer, and requests to the hub that this person has taken on."""
    supported = PeerSupport.objects.live().filter(supporter=user, ended_at=None)
    taken = HubRequest.objects.live().filter(taken_by=user, status=HubRequestStatus.TAKEN)
    return [
        HeldWork(
            supported.count(),
            "family in peer support",
            "families in peer support",
            "supported-families",
            "support_families",
        ),
        HeldWork(taken.count(), "request to the hub", "requests to the hub", "hub-asks", "write_records"),
    ]


def list_lead_work(lead: User, family_id: UUID) -> list[LeadWork]:
    """Requests to the hub whose answer the lead waits for."""
    return [LeadWork(HubRequest.objects.live().open().filter(family=family_id, answer_to=lead), "answer_to")]
