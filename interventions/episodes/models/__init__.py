"""Models of episodes, goals, care contacts and notes."""

from interventions.episodes.models.contact_queries import (
    build_recent_attendances,
    build_unfinished_contacts,
    has_unfinished,
    query_last_seen,
    query_notes_to_countersign,
)
from interventions.episodes.models.contacts import (
    CareContact,
    ContactColleague,
    ContactIntervention,
    NotePart,
    Participant,
    format_contact_title,
)
from interventions.episodes.models.countersigning import (
    CountersignStep,
    NotePrompts,
    StarredContact,
    query_hidden_prompts,
    should_show_prompts,
)
from interventions.episodes.models.episodes import (
    Episode,
    EpisodeFocus,
    Goal,
    Intervention,
    InterventionUse,
    query_possible_leads,
)
from interventions.episodes.models.waits import InterventionWait

__all__ = [
    "CareContact",
    "ContactColleague",
    "ContactIntervention",
    "CountersignStep",
    "Episode",
    "EpisodeFocus",
    "Goal",
    "Intervention",
    "InterventionUse",
    "InterventionWait",
    "NotePart",
    "NotePrompts",
    "Participant",
    "StarredContact",
    "build_recent_attendances",
    "build_unfinished_contacts",
    "format_contact_title",
    "has_unfinished",
    "query_hidden_prompts",
    "query_last_seen",
    "query_notes_to_countersign",
    "query_possible_leads",
    "should_show_prompts",
]
