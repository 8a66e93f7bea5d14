"""Adds people whom the referral does not name, and records who did; the original stays unchanged."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from referrals.actions.submit import DUPLICATE_NHS_NUMBER
from referrals.models import Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import DECIDED_STATUSES
from referrals.rules.eligibility import find_infant_errors

DECIDED_ALREADY = "This referral is decided. Add people in the family's record."


@transaction.atomic
def add_named_infant(*, referral: Referral, by: User, **details: Any) -> ReferredInfant:
    """One more baby, born or due. Refused by field when the baby cannot be referred."""
    order = _get_next_order(referral, ReferredInfant)
    number = details.get("nhs_number") or None
    why = find_infant_errors(
        born=details.get("birth_date"),
        due=details.get("estimated_due_date"),
        nhs_number=number or "",
        on=timezone.localdate(),
    )
    if number and referral.infants.live().filter(nhs_number=number).exists():
        why["nhs_number"] = DUPLICATE_NHS_NUMBER
    if why:
        raise ActionRefused(why)
    kept = details | {"nhs_number": number, "nhs_number_status": "02" if number else "03"}
    return ReferredInfant.objects.create(referral=referral, added_by=by, order=order, **kept)


@transaction.atomic
def add_named_caregiver(*, referral: Referral, by: User, **details: Any) -> ReferredCaregiver:
    """One more carer; the main one while nobody else is."""
    order = _get_next_order(referral, ReferredCaregiver)
    main = details.pop("main_carer", False)
    others = referral.caregivers.live().filter(main_carer=True).exists()
    return ReferredCaregiver.objects.create(
        referral=referral, added_by=by, order=order, main_carer=main or not others, **details
    )


def _get_next_order(referral: Referral, model: type[ReferredInfant] | type[ReferredCaregiver]) -> int:
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status in DECIDED_STATUSES:
        raise ActionRefused(DECIDED_ALREADY)
    last = model.objects.filter(referral=referral).order_by("-order").first()
    return last.order + 1 if last else 1
