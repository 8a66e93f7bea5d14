"""Capacity by site and by person: whole-time equivalents, families led, contacts held. Numbers and staff's names."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from interventions.episodes.models import CareContact, Episode
from interventions.posts.models import PostHolding
from interventions.posts.rules import get_caseload_weight, get_weekly_capacity
from pairs.service.models import Site, User
from pairs.web.local_days import get_start_of_day

COUNTED_WEEKS = 4


@dataclass
class Load:
    """What somebody has and does at one site. ``contacts``: attended, of the last four weeks."""

    wte: Decimal = Decimal(0)
    groupings: list[str] = field(default_factory=list)
    contacts: int = 0

    def add(self, other: "Load") -> None:
        self.wte += other.wte
        self.groupings += other.groupings
        self.contacts += other.contacts

    @property
    def families(self) -> int:
        """Open episodes that they lead."""
        return len(self.groupings)

    @property
    def weight(self) -> float:
        return get_caseload_weight(self.groupings, settings.CASELOAD_WEIGHTS)

    @property
    def weight_per_wte(self) -> float | None:
        """None where no post is recorded."""
        return self.weight / float(self.wte) if self.wte else None

    @property
    def contacts_a_week(self) -> float:
        return self.contacts / COUNTED_WEEKS

    @property
    def capacity(self) -> float | None:
        """Contacts a week; None where the service has set no figure."""
        return get_weekly_capacity(self.wte, settings.CONTACTS_A_WEEK_PER_WTE)


@dataclass(frozen=True)
class PersonCapacity:
    """Somebody at one site."""

    person: User
    site: Site
    load: Load


@dataclass(frozen=True)
class SiteCapacity:
    """Everybody at one site together."""

    site: Site
    load: Load


def load_capacity(sites: Collection[UUID], on: date) -> list[PersonCapacity]:
    """Whoever fills a post with direct work, or leads open work, at these sites on that day, by site and name."""
    loads: dict[tuple[UUID, UUID], Load] = defaultdict(Load)
    held = PostHolding.objects.live().on_day(on).filter(post__site__in=sites, post__no_direct_work=False)
    for person, site, wte in held.values_list("person", "post__site", "wte"):
        loads[person, site].wte += wte
    led = Episode.objects.live().open().filter(site__in=sites).order_by()
    for person, site, grouping in led.values_list("lead", "site", "thrive"):
        loads[person, site].groupings.append(grouping)
    for key, count in _count_contacts(sites, on).items():
        if key in loads:
            loads[key].contacts = count
    return _name_loads(loads)


def _count_contacts(sites: Collection[UUID], on: date) -> Counter[tuple[UUID, UUID]]:
    """{(practitioner, site): attended contacts with families in the four weeks before that day}."""
    since = get_start_of_day(on - timedelta(weeks=COUNTED_WEEKS))
    held = CareContact.objects.live().with_family().attended().order_by()
    held = held.filter(episode__site__in=sites, starts_at__gte=since, starts_at__lt=get_start_of_day(on))
    rows = held.values("practitioner", "episode__site").annotate(count=Count("pk"))
    return Counter({(row["practitioner"], row["episode__site"]): row["count"] for row in rows})


def _name_loads(loads: dict[tuple[UUID, UUID], Load]) -> list[PersonCapacity]:
    people = User.objects.in_bulk({person for person, _ in loads})
    sites = {site.pk: site for site in Site.objects.all()}
    order = list(sites)
    found = [PersonCapacity(people[person], sites[site], load) for (person, site), load in loads.items()]
    return sorted(found, key=lambda row: (order.index(row.site.pk), str(row.person)))


def add_up_sites(rows: Iterable[PersonCapacity]) -> list[SiteCapacity]:
    """The sites of these people, in their order."""
    found: dict[Any, Load] = {}
    for row in rows:
        found.setdefault(row.site, Load()).add(row.load)
    return [SiteCapacity(site, load) for site, load in found.items()]
