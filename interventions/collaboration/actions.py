"""Actions of joint work, peer support and hub consultation."""

from interventions.collaboration.hub_consultation.actions import (
    accept_hub_request,
    answer_hub_request,
    ask_hub,
    decline_hub_request,
    end_hub_request,
    extend_hub_access,
)
from interventions.collaboration.joint_work.actions import begin_joint_work, change_joint_work, end_joint_work
from interventions.collaboration.peer_support.actions import (
    end_peer_support,
    link_peer_supporter,
    mark_log_in_error,
    raise_worry,
    write_peer_log,
)

__all__ = [
    "accept_hub_request",
    "answer_hub_request",
    "ask_hub",
    "begin_joint_work",
    "change_joint_work",
    "decline_hub_request",
    "end_hub_request",
    "end_joint_work",
    "end_peer_support",
    "extend_hub_access",
    "link_peer_supporter",
    "mark_log_in_error",
    "raise_worry",
    "write_peer_log",
]
