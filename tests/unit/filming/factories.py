"""A cycle of filming to test with, made through the app's own actions."""

from datetime import timedelta

from django.utils import timezone

from interventions.episodes.models import Intervention
from interventions.filming.actions import begin_film_cycle, record_filming
from tests.unit.episodes.factories import VIG_CODE


def get_days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def make_film(episode, by, *, days_ago=20, dyad=None):
    """Agreed so many days ago, and not filmed yet."""
    dyad = dyad or episode.focus.first()
    return begin_film_cycle(
        episode=episode,
        dyad=dyad,
        intervention=Intervention.objects.get(code=VIG_CODE),
        consent_by=dyad.caregiver,
        consented_on=get_days_ago(days_ago),
        consent_for="To be filmed, and to watch it with us",
        by=by,
    )


def make_recording(episode, by, *, filmed_ago=10, keep_days=30, dyad=None):
    """Filmed so many days ago, to be deleted ``keep_days`` after."""
    film = make_film(episode, by, days_ago=filmed_ago + 5, dyad=dyad)
    return record_filming(
        film=film,
        filmed_on=get_days_ago(filmed_ago),
        kept_where="Encrypted camera 3",
        delete_by=get_days_ago(filmed_ago - keep_days),
        by=by,
    )
