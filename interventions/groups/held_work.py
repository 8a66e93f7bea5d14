"""What of this app a colleague or a site holds (pairs/service/hooks.py): groups that are running."""

from interventions.groups.models import Facilitator, Programme
from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import HeldWork


def list_held_work(user: User) -> list[HeldWork]:
    """Groups that this person facilitates."""
    rows = Facilitator.objects.live().current().filter(user=user, programme__closed_on=None)
    return [_count_groups(rows.count())]


def list_site_work(site: Site) -> list[HeldWork]:
    """Groups of the site."""
    return [_count_groups(Programme.objects.live().open().filter(site=site).count())]


def _count_groups(count: int) -> HeldWork:
    return HeldWork(count, "running group", "running groups", "groups", "read_families")
