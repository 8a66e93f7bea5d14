"""Actions of episodes: open and end an episode; record, sign and amend contacts; set goals."""

from interventions.episodes.actions.contacts import (
    Colleague,
    mark_contact_in_error,
    record_care_contact,
    sign_contact,
    write_care_contact,
)
from interventions.episodes.actions.countersigning import (
    ask_for_amendment,
    countersign,
    find_user_countersigning_error,
    is_of_leaver,
    remove_star,
    set_prompts_shown,
    star_contact,
)
from interventions.episodes.actions.episodes import agree_plan, end_episode, open_episode, set_goal
from interventions.episodes.actions.goals import close_goal, reword_goal
from interventions.episodes.actions.notes import amend_note, rewrite_notes
from interventions.episodes.actions.refiling import refile_contact

__all__ = [
    "Colleague",
    "agree_plan",
    "amend_note",
    "ask_for_amendment",
    "close_goal",
    "countersign",
    "end_episode",
    "find_user_countersigning_error",
    "is_of_leaver",
    "mark_contact_in_error",
    "open_episode",
    "record_care_contact",
    "refile_contact",
    "remove_star",
    "reword_goal",
    "rewrite_notes",
    "set_goal",
    "set_prompts_shown",
    "sign_contact",
    "star_contact",
    "write_care_contact",
]
