"""Whom safeguarding may be about: the infants, carers and other children of one family, by the ids a form sends."""

from dataclasses import dataclass, field

from pairs.access.fetch import fetch_list
from pairs.families.models import Caregiver, Infant
from pairs.safeguarding.models import HouseholdChild

WHOLE_FAMILY = ("family", "The whole family")


@dataclass(frozen=True)
class People:
    """Everybody of one family, each known by "infant:<id>", "caregiver:<id>" or "child:<id>"."""

    infants: list[Infant] = field(default_factory=list)
    carers: list[Caregiver] = field(default_factory=list)
    children: list[HouseholdChild] = field(default_factory=list)

    def everybody(self):
        return [*self.infants, *self.carers, *self.children]

    def with_a_status(self):
        """Whose standing goes on being recorded: not that of a baby who has died."""
        return [*(infant for infant in self.infants if not infant.lost_on), *self.carers, *self.children]

    def kept_apart(self):
        return [*(infant for infant in self.infants if not infant.lost_on), *self.carers]


def people_of(request, family):
    """The family comes from with_people(); two queries more, for carers without a relationship yet and children."""
    dyads = family.dyads.all()
    carers = fetch_list(request, Caregiver.objects.filter(family=family).order_by("created_at"))
    children = fetch_list(request, HouseholdChild.objects.filter(family=family))
    return People(
        infants=_each_once([*family.infants.all(), *(dyad.infant for dyad in dyads)]),
        carers=_each_once([*carers, *(dyad.caregiver for dyad in dyads)]),
        children=children,
    )


def _each_once(people):
    return list({person.pk: person for person in people}.values())


def code_of(person):
    """What a form sends for the person."""
    name = "child" if isinstance(person, HouseholdChild) else person._meta.model_name
    return f"{name}:{person.pk}"


def called(person):
    """A person's name, or what to call them until there is one."""
    if str(person) != "Not yet named":
        return str(person)
    return f"Baby {person.reference}" if isinstance(person, Infant) else "Carer, name not recorded"
