"""The lists of requests for help that a new service starts with."""

from pairs.service.actions import insert_missing_rows
from referrals.initial_concerns import INITIAL_CONCERNS
from referrals.models import Concern


def load_reference_data() -> None:
    """Add the concerns that are not listed yet; any wording of one is enough. Safe to run again."""
    rows = [
        {"code": code, "family_voice": family, "professional_voice": professional, "order": order}
        for order, (code, family, professional) in enumerate(INITIAL_CONCERNS, 1)
    ]
    insert_missing_rows(Concern, rows)
