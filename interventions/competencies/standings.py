"""Who may deliver what, read from the database: of one person, of an episode's lead, and of everybody at some sites."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from interventions.competencies.models import Competence, DeliveryRequirement, DeliverySignOff
from interventions.competencies.rules import (
    MAY_DELIVER,
    Held,
    Needs,
    Standing,
    assess_standing,
    describe_standing,
)
from interventions.episodes.deliveries import Delivery
from interventions.episodes.models import InterventionUse
from interventions.episodes.rules import InterventionShape
from pairs.access.batch_query import Query, build_user_name, parse_date, run_queries
from pairs.service.models import User


def load_needs() -> dict[int, str]:
    """{intervention: what it needs}, of those that need anything."""
    rows = DeliveryRequirement.objects.exclude(needs=Needs.NOTHING)
    return dict(rows.values_list("intervention", "needs"))


def load_standings(person_id: UUID, on: date) -> dict[int, Standing]:
    """{intervention: whether this person may deliver it}, of those that ask for a competence."""
    rows = run_queries([_query_standings([person_id])])
    return {row["way"]: _assess(row, on) for row in rows}


def build_delivery_query(people: Any) -> Query:
    """What the choice of an intervention says of this person (interventions.episodes.deliveries)."""
    asked = _query_standings(people)
    return Query(asked.rows, asked.fields, lambda row: [_build_delivery(row, timezone.localdate())])


def _query_standings(people: Any) -> Query:
    """Interventions that ask for a competence, each with the person's in it, where there is one."""
    rows = DeliveryRequirement.objects.exclude(needs=Needs.NOTHING)
    held = Competence.objects.live().filter(person__in=people, intervention=OuterRef("intervention"))
    of_it = {name: Subquery(held.values(name)[:1]) for name in ("level", "accredited_by", "accredited_until")}
    about = {"way": "intervention_id", "code": "intervention__code", "shape": "intervention__shape"}
    name = User.objects.filter(pk__in=people).annotate(said=build_user_name()).values("said")[:1]
    return Query(rows, about | {"needs": "needs", "name": Subquery(name)} | of_it)


def _assess(row: Mapping[str, Any], on: date) -> Standing:
    if row["level"] is None:
        return assess_standing(row["needs"], None, on)
    until = parse_date(row["accredited_until"])
    return assess_standing(row["needs"], Held(row["level"], row["accredited_by"], until), on)


def _build_delivery(row: Mapping[str, Any], on: date) -> Delivery:
    """Of a group nothing: its facilitators deliver it, and not an episode's lead."""
    if row["shape"] == InterventionShape.GROUP:
        return Delivery(row["code"], "", to_sign_off=False)
    standing = _assess(row, on)
    said = describe_standing(standing, row["name"])
    return Delivery(row["code"], said, to_sign_off=standing not in MAY_DELIVER)


def to_held(row: Competence) -> Held:
    """As the rule asks for it."""
    return Held(row.level, row.accredited_by, row.accredited_until)


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
