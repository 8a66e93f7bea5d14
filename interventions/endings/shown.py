"""What an episode's page shows of its ending: the story before, the draft, how it ended, what can be done then."""

from django.utils import timezone

from interventions.endings.before import story_before
from interventions.endings.models import Ending, Reopening
from interventions.episodes.models import Episode
from pairs.access.scope import Scope


def ending_of(scope: Scope, episode: Episode) -> dict:
    """Of an episode with its referral: four queries at most, whatever is in it."""
    ending = Ending.objects.visible_to(scope).whole().filter(episode=episode).first()
    received = timezone.localdate(episode.referral.received_at)
    return {
        "draft": ending if ending and not episode.ended_on else None,
        "ending": ending if episode.ended_on else None,
        "reopenings": list(
            Reopening.objects.visible_to(scope)
            .filter(episode=episode)
            .select_related("reopened_by")
            .order_by("reopened_at")
        ),
        "story": story_before(scope, families=[episode.family_id], received=received, not_of=episode.pk),
        "may_reopen": bool(episode.ended_on) and scope.may("supervise", at=episode.site_id),
    }
