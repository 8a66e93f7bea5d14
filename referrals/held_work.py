"""What of this app a colleague or a site holds (pairs/service/hooks.py): the reading of new referrals."""

from django.db.models import Q

from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import HeldWork
from referrals.models import FirstReader, Referral


def list_held_work(user: User) -> list[HeldWork]:
    """Sites where this person reads new referrals first, or is the deputy."""
    rows = FirstReader.objects.filter(Q(reader=user) | Q(deputy=user))
    return [
        HeldWork(
            rows.count(),
            "site where they read new referrals",
            "sites where they read new referrals",
            "first-readers",
            "triage_referrals",
        )
    ]


def list_site_work(site: Site) -> list[HeldWork]:
    """Referrals of the site that wait for a decision."""
    rows = Referral.objects.live().undecided().filter(site=site)
    return [HeldWork(rows.count(), "undecided referral", "undecided referrals", "triage", "triage_referrals")]
