"""A family asks for help by itself, in its own words."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from pairs.families.actions.addresses import find_place_of_postcode
from pairs.service.models import Place, Site
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
    """Submit a self-referral; the place is optional. Refused by field.

    Without district or known postcode the hub's place is used, and the referral is marked place_assumed.
    """
    found = place or find_place_of_postcode(carer.get("postcode", ""))
    return make_referral(
        by=None,
        entry_point=EntryPoint.SELF,
        permission=PermissionBasis.PARENT_AGREES,
        place=found or _get_fallback_place(),
        place_assumed=found is None,
        infants=[baby] if baby else [],
        caregivers=[carer],
        concerns=concerns,
        **told,
    )


def _get_fallback_place() -> Place:
    covered = Place.objects.filter(covering_site=Site.objects.hub()).order_by("code").first()
    return covered or Place.objects.order_by("code")[0]
