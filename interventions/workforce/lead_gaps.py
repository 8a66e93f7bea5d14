"""Which families are, or soon would be, without somebody who leads: the facts in one query, the rule in rules.py."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from interventions.episodes.models import Episode
from interventions.workforce.models import Absence, LeadCheck
from interventions.workforce.rules import LeadGap, find_lead_gap
from pairs.database.arrays import build_among
from pairs.service.models import RoleTerm, Site, SitePermission, User
from pairs.service.roles import ROLE_PERMISSIONS

WRITING_ROLES = [role for role, names in ROLE_PERMISSIONS.items() if "write_records" in names]
FACTS = ("lead__is_active", "writes_here", "endless", "last_day", "site__closes_on", "is_uncovered")


def query_lead_facts(on: date) -> QuerySet[Episode]:
    """Open episodes with what the rule asks of their leads."""
    lead, site = OuterRef("lead"), OuterRef("site")
    may_write = SitePermission.objects.filter(
        permission__codename="write_records", content_object=site, group__user=lead
    )
    terms = RoleTerm.objects.filter(user=lead, held__site=site, held__role__in=WRITING_ROLES, ends_on__gte=on)
    ends = RoleTerm.objects.filter(user=OuterRef("user"), held=OuterRef("group"), ends_on__isnull=False)
    held = User.groups.through.objects.filter(
        user=lead, group__roleatsite__site=site, group__roleatsite__role__in=WRITING_ROLES
    )
    away = Absence.objects.standing().on_day(on).filter(person=lead, site=site, cover=None)
    return (
        Episode.objects.live()
        .open()
        .annotate(
            writes_here=Exists(may_write),
            endless=Exists(held.filter(~Exists(ends))),
            last_day=Subquery(terms.order_by("-ends_on").values("ends_on")[:1]),
            is_uncovered=Exists(away),
        )
    )


def query_facts_by_lead(on: date, sites: Iterable[UUID]) -> QuerySet[Episode]:
    """The same of these sites, for any one open episode of each lead and site: the rule asks of these two alone."""
    here = Episode.objects.live().open().filter(site__in=sites)
    one_of_each = here.distinct("lead", "site").values("pk")
    return query_lead_facts(on).filter(build_among("pk", one_of_each))


def find_gap_of(facts: dict[str, Any], on: date) -> tuple[LeadGap, date] | None:
    """As the rule says it of a row with FACTS."""
    return find_lead_gap(
        is_open=facts["lead__is_active"],
        writes_here=facts["writes_here"],
        last_day=None if facts["endless"] else facts["last_day"],
        site_closes_on=facts["site__closes_on"],
        is_uncovered=facts["is_uncovered"],
        on=on,
    )


@dataclass(frozen=True)
class EpisodeGap:
    """An open episode without a lead, or soon without."""

    episode_id: UUID
    family_id: UUID
    lead_id: UUID
    site_id: UUID
    reason: LeadGap
    day: date


def list_lead_gaps(on: date, sites: Iterable[UUID] | None = None) -> list[EpisodeGap]:
    """Of these sites, or of all."""
    rows = query_lead_facts(on) if sites is None else query_lead_facts(on).filter(site__in=list(sites))
    found = []
    for row in rows.order_by("pk").values("pk", "family", "lead", "site", *FACTS):
        if gap := find_gap_of(row, on):
            found.append(EpisodeGap(row["pk"], row["family"], row["lead"], row["site"], *gap))
    return found


@dataclass(frozen=True)
class PersonGap:
    """The families of one lead at one site, for one reason."""

    lead: User
    site: str
    reason: LeadGap
    day: date
    families: int


def load_gaps_by_person(on: date, sites: Iterable[UUID] | None = None) -> list[PersonGap]:
    """For a page: by day, then by name."""
    families = {
        (each.lead_id, each.site_id, each.reason, each.day, each.family_id)
        for each in list_lead_gaps(on, sites)
    }
    counts = Counter(each[:4] for each in families)
    people = User.objects.in_bulk({lead for lead, *_ in counts})
    names = dict(Site.objects.values_list("pk", "name"))
    rows = [
        PersonGap(people[lead], names[site], reason, day, n)
        for (lead, site, reason, day), n in counts.items()
    ]
    return sorted(rows, key=lambda row: (row.day, str(row.lead), row.site))


def get_last_check() -> LeadCheck | None:
    """The latest daily check; None before the first."""
    return LeadCheck.objects.order_by("-on").first()


def check_leads(on: date) -> list[EpisodeGap]:
    """The day's check, kept; returns the gaps that the check before did not find. Safe to run again."""
    found = list_lead_gaps(on)
    before = LeadCheck.objects.filter(on__lt=on).order_by("-on").first()
    known = {tuple(each) for each in before.found} if before else set()
    rows = [[str(each.episode_id), each.reason.value] for each in found]
    LeadCheck.objects.update_or_create(on=on, defaults={"found": rows, "checked_at": timezone.now()})
    return [each for each, row in zip(found, rows, strict=True) if tuple(row) not in known]
