"""A referral is decided in one of the ways of the service, and whoever referred hears that there is an answer."""

from collections.abc import Sequence
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.families.models import Family
from pairs.service.links import full_address
from pairs.service.models import Site, User
from pairs.service.refusals import Refused
from referrals.actions.doors import known_already
from referrals.actions.moves import move_referral
from referrals.actions.taking_in import HELD_ALREADY, held_family, new_family
from referrals.models import Destination, Referral, ReferredCaregiver
from referrals.rules.replying import ReplyDraft
from referrals.rules.words import STATUS_OF_RESPONSE


@transaction.atomic
def decide_referral(
    *,
    referral: Referral,
    response: str,
    by: User,
    site: Site | None = None,
    thrive: str = "",
    thrive_reason: str = "",
    reason: str = "",
    destination: str = "",
    destinations: Sequence[Destination] = (),
    replies: Sequence[ReplyDraft] = (),
    lead: User | None = None,
    first_visit_together: bool = False,
    left_out: Sequence[UUID] = (),
) -> Referral:
    """Answer a referral in one of the service's ways, with a reply to everybody who is owed one."""
    if STATUS_OF_RESPONSE[response] == "accepted":
        accept_referral(
            referral=referral,
            response=response,
            site=site or referral.site,
            thrive=thrive,
            thrive_reason=thrive_reason,
            replies=replies,
            lead=lead,
            first_visit_together=first_visit_together,
            by=by,
            left_out=left_out,
        )
        return referral
    move_referral(
        referral=referral,
        to=STATUS_OF_RESPONSE[response],
        by=by,
        reason=reason,
        destination=destination,
        destinations=destinations,
        replies=replies,
    )
    referral.change(response=response, thrive=thrive, thrive_reason=thrive_reason)
    _tell_referrer(referral)
    return referral


@transaction.atomic
def accept_referral(
    *,
    referral: Referral,
    response: str,
    site: Site,
    thrive: str,
    thrive_reason: str,
    by: User,
    replies: Sequence[ReplyDraft] = (),
    lead: User | None = None,
    first_visit_together: bool = False,
    left_out: Sequence[UUID] = (),
) -> Family:
    """Make the family, infants, carers and dyads of what the referral says.

    Accepted already: the family it has. A carer's own help stays with the carer's family; nobody is made anew.
    """
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status == "accepted" and locked.family:
        referral.family, referral.status = locked.family, locked.status
        return locked.family
    chosen = [each for each in referral.caregivers.live() if each.pk not in set(left_out)]
    _refuse_acceptance(referral, site, thrive, chosen)
    move_referral(referral=referral, to="accepted", by=by, replies=replies)
    family = held_family(referral) or new_family(referral, site, chosen)
    referral.change(
        response=response,
        thrive=thrive,
        thrive_reason=thrive_reason,
        family=family,
        site=site,
        lead=lead,
        first_visit_together=first_visit_together,
    )
    _tell_referrer(referral)
    return family


def _refuse_acceptance(referral: Referral, site: Site, thrive: str, chosen: list[ReferredCaregiver]) -> None:
    errors: dict[str, str] = {}
    if not Site.objects.open_on(timezone.localdate()).filter(pk=site.pk).exists():
        errors["site"] = f"{site} is not open yet. Choose a site that is."
    if not thrive:
        errors["thrive"] = "Choose a grouping. It is provisional until agreed with the family."
    held = held_family(referral)
    if held and site.pk != held.site_id:
        errors["site"] = f"The family is held by {held.site}. Choose that site."
    if not chosen and referral.patient_id is None:
        errors["left_out"] = "At least one carer has to stay."
    if known_already([{"nhs_number": each.nhs_number} for each in referral.infants.live()]):
        errors[""] = HELD_ALREADY
    if errors:
        raise Refused(errors)


def _tell_referrer(referral: Referral) -> None:
    """A reference and a link: nothing about the family leaves by e-mail."""
    if referral.referrer is None or not referral.referrer.email:
        return
    link = full_address("referral", referral.pk)
    send_mail(
        f"There is an answer to referral {referral.reference}",
        f"Sign in to PaIRS to see what happens next:\n\n{link}\n",
        None,
        [referral.referrer.email],
    )
