"""A referral is decided in one of the ways of the service, and everybody who is owed one gets a reply."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pairs.access.scope import Scope, load_scope
from pairs.families.models import Family, Infant
from pairs.matching.descriptions import MODELS_BY_KIND
from pairs.service.models import Site, User
from pairs.service.refusals import ActionRefused
from referrals.actions.consultation_from_referral import get_or_create_consultation
from referrals.actions.linking import LinkedPeople, MatchAnswerInput, link_people, save_match_answers
from referrals.actions.register_family import (
    SelectedPeople,
    find_carriers,
    get_existing_family,
    register_people,
)
from referrals.actions.status_changes import change_referral_status
from referrals.matching import (
    NamedPerson,
    get_person_kind,
    list_rival_carriers,
    load_match_answers,
    may_be_same_birth,
)
from referrals.models import Destination, Referral
from referrals.rules.choices import STATUS_BY_RESPONSE, MatchResult, ReferralResponse, ReferralState
from referrals.rules.decisions import find_answer_errors, find_people_errors
from referrals.rules.replies import ReplyDraft

NHS_NUMBER_HELD = "We already have a record with the NHS number of {named}. Choose the matching record."
BIRTH_NOT_SAID = "Choose whether {named} is the same baby as {held}, or another baby of the same birth."
CARRIER_NOT_SAID = "Choose who was pregnant with {named}: the referral names more than one person."
HUB_CHECK_PENDING = (
    "Possible match: the hub will check. You can accept this referral once they have answered."
)


@dataclass(frozen=True)
class Decision:
    """Everything that was decided. ``left_out``: named people who stay a mention; ``matches``: who is whom."""

    response: str
    site: Site | None = None
    lead: User | None = None
    thrive: str = ""
    thrive_reason: str = ""
    reason: str = ""
    destination: str = ""
    destinations: Sequence[Destination] = ()
    first_visit_together: bool | None = None  # None: as the referral says
    replies: Sequence[ReplyDraft] = ()
    left_out: Sequence[UUID] = ()
    matches: Sequence[MatchAnswerInput] = ()

    @property
    def destination_words(self) -> str:
        """Where the family was pointed, as it reads in years to come."""
        return self.destination or ", ".join(each.name for each in self.destinations)


@transaction.atomic
def decide_referral(*, referral: Referral, by: User, **answer: Any) -> Referral:
    """Answer a referral in one of the service's ways (fields of Decision), with a reply to everybody owed one."""
    decision = Decision(**answer)
    if STATUS_BY_RESPONSE[decision.response] == ReferralState.ACCEPTED:
        _accept_decision(referral, decision, by)
        return referral
    if why := _find_missing_answers(decision):
        raise ActionRefused(why)
    change_referral_status(
        referral=referral,
        to=STATUS_BY_RESPONSE[decision.response],
        by=by,
        reason=decision.reason,
        destination=decision.destination_words,
        destinations=decision.destinations,
        replies=decision.replies,
    )
    save_match_answers(referral, decision.matches, by)
    referral.change(response=decision.response, thrive=decision.thrive, thrive_reason=decision.thrive_reason)
    if decision.response == ReferralResponse.CONSULTATION:
        get_or_create_consultation(referral, by)
    return referral


def accept_referral(*, referral: Referral, by: User, **answer: Any) -> Family:
    """Accept for direct or joint work; the family that it made or joined."""
    return _accept_decision(referral, Decision(**answer), by)


@transaction.atomic
def _accept_decision(referral: Referral, decision: Decision, by: User) -> Family:
    """Create the family with its infants, carers and dyads, or join an existing one.

    If it is accepted already, returns its family. A carer's own referral keeps the carer's family.
    """
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status == ReferralState.ACCEPTED and locked.family:
        referral.family, referral.status = locked.family, locked.status
        return locked.family
    scope, chosen = load_scope(by), _select_people(referral, decision)
    found = link_people(referral, decision.matches, scope)
    held = get_existing_family(referral) or found.family
    site = decision.site or (held.site if held else referral.site)
    decision = replace(decision, site=site)
    save_match_answers(referral, decision.matches, by)
    _validate_acceptance(referral, decision, chosen, held)
    _validate_births(decision, chosen, found)
    _validate_carriers(decision, chosen, found)
    without_number = _find_disputed_numbers(referral, chosen, found, scope)
    change_referral_status(
        referral=referral, to=ReferralState.ACCEPTED, by=by, reason=decision.reason, replies=decision.replies
    )
    family = held or Family.objects.create(site=site, place=referral.known_place)
    if referral.patient_id is None:
        register_people(referral, family, chosen, found, decision.matches, without_number, by=by)
    return _record_acceptance(referral, decision, family)


def _record_acceptance(referral: Referral, decision: Decision, family: Family) -> Family:
    referral.change(
        response=decision.response,
        thrive=decision.thrive,
        thrive_reason=decision.thrive_reason,
        family=family,
        site=decision.site,
        lead=decision.lead,
        first_visit_together=_is_first_visit_joint(referral, decision),
    )
    return family


def _is_first_visit_joint(referral: Referral, decision: Decision) -> bool:
    """Does whoever referred come to the first visit? Asked of joint work alone."""
    said = decision.first_visit_together
    return decision.response == ReferralResponse.JOINT and (
        referral.first_visit_together if said is None else said
    )


def _select_people(referral: Referral, decision: Decision) -> SelectedPeople:
    out = set(decision.left_out)
    return SelectedPeople(
        infants=[each for each in referral.infants.live() if each.pk not in out],
        carers=[each for each in referral.caregivers.live() if each.pk not in out],
    )


def _find_missing_answers(decision: Decision) -> dict[str, str]:
    return find_answer_errors(
        response=decision.response,
        reason=decision.reason,
        destinations=len(decision.destinations),
        thrive=decision.thrive,
    )


def _validate_acceptance(
    referral: Referral, decision: Decision, chosen: SelectedPeople, held: Family | None
) -> None:
    errors = _find_missing_answers(decision) | find_people_errors(
        own_help=referral.patient_id is not None,
        infants=len(chosen.infants),
        dated=all(each.birth_date or each.estimated_due_date for each in chosen.infants),
        carers=len(chosen.carers),
    )
    site = decision.site
    if site is None or not Site.objects.open_on(timezone.localdate()).filter(pk=site.pk).exists():
        errors["site"] = f"{site} is not open yet. Choose an open site."
    elif held and site.pk != held.site_id:
        errors["site"] = f"The family is already with {held.site}. Choose that site."
    elif decision.lead and not load_scope(decision.lead).may("write_records", at=site.pk):
        errors["lead"] = f"{decision.lead} does not work at {site}. Choose someone who does."
    if errors:
        raise ActionRefused(errors)


def _validate_births(decision: Decision, chosen: SelectedPeople, found: LinkedPeople) -> None:
    """A new baby of a family we hold is never taken for a twin, nor for the same one, without a word."""
    said = {each.named for each in decision.matches if each.born_with or each.own_birth}
    new = [each for each in chosen.infants if each.pk not in found.links and each.pk not in said]
    held = list(Infant.objects.live().filter(family=found.family)) if found.family and new else []
    for named in new:
        if same := next((each for each in held if may_be_same_birth(each, named)), None):
            raise ActionRefused({"matches": BIRTH_NOT_SAID.format(named=named, held=same)})


def _validate_carriers(decision: Decision, chosen: SelectedPeople, found: LinkedPeople) -> None:
    """Of several who are said to have carried the baby nobody is chosen without a word."""
    known, carriers = find_carriers(chosen, decision.matches), list_rival_carriers(chosen.carers)
    for named in chosen.infants if carriers else ():
        held = found.links.get(named.pk)
        if named.pk not in known and not (isinstance(held, Infant) and held.carried_by_id):
            raise ActionRefused({"matches": CARRIER_NOT_SAID.format(named=named)})


def _find_disputed_numbers(
    referral: Referral, chosen: SelectedPeople, found: LinkedPeople, scope: Scope
) -> frozenset[UUID]:
    """Ids of named people whose NHS number is somebody else's: a carer's given for a baby or the other way round, or
    another baby's or carer's, as a checker has confirmed.

    A number in use that nobody has checked refuses the acceptance: link the record, or let the hub check.
    """
    people: list[NamedPerson] = [*chosen.infants, *chosen.carers]
    new = {each.nhs_number: each for each in people if each.nhs_number and each.pk not in found.links}
    answers = load_match_answers(referral) if new else {}
    theirs = set()
    for kind, model in MODELS_BY_KIND.items():
        for pk, number in model.objects.live().filter(nhs_number__in=new).values_list("pk", "nhs_number"):
            named = new[number]
            said = answers.get((named.pk, pk))
            if get_person_kind(named) == kind and said not in (MatchResult.DIFFERENT, MatchResult.TWIN):
                seen = model.objects.visible_to(scope).filter(pk=pk).exists()
                raise ActionRefused(NHS_NUMBER_HELD.format(named=named) if seen else HUB_CHECK_PENDING)
            theirs.add(named.pk)
    return frozenset(theirs)
