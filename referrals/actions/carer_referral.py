"""A carer's own help: a person already known to us, referred as a patient in their own right."""

from django.db import transaction
from django.utils import timezone

from pairs.families.actions import allocate_reference
from pairs.families.last_day import has_died
from pairs.families.models import Address, Caregiver
from pairs.service.models import User, get_place_of_site
from pairs.service.refusals import ActionRefused
from referrals.actions import look_up_deprivation
from referrals.actions.first_reader import start_reading_clock
from referrals.models import Referral, ReferralStatus
from referrals.rules.choices import EntryPoint, ReferralState
from referrals.rules.sources import OTHER_PRIMARY_CARE, SELF


@transaction.atomic
def refer_caregiver(
    *,
    caregiver: Caregiver,
    asked_by: str,
    permission: str,
    permission_reason: str,
    noticed: str,
    parent_says: str,
    hopes: str,
    by: User,
) -> Referral:
    """A request for help for a carer themselves, at the site that holds their family. Triaged like any other."""
    if has_died(caregiver):
        raise ActionRefused("This carer has died.")
    if Referral.objects.live().undecided().filter(patient=caregiver).exists():
        raise ActionRefused("A referral for their own help is already waiting for a decision.")
    family, now = caregiver.family, timezone.now()
    entry_point, source = _choose_entry_point(asked_by, by)
    referral = Referral.objects.create(
        reference=allocate_reference("R", timezone.localdate(now)),
        site=family.site,
        place=family.place or get_place_of_site(family.site),
        place_assumed=family.place is None,
        family=family,
        patient=caregiver,
        entry_point=entry_point,
        source_code=source,
        referrer=by,
        team=by.team,
        received_at=now,
        permission=permission,
        permission_reason=permission_reason,
        noticed=noticed,
        parent_says=parent_says,
        hopes=hopes,
        safe_contact=caregiver.safe_contact,
        **look_up_deprivation(_get_current_postcode(caregiver)),
    )
    ReferralStatus.objects.create(referral=referral, status=ReferralState.RECEIVED, at=now, by=by)
    return start_reading_clock(referral)


def _choose_entry_point(asked_by: str, by: User) -> tuple[EntryPoint, str]:
    """(entry point, source code): the carer asked, by phone or in person, or staff suggest it."""
    if asked_by == "carer":
        return EntryPoint.PHONE, SELF
    return EntryPoint.PROFESSIONAL, by.team.source_code if by.team else OTHER_PRIMARY_CARE


def _get_current_postcode(caregiver: Caregiver) -> str:
    """Where they live now, as this family's record has it."""
    living = Address.objects.live().current().filter(caregiver=caregiver, family=caregiver.family_id)
    return living.newest_first().values_list("postcode", flat=True).first() or ""
