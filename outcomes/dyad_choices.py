"""Dyad choices for forms, and dyad labels."""

from typing import Any

from interventions.episodes.models import Episode
from pairs.families.models import Dyad


def list_dyad_choices(family: Any) -> list[tuple[Dyad, str]]:
    """[(Dyad, label)] of a family from Family.objects.with_people(); babies who have died are not offered."""
    infants = {infant.pk: infant for infant in family.infants.all() if infant.lost_on is None}
    choices = []
    for dyad in family.dyads.all():
        if dyad.infant_id in infants:
            dyad.infant = infants[dyad.infant_id]
            choices.append((dyad, format_dyad(dyad)))
    return choices


def sort_focus_first(choices: list[tuple[Dyad, str]], episode: Episode) -> list[tuple[Dyad, str]]:
    """The dyads in the episode's focus before the others, otherwise in the same order."""
    focus = {dyad.pk for dyad in episode.focus.all()}
    return sorted(choices, key=lambda choice: choice[0].pk not in focus)


def format_dyad(dyad: Any) -> str:
    """“Maya Khan and Sara Khan (mother)”."""
    baby = dyad.infant.name or "Baby not yet named"
    carer = dyad.caregiver.name or "carer not yet named"
    return f"{baby} and {carer} ({dyad.get_relationship_display().lower()})"
