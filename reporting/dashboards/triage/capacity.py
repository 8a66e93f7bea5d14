"""Capacity by site and lead: waiting referrals, open episodes. Numbers only."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from interventions.episodes.models import Episode
from pairs.service.models import Site
from referrals.models import Referral


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


def query_undecided() -> QuerySet[Any]:
    """Referrals that wait for a decision."""
    return Referral.objects.live().undecided()


def query_waiting() -> QuerySet[Any]:
    """Referrals that were accepted and whose family waits for an episode."""
    return Referral.objects.live().waiting_to_start()


def query_open_episodes() -> QuerySet[Any]:
    """Everybody's."""
    return Episode.objects.live().filter(ended_on=None)
