"""What endings add to a family's chronology: an ending undone, what was agreed for turning two and five, keepsakes."""

from django.urls import reverse

from interventions.endings.models import Keepsake, Reopening, TransitionPlan
from interventions.endings.rules.transitions import TURNINGS
from interventions.episodes.rules import ENDING_REASONS
from pairs.access.asking import Question, day, moment, name_of
from pairs.families.chronology import Event, about, in_sight


def questions(scope, family):
    """Endings that were undone, plans for turning two and five, keepsakes once they are ready."""
    return [_reopenings(scope, family), _transitions(scope, family), _keepsakes(scope, family)]


def _reopenings(scope, family):
    rows = Reopening.objects.visible_to(scope).filter(episode__family=family)
    fields = {"at": "reopened_at", "by": "reopened_by__display_name", "because": "because"}
    fields |= {"episode": "episode_id", "ended": "ended_on", "reason": "reason", "summary": "summary"}
    reasons = dict(ENDING_REASONS)

    def says(row):
        undone = f"Undone: ended on {day(row['ended']):%-d %b %Y}, {reasons[row['reason']].lower()}"
        reading = ((undone, row["summary"]),) if row["summary"] else ()
        href = reverse("episode", args=[row["episode"]])
        text = f"{undone}. {row['because']}"
        yield Event("episode", moment(row["at"]), "Episode opened again", href, row["by"], text, reading)

    return Question(rows, fields, says)


def _transitions(scope, family):
    rows = in_sight(TransitionPlan.objects.visible_to(scope), "infant").filter(family=family)
    fields = {
        "on": "agreed_on",
        "turning": "turning",
        "next": "who_next",
        "with": "agreed_with",
        "note": "note",
    }
    fields |= {"infant": "infant_id", "name": name_of("infant"), "by": "recorded_by__display_name"}
    href = reverse("transitions", args=[family.pk])

    def says(row):
        title = f"{dict(TURNINGS)[row['turning']]}: {row['name'] or 'the baby'}"
        text = f"Next: {row['next']}. Agreed with {row['with']}"
        reading = (("What helps", row["note"]),) if row["note"] else ()
        yield Event("decision", day(row["on"]), title, href, row["by"], text, reading, about(row["infant"]))

    return Question(rows, fields, says)


def _keepsakes(scope, family):
    rows = in_sight(Keepsake.objects.visible_to(scope), "dyad__infant", "dyad__caregiver")
    rows = rows.filter(dyad__family=family).exclude(ready_at=None)
    fields = {"id": "id", "at": "ready_at", "by": "ready_by__display_name", "version": "version"}
    fields |= {"infant": "dyad__infant_id", "carer": "dyad__caregiver_id", "name": name_of("dyad__caregiver")}

    def says(row):
        title = f"Keepsake for {row['name'] or 'a carer'} made"
        href, whose = reverse("keepsake", args=[row["id"]]), about(row["infant"], row["carer"])
        yield Event("letter", moment(row["at"]), title, href, row["by"], people=whose)

    return Question(rows, fields, says)
