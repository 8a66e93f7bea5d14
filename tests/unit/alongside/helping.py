"""Families and asks to test with, made through the room's own actions."""

from datetime import timedelta

from django.utils import timezone

from interventions.alongside.actions import ask_hub, link_peer_supporter, take_ask
from tests.unit.families.people import make_family

QUESTION = "She looks away when he cries. How could we think about it?"


def satellite_family(**family):
    return make_family("hyndburn", **{"reference": "H", **family})


def asked(cast, family, *, wants="thought", urgency="days", **other):
    """Hettie of Hyndburn asked the hub."""
    values = {"question": QUESTION, "episode": None} | other
    return ask_hub(family=family, wants=wants, urgency=urgency, by=cast["hyndburn"], **values)


def taken(cast, family, *, days=14, **other):
    """And Hana of the hub took it on, until so many days from now."""
    ask = asked(cast, family, **other)
    return take_ask(ask=ask, until=timezone.localdate() + timedelta(days=days), by=cast["hub"])


def linked(cast, family, *, caregiver=None, by="blackburn"):
    """Priya is linked to the family."""
    return link_peer_supporter(
        family=family,
        supporter=cast["peer"],
        caregiver=caregiver,
        agreed_on=timezone.localdate(),
        why="Asked for company",
        by=cast[by],
    )
