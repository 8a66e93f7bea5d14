"""Work done with others: joint work with a service, a peer supporter and their log, and what the hub was asked."""

from interventions.alongside.models.asks import AskStep, HubAsk
from interventions.alongside.models.joint import JointWork
from interventions.alongside.models.peers import PeerLog, PeerSupport, peer_supporters

__all__ = ["AskStep", "HubAsk", "JointWork", "PeerLog", "PeerSupport", "peer_supporters"]
