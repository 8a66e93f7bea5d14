"""Who works with a family now: leads of open episodes, and co-workers."""

from django.db.models import Q
from django.utils import timezone

from interventions.episodes.models import Episode
from interventions.episodes.models.episodes import EpisodeQuerySet
from interventions.plans.models import CoWorker
from pairs.families.models import Family
from pairs.service.models import User, UserQuerySet


def list_leads(family: Family) -> UserQuerySet:
    """Whoever leads open work with the family."""
    return User.objects.filter(pk__in=_query_open(family).values("lead"))


def list_team(family: Family) -> UserQuerySet:
    """Those, and their co-workers of today."""
    along = CoWorker.objects.live().current(timezone.localdate()).filter(episode__in=_query_open(family))
    return User.objects.filter(Q(pk__in=_query_open(family).values("lead")) | Q(pk__in=along.values("user")))


def _query_open(family: Family) -> EpisodeQuerySet:
    return Episode.objects.live().open().filter(family=family)
