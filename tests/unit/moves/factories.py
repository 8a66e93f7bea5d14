"""A family with everything open that can move, and the steps of its move."""

from datetime import timedelta

from django.utils import timezone

from pairs.access.scope import load_scope
from pairs.families.actions import raise_risk_alert
from pairs.families.models import Family
from pairs.service.models import Site
from reporting.dashboards.moves.actions import accept_move, offer_move
from tests.unit.episodes.factories import make_accepted_referral, make_episode

FROM_SITE, TO_SITE = "hyndburn", "blackburn-with-darwen"


def get_site(code):
    return Site.objects.get(code=code)


def make_working_family(cast, **family):
    """A family of Hyndburn: an open episode, a referral that waits for its own, another undecided, an alert."""
    episode = make_episode(cast["hyndburn"], site=FROM_SITE, **family)
    make_accepted_referral(episode.family, reference="R-T-2")
    undecided = make_accepted_referral(episode.family, reference="R-T-3")
    undecided.status, undecided.decided_at, undecided.response = "received", None, ""
    undecided.save(update_fields=["status", "decided_at", "response"])
    raise_risk_alert(
        site=episode.site, family=episode.family, what="Worried", by=cast["hyndburn"], lead=cast["hyndburn"]
    )
    return episode.family


def make_offered_move(cast, family, to=TO_SITE):
    return offer_move(family=family, to_site=get_site(to), reason="They moved house", by=cast["hyndburn"])


def make_accepted_move(cast, move, lead="blackburn", days=14):
    until = timezone.localdate() + timedelta(days=days)
    return accept_move(move=move, lead=cast[lead], hand_over_until=until, by=cast["duty"])


def can_read_family(user, family):
    return Family.objects.visible_to(load_scope(user)).filter(pk=family.pk).exists()
