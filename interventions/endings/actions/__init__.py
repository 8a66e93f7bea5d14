"""What is done at an ending: prepared, completed, undone; letters begun, keepsakes made, the way back, transitions."""

from interventions.endings.actions.endings import prepare_ending, reopen_episode
from interventions.endings.actions.keepsakes import (
    another_version,
    ask_for_pdf,
    begin_keepsake,
    make_ready,
    write_keepsake,
)
from interventions.endings.actions.letters import begin_ending_letter
from interventions.endings.actions.transitions import plan_transition
from interventions.endings.actions.ways_back import keep_way_back

__all__ = [
    "another_version",
    "ask_for_pdf",
    "begin_ending_letter",
    "begin_keepsake",
    "keep_way_back",
    "make_ready",
    "plan_transition",
    "prepare_ending",
    "reopen_episode",
    "write_keepsake",
]
