"""Actions at an ending: prepare, complete and undo it; letters, keepsakes, return cards, transition plans."""

from interventions.endings.actions.endings import prepare_ending, reopen_episode
from interventions.endings.actions.keepsakes import (
    begin_keepsake,
    create_next_version,
    mark_keepsake_ready,
    write_keepsake,
)
from interventions.endings.actions.letters import begin_ending_letter
from interventions.endings.actions.transitions import plan_transition
from interventions.endings.actions.ways_back import save_way_back

__all__ = [
    "begin_ending_letter",
    "begin_keepsake",
    "create_next_version",
    "mark_keepsake_ready",
    "plan_transition",
    "prepare_ending",
    "reopen_episode",
    "save_way_back",
    "write_keepsake",
]
