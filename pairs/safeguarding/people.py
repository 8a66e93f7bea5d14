"""Whom safeguarding may be about: the infants, carers and other children of one family, by the ids a form sends."""

from dataclasses import dataclass, field
from typing import Any

from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import list_visible
from pairs.families.banner import get_infant_name
from pairs.families.last_day import list_living
from pairs.families.models import Caregiver, Family, Infant
from pairs.safeguarding.models import HouseholdChild

WHOLE_FAMILY = ("family", "The whole family")


@dataclass(frozen=True)
class FamilyPeople:
    """Everybody of one family, each known by "infant:<id>", "caregiver:<id>" or "child:<id>"."""

    infants: list[Infant] = field(default_factory=list)
    carers: list[Caregiver] = field(default_factory=list)
    children: list[HouseholdChild] = field(default_factory=list)

    def list_everybody(self) -> list[Any]:
        return [*self.infants, *self.carers, *self.children]

    def list_status_candidates(self) -> list[Any]:
        """Those for whom a new status may be recorded: nobody who has died."""
        return list_living(self.list_everybody())

    def list_caution_candidates(self) -> list[Any]:
        return list_living([*self.infants, *self.carers])


def load_family_people(request: ScopedRequest, family: Family) -> FamilyPeople:
    """The family comes from with_people(); two queries more, for carers without a relationship yet and children."""
    dyads = family.dyads.all()
    carers = list_visible(request, Caregiver.objects.filter(family=family).order_by("created_at"))
    children = list_visible(request, HouseholdChild.objects.filter(family=family))
    return FamilyPeople(
        infants=_remove_duplicates([*family.infants.all(), *(dyad.infant for dyad in dyads)]),
        carers=_remove_duplicates([*carers, *(dyad.caregiver for dyad in dyads)]),
        children=children,
    )


def _remove_duplicates(people: list[Any]) -> list[Any]:
    return list({person.pk: person for person in people}.values())


def encode_person(person: Caregiver | Infant | HouseholdChild) -> str:
    """What a form sends for the person."""
    name = "child" if isinstance(person, HouseholdChild) else person._meta.model_name
    return f"{name}:{person.pk}"


def get_person_label(person: Caregiver | Infant | HouseholdChild) -> str:
    """A person's name, or what to call them until there is one."""
    if isinstance(person, Infant):
        return get_infant_name(person)
    return str(person) if str(person) != "Not yet named" else "Carer, name not recorded"
