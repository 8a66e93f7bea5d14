"""Capacity by site and lead: waiting referrals, open episodes. Numbers only."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.service.models import Site
from referrals.forms.decision import list_possible_leads
from referrals.models import Referral
from referrals.rules.choices import ReferralState


@dataclass(frozen=True)
class SiteCapacity:
    """One site's undecided referrals, families waiting for an episode, and open episodes."""

    site: Site
    referrals: int
    waiting: int
    episodes: int

    @property
    def words(self) -> str:
        return f"{self.referrals} to decide, {self.waiting} waiting to start, {self.episodes} episodes"


def list_site_capacity() -> list[SiteCapacity]:
    """A row for every open site: four queries."""
    undecided = _count_by(Referral.objects.live().undecided(), "site")
    accepted = (
        Referral.objects.live().filter(status=ReferralState.ACCEPTED, episode=None).exclude(family=None)
    )
    waiting = _count_by(accepted, "family__site")
    episodes = _count_by(Episode.objects.live().filter(ended_on=None), "site")
    return [
        SiteCapacity(site, undecided.get(site.pk, 0), waiting.get(site.pk, 0), episodes.get(site.pk, 0))
        for site in Site.objects.open_on(timezone.localdate())
    ]


def count_lead_episodes() -> tuple[Any, ...]:
    """(those who may lead, {person: open episodes})."""
    return list(list_possible_leads()), _count_by(Episode.objects.live().filter(ended_on=None), "lead")


def _count_by(rows: QuerySet[Any], by: str) -> dict[UUID, int]:
    return dict(rows.order_by().values_list(by).annotate(many=Count("pk")))
