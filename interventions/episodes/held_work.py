"""What of this app a site holds (pairs/service/hooks.py): open work. Its leads are held in interventions.workforce."""

from interventions.episodes.models import Episode
from pairs.service.models import Site
from pairs.service.work_to_hand_over import HeldWork


def list_site_work(site: Site) -> list[HeldWork]:
    """Families in open work at the site."""
    rows = Episode.objects.live().open().filter(site=site)
    return [
        HeldWork(
            rows,
            "family in open work",
            "families in open work",
            "caseload",
            "read_families",
            counted="family",
        )
    ]
