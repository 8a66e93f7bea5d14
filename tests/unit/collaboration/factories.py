"""Families and hub requests to test with, made through the app's own actions."""

from datetime import timedelta

from django.utils import timezone

from interventions.collaboration.actions import accept_hub_request, ask_hub, link_peer_supporter
from tests.unit.families.factories import make_family

QUESTION_TEXT = "She looks away when he cries. How could we think about it?"


def make_satellite_family(**family):
    return make_family("hyndburn", **{"reference": "H", **family})


def make_hub_ask(cast, family, *, wants="thought", urgency="days", **other):
    """Hettie of Hyndburn asked the hub."""
    values = {"question": QUESTION_TEXT, "episode": None} | other
    return ask_hub(family=family, wants=wants, urgency=urgency, by=cast["hyndburn"], **values)


def make_taken_ask(cast, family, *, days=14, **other):
    """And Hana of the hub took it on, until so many days from now."""
    ask = make_hub_ask(cast, family, **other)
    return accept_hub_request(ask=ask, until=timezone.localdate() + timedelta(days=days), by=cast["hub"])


def link_peer(cast, family, *, caregiver=None, by="blackburn"):
    """Priya is linked to the family."""
    return link_peer_supporter(
        family=family,
        supporter=cast["peer"],
        caregiver=caregiver,
        agreed_on=timezone.localdate(),
        why="Requested company",
        by=cast[by],
    )
