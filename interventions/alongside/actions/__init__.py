"""What is done together with others: joint work agreed, a peer supporter linked, the hub asked and answering."""

from interventions.alongside.actions.asks import (
    answer_ask,
    ask_hub,
    decline_ask,
    end_ask,
    prolong_ask,
    take_ask,
)
from interventions.alongside.actions.joint import begin_joint_work, change_joint_work, end_joint_work
from interventions.alongside.actions.peers import (
    end_peer_support,
    link_peer_supporter,
    mark_log_in_error,
    raise_worry,
    write_peer_log,
)

__all__ = [
    "answer_ask",
    "ask_hub",
    "begin_joint_work",
    "change_joint_work",
    "decline_ask",
    "end_ask",
    "end_joint_work",
    "end_peer_support",
    "link_peer_supporter",
    "mark_log_in_error",
    "prolong_ask",
    "raise_worry",
    "take_ask",
    "write_peer_log",
]
