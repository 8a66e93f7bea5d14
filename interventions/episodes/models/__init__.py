"""The work with a family: episodes, goals, care contacts and their notes."""

from interventions.episodes.models.contacts import (
    CareContact,
    ContactIntervention,
    NotePart,
    Participant,
    has_unsigned,
    last_seen,
    recent_attendances,
    unsigned_contacts,
)
from interventions.episodes.models.episodes import (
    Episode,
    EpisodeFocus,
    Goal,
    Intervention,
    InterventionUse,
    leads_at,
)
from interventions.episodes.models.waits import InterventionWait

__all__ = [
    "CareContact",
    "ContactIntervention",
    "Episode",
    "EpisodeFocus",
    "Goal",
    "Intervention",
    "InterventionUse",
    "InterventionWait",
    "NotePart",
    "Participant",
    "has_unsigned",
    "last_seen",
    "leads_at",
    "recent_attendances",
    "unsigned_contacts",
]
