"""Where there is room: what waits and what is going on at each site, and how much each lead carries. Numbers alone."""

from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from interventions.episodes.models import Episode
from pairs.service.models import Site
from referrals.forms.decision import people_who_lead
from referrals.models import Referral


@dataclass(frozen=True)
class Room:
    """One site: referrals that wait for a decision, families that wait for their episode, episodes going on."""

    site: Site
    referrals: int
    waiting: int
    episodes: int

    @property
    def words(self):
        return f"{self.referrals} to decide, {self.waiting} waiting to start, {self.episodes} episodes"


def room_at_sites():
    """A row for every open site: four queries."""
    undecided = _counted(Referral.objects.live().undecided(), "site")
    accepted = Referral.objects.live().filter(status="accepted", episode=None).exclude(family=None)
    waiting = _counted(accepted, "family__site")
    episodes = _counted(Episode.objects.live().filter(ended_on=None), "site")
    return [
        Room(site, undecided.get(site.pk, 0), waiting.get(site.pk, 0), episodes.get(site.pk, 0))
        for site in Site.objects.open_on(timezone.localdate())
    ]


def carried_by_leads():
    """(those who may lead, {person: open episodes})."""
    return list(people_who_lead()), _counted(Episode.objects.live().filter(ended_on=None), "lead")


def _counted(rows, by):
    return dict(rows.order_by().values_list(by).annotate(many=Count("pk")))
