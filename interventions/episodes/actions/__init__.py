"""What is done in the work: an episode opened and ended, contacts recorded, signed, amended, goals set."""

from interventions.episodes.actions.contacts import mark_contact_in_error, record_care_contact, sign_contact
from interventions.episodes.actions.episodes import agree_plan, end_episode, open_episode, set_goal
from interventions.episodes.actions.goals import close_goal, reword_goal
from interventions.episodes.actions.notes import amend_note, rewrite_notes

__all__ = [
    "agree_plan",
    "amend_note",
    "close_goal",
    "end_episode",
    "mark_contact_in_error",
    "open_episode",
    "record_care_contact",
    "reword_goal",
    "rewrite_notes",
    "set_goal",
    "sign_contact",
]
