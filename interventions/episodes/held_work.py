"""What of this app a colleague or a site holds (pairs/service/hooks.py): open work with families."""

from django.db.models import QuerySet

from interventions.episodes.models import Episode
from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import HeldWork


def list_held_work(user: User) -> list[HeldWork]:
    """Families whose open work this person leads."""
    return [_count_families(Episode.objects.live().open().filter(lead=user))]


def list_site_work(site: Site) -> list[HeldWork]:
    """Families in open work at the site."""
    return [_count_families(Episode.objects.live().open().filter(site=site))]


def _count_families(episodes: QuerySet[Episode]) -> HeldWork:
    count = episodes.values("family").distinct().count()
    return HeldWork(count, "family in open work", "families in open work", "caseload", "read_families")
