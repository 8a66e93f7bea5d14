"""Changes of lead in some made-up families' work."""

from datetime import timedelta

from interventions.episodes.models import query_possible_leads
from interventions.workforce.actions import change_lead
from pairs.demo.scenarios.village import FamilyContext

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
