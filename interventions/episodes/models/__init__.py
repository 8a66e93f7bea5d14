"""The work with a family: episodes, goals, care contacts and their notes."""

from interventions.episodes.models.contacts import (
    CareContact,
    ContactColleague,
    ContactIntervention,
    NotePart,
    Participant,
    contact_title,
    has_unfinished,
    last_seen,
    recent_attendances,
    unfinished_contacts,
)
from interventions.episodes.models.episodes import (
    Episode,
    EpisodeFocus,
    Goal,
    Intervention,
    InterventionUse,
    leads_at,
)
from interventions.episodes.models.reading import (
    CountersignStep,
    NotePrompts,
    Star,
    prompts_hidden,
    wants_prompts,
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
    "Star",
    "contact_title",
    "has_unfinished",
    "last_seen",
    "leads_at",
    "prompts_hidden",
    "recent_attendances",
    "unfinished_contacts",
    "wants_prompts",
]
