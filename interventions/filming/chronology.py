"""What filming adds to a family's chronology: consent, the film, the shared review, what became of the recording."""

from django.urls import reverse

from interventions.filming.models import FilmCycle
from pairs.access.asking import Question, day
from pairs.families.chronology import Event, about, in_sight

# field → what happened that day
HAPPENED = {
    "consented_on": "Agreed to be filmed",
    "filmed_on": "Filmed together",
    "reviewed_on": "Watched the film together",
    "withdrawn_on": "Consent to the film withdrawn",
    "deleted_on": "The recording was deleted",
}


def questions(scope, family):
    """Each cycle of filming, day by day."""
    seen = in_sight(FilmCycle.objects.visible_to(scope), "dyad", "dyad__infant", "dyad__caregiver")
    rows = seen.filter(episode__family=family)
    fields = {"id": "id", "number": "number", "way": "intervention__name", "for": "consent_for"}
    fields |= {"infant": "dyad__infant_id", "caregiver": "dyad__caregiver_id"}
    fields |= {name: name for name in HAPPENED}
    fields |= {"by_consented_on": "recorded_by__display_name", "by_deleted_on": "deleted_by__display_name"}
    return [Question(rows, fields, _events)]


def _events(row):
    href, people = reverse("film", args=[row["id"]]), about(row["infant"], row["caregiver"])
    for name, what in HAPPENED.items():
        if row[name]:
            title = f"{what}: {row['way']}, cycle {row['number']}"
            text = row["for"] if name == "consented_on" else ""
            who = row.get(f"by_{name}") or ""
            yield Event("episode", day(row[name]), title, href=href, who=who, text=text, people=people)
