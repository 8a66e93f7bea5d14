"""What is done in the work: an episode opened and ended, contacts recorded, signed, amended, goals set."""

from interventions.episodes.actions.contacts import (
    Colleague,
    mark_contact_in_error,
    record_care_contact,
    sign_contact,
    write_care_contact,
)
from interventions.episodes.actions.episodes import agree_plan, end_episode, open_episode, set_goal
from interventions.episodes.actions.goals import close_goal, reword_goal
from interventions.episodes.actions.notes import amend_note, rewrite_notes
from interventions.episodes.actions.reading import (
    ask_for_amendment,
    countersign,
    show_prompts,
    star_contact,
    take_off_star,
    why_not_countersigned_by,
)
from interventions.episodes.actions.refiling import refile_contact

__all__ = [
    "Colleague",
    "agree_plan",
    "amend_note",
    "ask_for_amendment",
    "close_goal",
    "countersign",
    "end_episode",
    "mark_contact_in_error",
    "open_episode",
    "record_care_contact",
    "refile_contact",
    "reword_goal",
    "rewrite_notes",
    "set_goal",
    "show_prompts",
    "sign_contact",
    "star_contact",
    "take_off_star",
    "why_not_countersigned_by",
    "write_care_contact",
]
