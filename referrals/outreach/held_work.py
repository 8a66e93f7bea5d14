"""What of this app a colleague or a site holds (pairs/service/hooks.py): outreach sessions to come."""

from django.db.models import QuerySet
from django.utils import timezone

from pairs.service.models import Site, User
from pairs.service.work_to_hand_over import NO_FAMILY, HandOverRule, HeldWork, mark_held, pass_field
from pairs.web.formats import format_day_and_time
from referrals.outreach.models import OutreachSession

WORDS = ("outreach session", "outreach sessions", "outreach", "write_records")


def list_held_work(user: User) -> list[HeldWork]:
    """Sessions to come that this person leads."""
    return [HeldWork(mark_held(_query_coming().filter(lead=user), family=NO_FAMILY), *WORDS, LEAD)]


def list_site_work(site: Site) -> list[HeldWork]:
    """Sessions to come of the site."""
    return [HeldWork(_query_coming().filter(site=site), *WORDS)]


def _query_coming() -> QuerySet[OutreachSession]:
    return OutreachSession.objects.standing().filter(starts_at__gt=timezone.now())


LEAD = HandOverRule(
    "outreach",
    pass_field("lead"),
    lambda row: f"Outreach, {row.community}, {format_day_and_time(row.starts_at)}",
)
