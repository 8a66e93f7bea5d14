"""What an episode's page shows of its ending: the story before, the draft, how it ended, what can be done then."""

from django.http import HttpRequest
from django.utils import timezone

from interventions.endings.before import story_before
from interventions.endings.models import Ending, Reopening
from interventions.episodes.models import Episode


def ending_of(request: HttpRequest, episode: Episode) -> dict:
    """Of an episode with its referral: seven queries at most, whatever is in it."""
    scope = request.scope
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
        "story": story_before(request, families=[episode.family_id], received=received, not_of=episode.pk),
        "may_reopen": bool(episode.ended_on) and scope.may("supervise", at=episode.site_id),
    }
