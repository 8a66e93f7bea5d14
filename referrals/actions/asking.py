"""A family asks for help by itself, in its own words."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.geography.lookup import look_up
from pairs.geography.rules import place_of
from pairs.service.models import Place, Site
from referrals.actions.doors import make_referral
from referrals.models import Concern, Referral


@transaction.atomic
def ask_for_help(
    *,
    carer: dict[str, Any],
    baby: dict[str, Any] | None,
    place: Place | None,
    concerns: Iterable[Concern],
    **told: Any,
) -> Referral:
    """Keep what a family said; nobody has to say where they live. Refused by field.

    Where neither district nor postcode says it, the hub's own place stands in, and the referral says that it does.
    """
    found = place or _place_where(carer.get("postcode", ""))
    return make_referral(
        by=None,
        door="self",
        permission="parent_agrees",
        place=found or _stand_in(),
        place_assumed=found is None,
        infants=[baby] if baby else [],
        caregivers=[carer],
        concerns=concerns,
        **told,
    )


def _place_where(postcode: str) -> Place | None:
    found = look_up(postcode, timezone.localdate()) if postcode else None
    if found is None:
        return None
    return place_of(found.lad_code, found.lsoa_name, found.icb_code, Place.objects.all())


def _stand_in() -> Place:
    covered = Place.objects.filter(covering_site=Site.objects.hub()).order_by("code").first()
    return covered or Place.objects.order_by("code")[0]
