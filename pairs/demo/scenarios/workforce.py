"""Changes of lead in some made-up families' work; and a colleague who leaves in three weeks."""

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from interventions.episodes.models import Episode, query_possible_leads
from interventions.workforce.actions import change_lead
from pairs.demo.scenarios.village import FamilyContext
from pairs.demo.staff import CAST
from pairs.service.models import RoleAtSite, User
from pairs.service.role_terms import end_role

WHY = "Their working days no longer fit the family’s."


def seed_lead_change(context: FamilyContext) -> None:
    """Another colleague at the site leads since last week; the former lead stays as a co-worker."""
    episode = context.episode
    if episode is None or episode.ended_on or context.number % 13 != 7:
        return
    colleague = query_possible_leads(episode.site_id).exclude(pk=episode.lead_id).order_by("username").first()
    if colleague:
        since = max(episode.opened_on, context.on - timedelta(days=7))
        change_lead(episode=episode, lead=colleague, since=since, why=WHY, former_stays=True, by=context.by)


FEWEST_FAMILIES = 3  # so that there is something to share out


def seed_leaver() -> User | None:
    """Of those who cannot sign in the one with the fewest families leaves, and all they hold waits for others."""
    led = Episode.objects.live().open().exclude(lead__username__in=CAST).order_by().values("lead")
    fewest = (
        led.annotate(n=Count("family", distinct=True))
        .filter(n__gte=FEWEST_FAMILIES)
        .order_by("n", "lead__username")
    )
    leaver = User.objects.filter(pk__in=[each["lead"] for each in fewest[:1]]).first()
    for held in RoleAtSite.objects.filter(group__user=leaver) if leaver else ():
        end_role(user=leaver, held=held, last_day=timezone.localdate() + timedelta(weeks=3))
    return leaver
