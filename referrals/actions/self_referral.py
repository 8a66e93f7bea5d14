"""A family asks for help by itself, in its own words."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from pairs.service.models import Place
from referrals.actions.submit import make_referral
from referrals.models import Concern, Referral
from referrals.rules.choices import EntryPoint, PermissionBasis


@transaction.atomic
def ask_for_help(
    *,
    carer: dict[str, Any],
    baby: dict[str, Any] | None,
    place: Place | None,
    concerns: Iterable[Concern],
    **told: Any,
) -> Referral:
    """Submit a self-referral; the place is optional. Refused by field."""
    return make_referral(
        by=None,
        entry_point=EntryPoint.SELF,
        permission=PermissionBasis.PARENT_AGREES,
        place=place,
        infants=[baby] if baby else [],
        caregivers=[carer],
        concerns=concerns,
        **told,
    )
