"""Dyad choices for forms, and dyad labels."""

from typing import Any

from django.db.models import Exists, OuterRef

from interventions.episodes.models import Episode
from outcomes.measure_definitions import Measure
from pairs.families.last_day import get_last_day, has_died
from pairs.families.models import Dyad, Infant
from pairs.families.models.people import InfantQuerySet


def list_dyad_choices(family: Any) -> list[tuple[Dyad, str]]:
    """[(Dyad, label)] of a family from Family.objects.with_people(): those of whom both live."""
    return [(dyad, label) for dyad, label in list_all_dyads(family) if not has_died(dyad)]


def list_carer_choices(family: Any) -> list[tuple[Dyad, str]]:
    """Those whose carer lives, also with a baby who has died: for what is a parent's own."""
    return [(dyad, label) for dyad, label in list_all_dyads(family) if not has_died(dyad.caregiver)]


def query_babies_to_ask_about(family: Any) -> InfantQuerySet:
    """Babies of a family of whom somebody can be asked: they live, and so does a carer of theirs."""
    living = Dyad.objects.live().current().living().filter(infant=OuterRef("pk"))
    return Infant.objects.active().filter(Exists(living), family=family)


def list_all_dyads(family: Any) -> list[tuple[Dyad, str]]:
    """Of everybody who is shown with the family, whoever has died included."""
    infants = {infant.pk: infant for infant in family.infants.all()}
    found = []
    for dyad in family.dyads.all():
        if dyad.infant_id in infants:
            dyad.infant = infants[dyad.infant_id]
            found.append((dyad, format_dyad(dyad)))
    return found


def list_recordable_dyads(family: Any, episode: Episode, measure: Measure | None) -> list[tuple[Dyad, str]]:
    """Those for whom the measure can be recorded: now, or for a day of this episode before somebody died."""
    now = list_carer_choices(family) if measure and measure.is_about_carer else list_dyad_choices(family)
    here = {dyad.pk for dyad, _ in now}
    earlier = [
        (dyad, f"{label}, before {last:%-d %b %Y}")
        for dyad, label in list_all_dyads(family)
        if dyad.pk not in here and (last := get_last_day(dyad)) and last >= episode.opened_on
    ]
    return sort_focus_first(now, episode) + earlier


def sort_focus_first(choices: list[tuple[Dyad, str]], episode: Episode) -> list[tuple[Dyad, str]]:
    """The dyads in the episode's focus before the others, otherwise in the same order."""
    focus = {dyad.pk for dyad in episode.focus.all()}
    return sorted(choices, key=lambda choice: choice[0].pk not in focus)


def format_dyad(dyad: Any) -> str:
    """“Maya Khan and Sara Khan (mother)”."""
    baby = dyad.infant.shown_name or "Baby not yet named"
    carer = dyad.caregiver.name or "carer not yet named"
    return f"{baby} and {carer} ({dyad.get_relationship_display().lower()})"
