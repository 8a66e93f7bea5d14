"""The direct contacts that somebody came to, by which a pair and a first measure are counted."""

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate

from interventions.episodes.models import CareContact, Participant
from interventions.episodes.rules import SEEN
from referrals.rules.clocks import DIRECT_MECHANISMS


def attended_days(episode: OuterRef):
    """The local day of each, in order, one a contact: for a subquery; ``episode`` leads to the episode's id."""
    came = Participant.objects.live().filter(care_contact=OuterRef("pk"), attendance__in=SEEN)
    attended = CareContact.objects.live().filter(
        Exists(came), episode=episode, mechanism__in=DIRECT_MECHANISMS
    )
    return attended.order_by("starts_at").annotate(day=TruncDate("starts_at")).values("day")
