"""What a colleague or a site holds, which others would have to take over: each app says its part in ``held_work``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model
from django.urls import reverse

from pairs.service.hooks import list_hooks
from pairs.service.models import Site, User


@dataclass(frozen=True)
class HeldWork:
    """How many, in words for one and for several; the page that lists such work, and what it takes to open it."""

    count: int
    one: str
    several: str
    address: str
    permission: str

    def __str__(self) -> str:
        return f"{self.count} {self.one if self.count == 1 else self.several}"

    @property
    def href(self) -> str:
        return reverse(self.address)


def list_held_work(user: User) -> list[HeldWork]:
    """Everything of this person's that is not over, in the order of the apps; empty when nothing is held."""
    return list(_gather("list_held_work", user))


def list_site_work(site: Site) -> list[HeldWork]:
    """The same of a site."""
    return list(_gather("list_site_work", site))


@dataclass(frozen=True)
class LeadWork:
    """Rows of one family that name its lead in ``field``, and name the next one when the lead changes."""

    rows: Iterable[Model]
    field: str

    def hand_over(self, to: User) -> None:
        """From now on each row names this person."""
        for row in self.rows:
            setattr(row, self.field, to)
            row.save(update_fields=[self.field])


def list_lead_work(lead: User, family_id: UUID) -> list[LeadWork]:
    """What goes along when this person no longer leads the family's work, in the order of the apps."""
    return [
        work for list_work in list_hooks("held_work", "list_lead_work") for work in list_work(lead, family_id)
    ]


def _gather(name: str, of: User | Site) -> Iterator[HeldWork]:
    for list_work in list_hooks("held_work", name):
        yield from (each for each in list_work(of) if each.count)


def format_held_work(work: list[HeldWork]) -> str:
    """Such as: 3 families in open work, 1 booked visit and 1 group."""
    *first, last = map(str, work)
    return f"{', '.join(first)} and {last}" if first else last
