"""Timeline events of filming: consent, film, shared review, withdrawal, deletion."""

from collections.abc import Callable
from typing import Any

from interventions.filming.models import FilmCycle
from pairs.access.batch_query import Query
from pairs.access.scope import Scope
from pairs.families.events import EventRule, build_event_query, exclude_hidden_people
from pairs.families.models import Family


def _format_with_cycle(what: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: f"{what}: {row['way']}, cycle {row['number']}"


EVENT_RULES = (
    EventRule(
        "consented_on",
        _format_with_cycle("Agreed to be filmed"),
        "recorded_by__display_name",
        "consent_for",
    ),
    EventRule("filmed_on", _format_with_cycle("Filmed together")),
    EventRule("reviewed_on", _format_with_cycle("Watched the film together")),
    EventRule("withdrawn_on", _format_with_cycle("Consent to the film withdrawn")),
    EventRule("deleted_on", _format_with_cycle("The recording was deleted"), "deleted_by__display_name"),
)


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """The query for the family's cycles of filming."""
    seen = exclude_hidden_people(
        FilmCycle.objects.visible_to(scope), "dyad", "dyad__infant", "dyad__caregiver"
    )
    return [
        build_event_query(
            "episode",
            seen.filter(episode__family=family),
            *EVENT_RULES,
            page=("film", "id"),
            people=("dyad__infant_id", "dyad__caregiver_id"),
            fields={"number": "number", "way": "intervention__name"},
        )
    ]
