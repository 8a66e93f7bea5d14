"""The lists of requests for help that a new service starts with."""

from pairs.service.actions import add_missing
from referrals.concerns import CONCERNS
from referrals.models import Concern


def load_reference_data():
    """Add the concerns that are not listed yet; any wording of one is enough. Safe to run again."""
    rows = [
        {"code": code, "family_voice": family, "professional_voice": professional, "order": order}
        for order, (code, family, professional) in enumerate(CONCERNS, 1)
    ]
    add_missing(Concern, rows)
