"""A referral is decided in one of the ways of the service, and everybody who is owed one gets a reply."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pairs.access.scope import Scope, scope_of
from pairs.families.models import Family, Infant
from pairs.service.models import Site, User
from pairs.service.refusals import Refused
from referrals.actions.linking import Joined, MatchSaid, joined, keep_answers
from referrals.actions.moves import move_referral
from referrals.actions.taking_in import Chosen, held_family, take_in
from referrals.actions.thinking_together import consultation_of
from referrals.matching import answers_of
from referrals.models import Destination, Referral
from referrals.models.matches import DIFFERENT
from referrals.rules.deciding import why_not_answer, why_not_people
from referrals.rules.replying import ReplyDraft
from referrals.rules.words import STATUS_OF_RESPONSE

NUMBER_HELD = "A baby with this NHS number is held already. Say which of those beside it is the same baby."
HUB_CHECKS = "Possible match: the hub will check. You can accept this referral once they have answered."


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
    first_visit_together: bool | None = None  # None: as it was said at the door
    replies: Sequence[ReplyDraft] = ()
    left_out: Sequence[UUID] = ()
    matches: Sequence[MatchSaid] = ()

    @property
    def destination_words(self) -> str:
        """Where the family was pointed, as it reads in years to come."""
        return self.destination or ", ".join(each.name for each in self.destinations)[:200]


@transaction.atomic
def decide_referral(*, referral: Referral, by: User, **answer: Any) -> Referral:
    """Answer a referral in one of the service's ways (fields of Decision), with a reply to everybody owed one."""
    decision = Decision(**answer)
    if STATUS_OF_RESPONSE[decision.response] == "accepted":
        _accept(referral, decision, by)
        return referral
    if why := _missing(decision):
        raise Refused(why)
    move_referral(
        referral=referral,
        to=STATUS_OF_RESPONSE[decision.response],
        by=by,
        reason=decision.reason,
        destination=decision.destination_words,
        destinations=decision.destinations,
        replies=decision.replies,
    )
    keep_answers(referral, decision.matches, by)
    referral.change(response=decision.response, thrive=decision.thrive, thrive_reason=decision.thrive_reason)
    if decision.response == "consultation":
        consultation_of(referral, by)
    return referral


def accept_referral(*, referral: Referral, by: User, **answer: Any) -> Family:
    """Accept for direct or joint work; the family that it made or joined."""
    return _accept(referral, Decision(**answer), by)


@transaction.atomic
def _accept(referral: Referral, decision: Decision, by: User) -> Family:
    """Make or join the family, infants, carers and dyads of what the referral says.

    Accepted already: the family it has. A carer's own help stays with the carer's family; nobody is made anew.
    """
    locked = Referral.objects.select_for_update().get(pk=referral.pk)
    if locked.status == "accepted" and locked.family:
        referral.family, referral.status = locked.family, locked.status
        return locked.family
    scope, chosen = scope_of(by), _chosen(referral, decision)
    found = joined(referral, decision.matches, scope)
    held = held_family(referral) or found.family
    site = decision.site or (held.site if held else referral.site)
    decision = replace(decision, site=site)
    keep_answers(referral, decision.matches, by)
    _refuse_acceptance(referral, decision, chosen, held)
    without_number = _numbers_not_theirs(referral, chosen, found, scope)
    move_referral(referral=referral, to="accepted", by=by, reason=decision.reason, replies=decision.replies)
    family = held or Family.objects.create(site=site, place=referral.place)
    if referral.patient_id is None:
        take_in(referral, family, chosen, found.links, without_number)
    return _taken(referral, decision, family)


def _taken(referral: Referral, decision: Decision, family: Family) -> Family:
    referral.change(
        response=decision.response,
        thrive=decision.thrive,
        thrive_reason=decision.thrive_reason,
        family=family,
        site=decision.site,
        lead=decision.lead,
        first_visit_together=_together(referral, decision),
    )
    return family


def _together(referral: Referral, decision: Decision) -> bool:
    """Does whoever referred come to the first visit? Asked of joint work alone."""
    said = decision.first_visit_together
    return decision.response == "joint" and (referral.first_visit_together if said is None else said)


def _chosen(referral: Referral, decision: Decision) -> Chosen:
    out = set(decision.left_out)
    return Chosen(
        infants=[each for each in referral.infants.live() if each.pk not in out],
        carers=[each for each in referral.caregivers.live() if each.pk not in out],
    )


def _missing(decision: Decision) -> dict[str, str]:
    return why_not_answer(
        response=decision.response,
        reason=decision.reason,
        destinations=len(decision.destinations),
        thrive=decision.thrive,
    )


def _refuse_acceptance(referral: Referral, decision: Decision, chosen: Chosen, held: Family | None) -> None:
    errors = _missing(decision) | why_not_people(
        own_help=referral.patient_id is not None,
        infants=len(chosen.infants),
        dated=all(each.birth_date or each.estimated_due_date for each in chosen.infants),
        carers=len(chosen.carers),
    )
    site = decision.site
    if site is None or not Site.objects.open_on(timezone.localdate()).filter(pk=site.pk).exists():
        errors["site"] = f"{site} is not open yet. Choose a site that is."
    elif held and site.pk != held.site_id:
        errors["site"] = f"The family is held by {held.site}. Choose that site."
    elif decision.lead and not scope_of(decision.lead).may("write_records", at=site.pk):
        errors["lead"] = f"{decision.lead} does not work at {site}. Choose somebody who does."
    if errors:
        raise Refused(errors)


def _numbers_not_theirs(referral: Referral, chosen: Chosen, found: Joined, scope: Scope) -> frozenset[UUID]:
    """Ids of named babies whose NHS number is another baby's, as somebody who looked has said.

    A number that is held and that nobody has looked at refuses the acceptance: link it, or the hub checks it.
    """
    new = {each.nhs_number: each for each in chosen.infants if each.nhs_number and each.pk not in found.links}
    held = Infant.objects.live().filter(nhs_number__in=new)
    answers, theirs = answers_of(referral) if new else {}, set()
    for pk, number in held.values_list("pk", "nhs_number"):
        if answers.get((new[number].pk, pk)) != DIFFERENT:
            seen = Infant.objects.visible_to(scope).filter(pk=pk).exists()
            raise Refused(NUMBER_HELD if seen else HUB_CHECKS)
        theirs.add(new[number].pk)
    return frozenset(theirs)
