"""Adds people whom the referral does not name, and records who did; the original stays unchanged."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pairs.families.birth_rules import find_loss_errors
from pairs.families.choices import Loss
from pairs.families.placeholder_names import read_newborn_name
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from referrals.actions.submit import DUPLICATE_NHS_NUMBER, build_number_values
from referrals.models import Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import DECIDED_STATUSES
from referrals.rules.eligibility import find_infant_errors, find_twin_errors

ALREADY_NAMED = (
    "Someone of this name is already named in this referral. If this is another person, add what tells them apart, "
    "such as a date of birth or a second name."
)
DECIDED_ALREADY = "This referral is decided. Add people in the family's record."


@transaction.atomic
def add_named_infant(*, referral: Referral, by: User, **details: Any) -> ReferredInfant:
    """One more baby, born or due. Refused by field when the baby cannot be referred."""
    order = _get_next_order(referral, ReferredInfant)
    number = details.get("nhs_number") or ""
    why = find_infant_errors(
        born=details.get("birth_date"),
        due=details.get("estimated_due_date"),
        nhs_number=number,
        on=timezone.localdate(),
        loss=details.get("loss") or "",
        lost_on=details.get("lost_on"),
    )
    why |= find_twin_errors(plurality=details.get("plurality"), order=details.get("twin_order"))
    why |= _find_number_error(referral, number) or _find_named_already(referral.infants.live(), details)
    if why:
        raise ActionRefused(why)
    kept = details | build_number_values(details)
    return ReferredInfant.objects.create(referral=referral, added_by=by, order=order, **kept)


@transaction.atomic
def add_named_caregiver(*, referral: Referral, by: User, **details: Any) -> ReferredCaregiver:
    """One more carer; the main one while nobody else is."""
    order = _get_next_order(referral, ReferredCaregiver)
    main = details.pop("main_carer", False)
    number = details.get("nhs_number") or ""
    why = _find_number_error(referral, number) or _find_named_already(referral.caregivers.live(), details)
    if why:
        raise ActionRefused(why)
    others = referral.caregivers.live().filter(main_carer=True).exists()
    kept = details | build_number_values(details)
    return ReferredCaregiver.objects.create(
        referral=referral, added_by=by, order=order, main_carer=main or not others, **kept
    )


def _find_number_error(referral: Referral, number: str) -> dict[str, str]:
    """{} unless somebody else who is named in the referral has this NHS number."""
    named = (referral.infants.live(), referral.caregivers.live())
    given = number and any(people.filter(nhs_number=number).exists() for people in named)
    return {"nhs_number": DUPLICATE_NHS_NUMBER} if given else {}


def _find_named_already(people: QuerySet[Any], details: Mapping[str, Any]) -> dict[str, str]:
    """{} unless they are named already: somebody of this name, of whom no other date is said now.

    A baby without a name of their own may be one of several.
    """
    given, family = details.get("given_name") or "", details.get("family_name") or ""
    if not read_newborn_name(given, family).given_name:
        return {}
    alike = people.filter(given_name__iexact=given.strip(), family_name__iexact=family.strip())
    same = any(_says_no_other_date(each, details) for each in alike)
    return {"given_name": ALREADY_NAMED} if same else {}


def _says_no_other_date(named: Any, details: Mapping[str, Any]) -> bool:
    days = [(getattr(named, name, None), details.get(name)) for name in ("birth_date", "estimated_due_date")]
    return all(new in (None, held) for held, new in days)


@transaction.atomic
def record_named_loss(*, named: ReferredInfant, loss: str, lost_on: date, by: User) -> ReferredInfant:
    """A baby who is named in a referral has died before it was decided: their place is kept, and their twin's too."""
    _get_next_order(named.referral, ReferredInfant)  # locks the referral, and refuses one that is decided
    here = ReferredInfant.objects.select_for_update(of=("self",)).get(pk=named.pk)
    if here.lost_on:
        raise ActionRefused("This loss is already recorded.")
    if loss not in Loss.values:
        raise ActionRefused({"loss": "Choose what happened."})
    errors = find_loss_errors(loss=loss, lost_on=lost_on, born=here.birth_date, on=timezone.localdate())
    if errors:
        raise ActionRefused(errors)
    return here.change(loss=loss, lost_on=lost_on)


def _get_next_order(referral: Referral, model: type[ReferredInfant] | type[ReferredCaregiver]) -> int:
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status in DECIDED_STATUSES:
        raise ActionRefused(DECIDED_ALREADY)
    last = model.objects.filter(referral=referral).order_by("-order").first()
    return last.order + 1 if last else 1
