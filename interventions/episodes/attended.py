"""Which contacts are direct and who came to them, for a query of any table: said here and nowhere else.

``path`` leads to the care contact ("care_contact__") or to the participant ("participants__").
"""

from collections.abc import Collection

from django.db.models import Q

from interventions.episodes.rules import NOT_BROUGHT_RATE_BASE, PRESENT_ATTENDANCES, SEEN_ATTENDANCES
from referrals.rules.clocks import DIRECT_MECHANISMS


def direct_q(path: str = "") -> Q:
    """Face to face, by telephone, video or talk type: nationally a text or an e-mail is no contact."""
    return Q(**{f"{path}mechanism__in": sorted(DIRECT_MECHANISMS)})


def attended_q(path: str = "") -> Q:
    """They came and were seen."""
    return _came_as(SEEN_ATTENDANCES, path)


def present_q(path: str = "") -> Q:
    """They were there, if too late to be seen."""
    return _came_as(PRESENT_ATTENDANCES, path)


def expected_q(path: str = "") -> Q:
    """Of a baby: expected, and nobody cancelled; the whole of which some were not brought."""
    return _came_as(NOT_BROUGHT_RATE_BASE, path)


def _came_as(attendances: Collection[str], path: str) -> Q:
    return Q(**{f"{path}attendance__in": sorted(attendances)})
