"""Models of joint work, peer support and hub consultation."""

from interventions.collaboration.hub_consultation.models import HubRequest, HubRequestStep
from interventions.collaboration.joint_work.models import JointWork
from interventions.collaboration.peer_support.models import PeerLog, PeerSupport, query_peer_supporters

__all__ = ["HubRequest", "HubRequestStep", "JointWork", "PeerLog", "PeerSupport", "query_peer_supporters"]
