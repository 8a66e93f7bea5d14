"""What is done to referrals: made once, read, moved on, decided; and a family made of what was said."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from pairs.families.actions import next_reference
from pairs.families.life_rules import POSSIBLE_MATCH
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.geography.lookup import look_up
from pairs.service.links import full_address
from pairs.service.models import Place, Site, User
from pairs.service.refusals import Refused
from referrals.models import Concern, Referral, ReferralStatus, ReferredCaregiver, ReferredInfant
from referrals.rules import DECIDED, STATUS_OF_RESPONSE, pregnancies, why_not_infant, why_not_move

OTHER_PRIMARY_CARE = "A3"  # NHS source of referral of a professional who belongs to no team we know
HELD_ALREADY = "Possible match: the hub will check. A baby with this NHS number is already held."

People = Sequence[dict[str, Any]]


@transaction.atomic
def make_referral(
    *,
    by: User,
    door: str,
    permission: str,
    permission_reason: str,
    concerns: Iterable[Concern],
    noticed: str,
    parent_says: str,
    hopes: str,
    preferred_place: str,
    safe_contact: str,
    place: Place,
    infants: People,
    caregivers: People,
) -> Referral:
    """Keep a request for help as it was said, at the site that covers the place. Refused by field."""
    _refuse_unfit(
        permission=permission, permission_reason=permission_reason, infants=infants, carers=caregivers
    )
    now = timezone.now()
    referral = Referral.objects.create(
        reference=next_reference("R", timezone.localdate(now)),
        site=_site_for(place),
        place=place,
        door=door,
        source_code=by.team.source_code if by.team else OTHER_PRIMARY_CARE,
        referrer=by,
        team=by.team,
        received_at=now,
        permission=permission,
        permission_reason=permission_reason,
        noticed=noticed,
        parent_says=parent_says,
        hopes=hopes,
        preferred_place=preferred_place,
        safe_contact=safe_contact,
        **deprivation_of(main_carer_of(caregivers)["postcode"]),
    )
    referral.concerns.set(concerns)
    _name_people(referral, infants, caregivers)
    ReferralStatus.objects.create(referral=referral, status="received", at=now, by=by)
    return referral


def _site_for(place: Place) -> Site:
    """The covering site, or the hub while that site has not opened."""
    site = place.covering_site
    is_open = site.opens_on and site.opens_on <= timezone.localdate()
    return site if is_open else Site.objects.hub()


def _refuse_unfit(*, permission: str, permission_reason: str, infants: People, carers: People) -> None:
    errors: dict[str, str] = {}
    if permission == "lawful_basis" and not permission_reason.strip():
        errors["permission_reason"] = "Give the reason for referring without the parent's agreement."
    if not infants:
        errors["infants"] = "Name at least one baby."
    if not carers:
        errors["caregivers"] = "Name at least one carer."
    if errors := errors | why_not_infants(infants):
        raise Refused(errors)


def why_not_infants(infants: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Why these babies cannot be referred, by 'infants.<number>.<field>'; {} when they can."""
    on, errors = timezone.localdate(), dict[str, str]()
    for number, infant in enumerate(infants):
        number_given = infant.get("nhs_number") or ""
        why = why_not_infant(
            born=infant.get("birth_date"),
            due=infant.get("estimated_due_date"),
            nhs_number=number_given,
            on=on,
        )
        errors |= {f"infants.{number}.{name}": said for name, said in why.items()}
    return errors | {f"infants.{number}.nhs_number": POSSIBLE_MATCH for number in _known_already(infants)}


def _known_already(infants: People) -> list[int]:
    """Places in the list of those whose NHS number is held already, anywhere, or is given twice here."""
    numbers = [infant.get("nhs_number") or None for infant in infants]
    live = set(
        Infant.objects.live()
        .filter(nhs_number__in=[*filter(None, numbers)])
        .values_list("nhs_number", flat=True)
    )
    return [n for n, given in enumerate(numbers) if given and (given in live or given in numbers[:n])]


def main_carer_of(caregivers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The carer marked as the main one, else the first."""
    return next((carer for carer in caregivers if carer["main_carer"]), caregivers[0])


def deprivation_of(postcode: str) -> dict[str, Any]:
    """Columns for where a postcode lies; empty ones when the directory does not know it."""
    found = look_up(postcode, timezone.localdate()) if postcode else None
    if found is None:
        return {"lsoa_code": "", "imd_decile": None, "imd_version": ""}
    version = str(found.imd_version) if found.imd_version else ""
    return {"lsoa_code": found.lsoa_code, "imd_decile": found.decile, "imd_version": version}


def _name_people(referral: Referral, infants: People, caregivers: People) -> None:
    for order, details in enumerate(infants, 1):
        number = details["nhs_number"] or None
        ReferredInfant.objects.create(
            referral=referral,
            order=order,
            **details | {"nhs_number": number, "nhs_number_status": _number_status(number)},
        )
    for order, details in enumerate(caregivers, 1):
        main = details["main_carer"] or len(caregivers) == 1
        ReferredCaregiver.objects.create(
            referral=referral, order=order, **details | {"main_carer": main, "nhs_number": None}
        )


def _number_status(number: str | None) -> str:
    return "02" if number else "03"  # NHS Data Dictionary: present but not traced; trace required


@transaction.atomic
def move_referral(
    *, referral: Referral, to: str, by: User, reason: str = "", destination: str = ""
) -> ReferralStatus:
    """One step on: a row that says who, when, to what and why. An illegal move is Refused."""
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if why := why_not_move(status=locked.status, to=to, reason=reason, destination=destination):
        raise Refused(why)
    now = timezone.now()
    referral.status, referral.decided_at = to, now if to in DECIDED else None
    referral.save(update_fields=["status", "decided_at"])
    return ReferralStatus.objects.create(
        referral=referral, status=to, at=now, by=by, reason=reason, destination=destination
    )


def mark_read(*, referral: Referral, by: User) -> ReferralStatus:
    """Somebody has read it for the first time: who and when is kept."""
    return move_referral(referral=referral, to="read", by=by)


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
    left_out: Sequence[UUID] = (),
) -> Referral:
    """Answer a referral in one of the service's ways, and tell whoever referred that there is an answer."""
    if STATUS_OF_RESPONSE[response] == "accepted":
        accept_referral(
            referral=referral,
            response=response,
            site=site or referral.site,
            thrive=thrive,
            thrive_reason=thrive_reason,
            by=by,
            left_out=left_out,
        )
        return referral
    move_referral(
        referral=referral, to=STATUS_OF_RESPONSE[response], by=by, reason=reason, destination=destination
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
    move_referral(referral=referral, to="accepted", by=by)
    family = _held_already(referral) or _new_family(referral, site, chosen)
    referral.change(response=response, thrive=thrive, thrive_reason=thrive_reason, family=family, site=site)
    _tell_referrer(referral)
    return family


def _refuse_acceptance(referral: Referral, site: Site, thrive: str, chosen: list[ReferredCaregiver]) -> None:
    errors: dict[str, str] = {}
    if not Site.objects.open_on(timezone.localdate()).filter(pk=site.pk).exists():
        errors["site"] = f"{site} is not open yet. Choose a site that is."
    if not thrive:
        errors["thrive"] = "Choose a grouping. It is provisional until agreed with the family."
    held = _held_already(referral)
    if held and site.pk != held.site_id:
        errors["site"] = f"The family is held by {held.site}. Choose that site."
    if not chosen and referral.patient_id is None:
        errors["left_out"] = "At least one carer has to stay."
    if _known_already([{"nhs_number": each.nhs_number} for each in referral.infants.live()]):
        errors[""] = HELD_ALREADY
    if errors:
        raise Refused(errors)


def _held_already(referral: Referral) -> Family | None:
    """The carer's family, when it is their own help that is asked for."""
    return referral.family if referral.patient_id else None


def _new_family(referral: Referral, site: Site, chosen: list[ReferredCaregiver]) -> Family:
    family = Family.objects.create(site=site, place=referral.place)
    _take_in(referral, family, chosen)
    return family


def _take_in(referral: Referral, family: Family, chosen: list[ReferredCaregiver]) -> None:
    """People of their own, from those named; each infant with each carer is a dyad."""
    carers = {named: _caregiver(referral, family, named, chosen) for named in chosen}
    carrying = next((carers[named] for named in chosen if named.pregnant), None)
    named_infants = list(referral.infants.live())
    dates = [each.birth_date or each.estimated_due_date for each in named_infants]
    carried_together = {each: uuid4() for each in dates}
    for named, day, (order, plurality) in zip(named_infants, dates, pregnancies(dates), strict=True):
        infant = _infant(
            family,
            named,
            carried_by=carrying,
            pregnancy=carried_together[day],
            twin_order=order,
            plurality=plurality,
        )
        for carer in chosen:
            _dyad(family, infant, carers[carer], carer, only=len(chosen) == 1)


def _caregiver(
    referral: Referral, family: Family, named: ReferredCaregiver, chosen: list[ReferredCaregiver]
) -> Caregiver:
    carer = Caregiver.objects.create(
        family=family,
        safe_contact=referral.safe_contact if named == _main(chosen) else "",
        **_copied(named, "birth_date", "phone", "email", "language", "needs_interpreter"),
    )
    if named.postcode or named.address_lines:
        found = deprivation_of(named.postcode)
        day = timezone.localdate() if found["lsoa_code"] else None
        Address.objects.create(
            family=family,
            caregiver=carer,
            lines=named.address_lines,
            postcode=named.postcode,
            looked_up_on=day,
            **found,
        )
    return _became(named, carer)


def _main(chosen: list[ReferredCaregiver]) -> ReferredCaregiver:
    return next((each for each in chosen if each.main_carer), chosen[0])


def _infant(family: Family, named: ReferredInfant, **pregnancy: Any) -> Infant:
    reference = next_reference("PI", timezone.localdate())
    details = _copied(named, "birth_date", "estimated_due_date", "sex")
    try:
        with transaction.atomic():
            infant = Infant.objects.create(family=family, reference=reference, **details, **pregnancy)
    except IntegrityError as clash:  # another desk accepted a baby with this number a moment ago
        raise Refused(HELD_ALREADY) from clash
    return _became(named, infant)


def _copied(named: ReferredInfant | ReferredCaregiver, *names: str) -> dict[str, Any]:
    alike = ("given_name", "family_name", "nhs_number", "nhs_number_status", "ethnicity")
    return {name: getattr(named, name) for name in alike + names}


def _became(named: Any, person: Any) -> Any:
    named.became = person
    named.save(update_fields=["became"])
    return person


def _dyad(
    family: Family, infant: Infant, caregiver: Caregiver, named: ReferredCaregiver, *, only: bool
) -> None:
    Dyad.objects.create(
        family=family,
        infant=infant,
        caregiver=caregiver,
        relationship=named.relationship,
        main_carer=named.main_carer or only,
        lives_with=named.lives_with,
    )


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
