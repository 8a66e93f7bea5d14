"""Chronology events of filming: consent, film, shared review, withdrawal, deletion."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from interventions.filming.models import FilmCycle
from pairs.access.batch_query import Query, parse_date
from pairs.access.scope import Scope
from pairs.families.chronology import Event, exclude_hidden_people, parse_person_ids
from pairs.families.models import Family

# date field → title of its event
EVENT_TITLES = {
    "consented_on": "Agreed to be filmed",
    "filmed_on": "Filmed together",
    "reviewed_on": "Watched the film together",
    "withdrawn_on": "Consent to the film withdrawn",
    "deleted_on": "The recording was deleted",
}


def build_chronology_queries(scope: Scope, family: Family) -> list[Query]:
    """The query for the family's cycles of filming."""
    seen = exclude_hidden_people(
        FilmCycle.objects.visible_to(scope), "dyad", "dyad__infant", "dyad__caregiver"
    )
    rows = seen.filter(episode__family=family)
    fields = {"id": "id", "number": "number", "way": "intervention__name", "for": "consent_for"}
    fields |= {"infant": "dyad__infant_id", "caregiver": "dyad__caregiver_id"}
    fields |= {name: name for name in EVENT_TITLES}
    fields |= {"by_consented_on": "recorded_by__display_name", "by_deleted_on": "deleted_by__display_name"}
    return [Query(rows, fields, _to_film_events)]


def _to_film_events(row: dict[str, Any]) -> Iterator[Event]:
    href, people = reverse("film", args=[row["id"]]), parse_person_ids(row["infant"], row["caregiver"])
    for name, what in EVENT_TITLES.items():
        if row[name]:
            title = f"{what}: {row['way']}, cycle {row['number']}"
            text = row["for"] if name == "consented_on" else ""
            who = row.get(f"by_{name}") or ""
            yield Event("episode", parse_date(row[name]), title, href=href, who=who, text=text, people=people)
