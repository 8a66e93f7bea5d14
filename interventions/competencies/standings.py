"""Who may deliver what, read from the database: of one person, of an episode's lead, and of everybody at some sites."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from interventions.competencies.models import Competence, DeliveryRequirement, DeliverySignOff
from interventions.competencies.rules import (
    MAY_DELIVER,
    Held,
    Needs,
    Standing,
    assess_standing,
    describe_standing,
)
from interventions.episodes.models import Episode, InterventionUse
from interventions.episodes.rules import InterventionShape


def load_needs() -> dict[int, str]:
    """{intervention: what it needs}, of those that need anything."""
    rows = DeliveryRequirement.objects.exclude(needs=Needs.NOTHING)
    return dict(rows.values_list("intervention", "needs"))


def load_standings(person_id: UUID, on: date) -> dict[int, Standing]:
    """{intervention: whether this person may deliver it}, of those that ask for a competence."""
    held = {
        row.intervention_id: to_held(row)
        for row in Competence.objects.live().filter(person=person_id).exclude(intervention=None)
    }
    return {pk: assess_standing(needs, held.get(pk), on) for pk, needs in load_needs().items()}


def to_held(row: Competence) -> Held:
    """As the rule asks for it."""
    return Held(row.level, row.accredited_by, row.accredited_until)


def describe_choices(episode: Episode, on: date) -> dict[int, str]:
    """{intervention: what its choice says of the episode's lead}."""
    said = {
        pk: describe_standing(standing, str(episode.lead))
        for pk, standing in load_standings(episode.lead_id, on).items()
    }
    return {pk: words for pk, words in said.items() if words}


def needs_sign_off(use: InterventionUse, on: date) -> bool:
    """Whether a supervisor has to sign off that the episode's lead delivers this."""
    if use.ended_on or use.intervention.shape == InterventionShape.GROUP:
        return False
    signed = DeliverySignOff.objects.live().filter(use=use, person=use.episode.lead_id)
    return get_standing(use, on) not in MAY_DELIVER and not signed.exists()


def get_standing(use: InterventionUse, on: date) -> Standing:
    """Whether the episode's lead may deliver this."""
    return load_standings(use.episode.lead_id, on).get(use.intervention_id, Standing.FREE)


@dataclass
class DeliveryRow:
    """An intervention: what it needs, and the names of those who supervise, deliver, or deliver under supervision."""

    intervention: Any
    needs: Needs
    supervise: list[str] = field(default_factory=list)
    deliver: list[str] = field(default_factory=list)
    under: list[str] = field(default_factory=list)

    def add(self, competence: Competence, on: date) -> None:
        asked = self.needs if self.needs != Needs.NOTHING else Needs.COMPETENCE
        standing = assess_standing(asked, to_held(competence), on)
        names = {Standing.SUPERVISES: self.supervise, Standing.MAY: self.deliver}.get(standing, self.under)
        names.append(str(competence.person))


def list_delivery_rows(
    interventions: Iterable[Any], competences: Iterable[Competence], on: date
) -> list[DeliveryRow]:
    """A row for each intervention that needs a competence, or that somebody has one in."""
    by_intervention = defaultdict(list)
    for each in competences:
        by_intervention[each.intervention_id].append(each)
    needs, found = load_needs(), []
    for intervention in interventions:
        row = DeliveryRow(intervention, Needs(needs.get(intervention.pk, Needs.NOTHING)))
        for each in by_intervention[intervention.pk]:
            row.add(each, on)
        if by_intervention[intervention.pk] or row.needs != Needs.NOTHING:
            found.append(row)
    return found
