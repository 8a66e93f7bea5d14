"""A family asks for help by itself, in its own words."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from pairs.service.models import Place
from referrals.actions.submit import make_referral
from referrals.models import Concern, Referral
from referrals.rules.choices import EntryPoint, PermissionBasis


@transaction.atomic
def ask_for_help(
    *,
    carers: Sequence[dict[str, Any]],
    babies: Sequence[dict[str, Any]],
    place: Place | None,
    concerns: Iterable[Concern],
    **told: Any,
) -> Referral:
    """Submit a self-referral; the first carer is who asks, and the place is optional. Refused by field."""
    main, *others = carers
    return make_referral(
        by=None,
        entry_point=EntryPoint.SELF,
        permission=PermissionBasis.PARENT_AGREES,
        place=place,
        infants=babies,
        caregivers=[main | {"main_carer": True}, *others],
        concerns=concerns,
        **told,
    )
