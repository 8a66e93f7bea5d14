"""Days of attended direct contacts, from which pairs and first measures are counted."""

from typing import Any

from django.db.models import OuterRef
from django.db.models.functions import TruncDate

from interventions.episodes.models import CareContact


def query_attended_days(episode: OuterRef) -> Any:
    """The local day of each, in order, one a contact: for a subquery; ``episode`` leads to the episode's id."""
    attended = CareContact.objects.live().direct().attended().filter(episode=episode)
    return attended.order_by("starts_at").annotate(day=TruncDate("starts_at")).values("day")
