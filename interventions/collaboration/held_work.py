"""What of this app a colleague holds (pairs/service/hooks.py): families in peer support, requests to the hub."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from interventions.collaboration.models import HubRequest, PeerSupport
from interventions.collaboration.rules import HubRequestStatus
from pairs.database.change_ledger import change_and_record, record_reverted_value
from pairs.families.actions import grant_family_access
from pairs.families.models import Family, FamilyGrant
from pairs.service.models import User
from pairs.service.roles import GrantPurpose
from pairs.service.work_to_hand_over import HandOverRule, HandOverStep, HeldWork, mark_held, pass_field
from pairs.web.formats import format_day


def list_held_work(user: User) -> list[HeldWork]:
    """Families supported as a peer, requests to the hub taken on, and requests whose answer this person waits for."""
    supported = PeerSupport.objects.live().filter(supporter=user, ended_at=None).select_related("family")
    requests = HubRequest.objects.live().select_related("family")
    taken = requests.filter(taken_by=user, status=HubRequestStatus.TAKEN)
    return [
        HeldWork(
            mark_held(supported, site="family__site_id"),
            "family in peer support",
            "families in peer support",
            "supported-families",
            "support_families",
            PEER_SUPPORT,
        ),
        HeldWork(
            mark_held(taken, site="to_site_id", barred=["asked_by_id"]),
            "request to the hub",
            "requests to the hub",
            "hub-asks",
            "write_records",
            HUB_ANSWER,
        ),
        HeldWork(
            mark_held(requests.open().filter(answer_to=user), site="family__site_id"),
            "question to the hub",
            "questions to the hub",
            "caseload",
            "read_families",
            HUB_QUESTION,
        ),
    ]


def _end_peer_support(row: PeerSupport, to: User | None, step: HandOverStep) -> None:
    change_and_record(
        row, step.ledger, ended_at=timezone.now(), ended_by=step.by, ended_because=step.why[:300]
    )
    others = PeerSupport.objects.live().filter(family=row.family, supporter=step.leaver, ended_at=None)
    if not others.exists():
        _end_access(row.family, GrantPurpose.PEER_SUPPORT, step)


def _pass_on_request(row: HubRequest, to: User | None, step: HandOverStep) -> None:
    """With the access that it gives, until the same day."""
    change_and_record(row, step.ledger, taken_by=to)
    ends = {
        grant.expires_at for grant in _query_grants(row.family, row.wants, step).order_by("-expires_at")[:1]
    }
    _end_access(row.family, row.wants, step)
    for moment in ends:
        grant = grant_family_access(
            family=row.family,
            user=to,
            purpose=row.wants,
            reason=f"Hub request {row.reference}",
            by=step.by,
            expires_at=moment,
        )
        record_reverted_value(grant, step.ledger, "expires_at", grant.created_at)


def _end_access(family: Family, purpose: str, step: HandOverStep) -> None:
    for grant in _query_grants(family, purpose, step):
        change_and_record(grant, step.ledger, expires_at=timezone.now())


def _query_grants(family: Family, purpose: str, step: HandOverStep) -> Any:
    return FamilyGrant.objects.live().filter(family=family, user=step.leaver, purpose=purpose)


# The family agrees to a new supporter when they are linked: interventions/collaboration/peer_support.
PEER_SUPPORT = HandOverRule(
    code="peer-support",
    pass_on=_end_peer_support,
    describe=lambda row: f"Peer support since {format_day(row.agreed_on)}",
    needs=(),
    may_end=lambda row: True,
)
HUB_ANSWER = HandOverRule("hub-answer", _pass_on_request, lambda row: f"Request {row.reference}")
HUB_QUESTION = HandOverRule(
    "hub-question", pass_field("answer_to"), lambda row: f"Request {row.reference}", with_lead=Q()
)
