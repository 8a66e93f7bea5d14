"""A family with everything open that can move, and the steps of its move."""

from datetime import timedelta

from django.utils import timezone

from pairs.access.scope import scope_of
from pairs.families.actions import raise_risk_alert
from pairs.families.models import Family
from pairs.service.models import Site
from reporting.desk.moves.actions import accept_move, offer_move
from tests.unit.episodes.work import accepted, make_episode

FROM, TO = "hyndburn", "blackburn-with-darwen"


def site(code):
    return Site.objects.get(code=code)


def working_family(cast, **family):
    """A family of Hyndburn: an open episode, a referral that waits for its own, another undecided, an alert."""
    episode = make_episode(cast["hyndburn"], site=FROM, **family)
    accepted(episode.family, reference="R-T-2")
    undecided = accepted(episode.family, reference="R-T-3")
    undecided.status, undecided.decided_at, undecided.response = "received", None, ""
    undecided.save(update_fields=["status", "decided_at", "response"])
    raise_risk_alert(
        site=episode.site, family=episode.family, what="Worried", by=cast["hyndburn"], lead=cast["hyndburn"]
    )
    return episode.family


def offered(cast, family, to=TO):
    return offer_move(family=family, to_site=site(to), reason="They moved house", by=cast["hyndburn"])


def taken_on(cast, move, lead="blackburn", days=14):
    until = timezone.localdate() + timedelta(days=days)
    return accept_move(move=move, lead=cast[lead], hand_over_until=until, by=cast["duty"])


def reads(user, family):
    return Family.objects.visible_to(scope_of(user)).filter(pk=family.pk).exists()
