"""Links named people to existing records: answers of triage, checks asked of the hub, and its answers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.access.scope import Scope
from pairs.families.actions.alerts import list_permission_holders
from pairs.families.last_day import has_died
from pairs.families.models import Caregiver, Family, Infant
from pairs.jobs.notifications import EmailTopic, send_notice
from pairs.matching.descriptions import MODELS_BY_KIND
from pairs.matching.rules.kinds import PersonKind
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.web.absolute_urls import build_absolute_url
from referrals.matching import CandidateSet, get_person_kind, load_match_answers
from referrals.models import MatchAnswer, Referral, ReferredCaregiver, ReferredInfant
from referrals.rules.choices import MatchResult
from referrals.rules.decisions import find_link_error

NamedPerson = ReferredInfant | ReferredCaregiver
ExistingPerson = Infant | Caregiver
PersonLinks = dict[UUID, ExistingPerson]


@dataclass(frozen=True)
class MatchAnswerInput:
    """Triage's answer about one named person: which record is the same, and which are different people.

    Of a baby whom we do not hold: ``born_with``, another baby of the same birth, held or named in the referral;
    ``own_birth``: of no such birth. Neither: babies named for the same day were born together.
    ``name``: (given name, family name) as they are to be recorded; None: as in the referral.
    """

    named: UUID
    same: UUID | None = None
    different: tuple[UUID, ...] = ()
    reason: str = ""
    born_with: UUID | None = None
    own_birth: bool = False
    name: tuple[str, str] | None = None
    carried_by: UUID | None = None  # who of those named carried a baby, where several are said to
    take: tuple[str, ...] = ()  # fields of the record that is the same, of which the referral's word is taken


@dataclass(frozen=True)
class LinkedPeople:
    """{id of the named person: existing record}, and the family that the referral joins, if any.

    ``births``: {id of a named baby: the held baby of the same birth}.
    """

    links: PersonLinks
    family: Family | None
    births: dict[UUID, Infant] = field(default_factory=dict)


def link_people(referral: Referral, said: Sequence[MatchAnswerInput], scope: Scope) -> LinkedPeople:
    """Who is linked to whom, of those the scope may see. Refused by 'matches.<number>.held'."""
    named = get_named_people(referral)
    links = _get_existing_people(named, {each.named: each.same for each in said if each.same}, scope)
    born_with = {
        each.named: each.born_with for each in said if each.born_with and each.born_with not in named
    }
    births = _get_existing_people(named, born_with, scope)
    families = {held.family_id for held in (*links.values(), *births.values())}
    times = Counter[UUID | None](each.same for each in said if each.same)
    errors = {}
    for number, each in enumerate(said):
        seen = each.named in (births if each.named in born_with else links)
        if each.same or each.named in born_with:
            errors[f"matches.{number}.held"] = find_link_error(
                seen=seen, twice=times[each.same] > 1, families=families
            ) or _find_death_error(named[each.named], links.get(each.named))
    if errors := {name: why for name, why in errors.items() if why}:
        raise ActionRefused(errors)
    family = Family.objects.select_for_update().get(pk=families.pop()) if families else None
    return LinkedPeople(links, family, births)


def _find_death_error(named: NamedPerson, held: ExistingPerson | None) -> str:
    """One of the two says that this person has died, and the other does not: that is put right first."""
    if held is None:
        return ""
    if has_died(named) and not has_died(held):
        return f"The referral says that {held} has died. Record it in their record first."
    if has_died(held) and not has_died(named):
        return f"The record says that {held} has died, and the referral does not. Ask the referrer first."
    return ""


def get_named_people(referral: Referral) -> dict[UUID, NamedPerson]:
    """{id: the named person}, babies first."""
    return {each.pk: each for each in (*referral.infants.live(), *referral.caregivers.live())}


def _get_existing_people(
    named: dict[UUID, NamedPerson], wanted: dict[UUID, UUID], scope: Scope
) -> dict[UUID, Any]:
    """{id of the named person: the record wanted for them}, of those that the scope may see."""
    found = {pk: _get_existing_person(named[pk], held, scope) for pk, held in wanted.items() if pk in named}
    return {pk: held for pk, held in found.items() if held}


def _get_existing_person(named: NamedPerson, pk: UUID, scope: Scope) -> ExistingPerson | None:
    people = MODELS_BY_KIND[get_person_kind(named)].objects.visible_to(scope)
    return people.select_related("family__site").filter(pk=pk).first()


def save_match_answers(referral: Referral, said: Iterable[MatchAnswerInput], by: User) -> None:
    """Create a row for each new answer; repeated answers are skipped."""
    named, known, now = get_named_people(referral), load_match_answers(referral), timezone.now()
    for each in said:
        same = [(each.same, MatchResult.SAME)] if each.same else []
        for held, answer in [*same, *((pk, _get_other_answer(each, pk)) for pk in each.different)]:
            if each.named in named and known.get((each.named, held)) != answer:
                _create_match_answer(referral, named[each.named], held, answer, each.reason, now, by)


def _get_other_answer(said: MatchAnswerInput, held: UUID) -> str:
    return MatchResult.TWIN if said.born_with == held else MatchResult.DIFFERENT


def _create_match_answer(
    referral: Referral,
    named: NamedPerson,
    held: UUID,
    answer: str,
    reason: str,
    now: datetime,
    by: User | None,
) -> MatchAnswer:
    pair = (
        {"named_infant": named, "infant_id": held}
        if get_person_kind(named) == PersonKind.INFANT
        else {"named_caregiver": named, "caregiver_id": held}
    )
    return MatchAnswer.objects.create(referral=referral, answer=answer, reason=reason, at=now, by=by, **pair)


# ---------------------------------------------------------------- records outside the user's scope


@transaction.atomic
def request_hub_check(*, referral: Referral, looked: Sequence[CandidateSet]) -> list[MatchAnswer]:
    """Ask those who may see it about each possible match outside the user's scope, once, by e-mail."""
    wanted = [(each.named, held) for each in looked for held in sorted(each.elsewhere - each.asked)]
    if not wanted:
        return []
    Referral.objects.select_for_update().get(pk=referral.pk)
    known, now = load_match_answers(referral), timezone.now()
    new = [(named, held) for named, held in wanted if (named.pk, held) not in known]
    asked = [
        _create_match_answer(referral, named, held, MatchResult.ASKED, "", now, None) for named, held in new
    ]
    for person in sorted(
        {each for row in asked for each in _list_match_checkers(row)}, key=lambda each: each.username
    ):
        send_mail(
            f"Possible match to check: {referral.reference}",
            "A person named in a referral may already have a record. Please check whether it is the same "
            f"person.\n\n{build_absolute_url('match-checks')}\n",
            None,
            [person.email],
        )
    return asked


def _list_match_checkers(asked: MatchAnswer) -> list[User]:
    """Those who triage where the record is held; of a restricted family information governance alone."""
    family = asked.held.family
    people = list_permission_holders(
        "govern_records" if family.restricted else "triage_referrals", site=family.site
    )
    return [person for person in people if person.email]


@transaction.atomic
def answer_match(*, check: MatchAnswer, answer: str, reason: str, by: User) -> MatchAnswer:
    """The hub has looked: one more row, and whoever read the referral hears that there is an answer."""
    Referral.objects.select_for_update().get(pk=check.referral_id)
    if not MatchAnswer.objects.waiting().filter(pk=check.pk).exists():
        raise ActionRefused("Someone else has just answered this. Their answer is kept.")
    made = _create_match_answer(
        check.referral, check.named, check.held.pk, answer, reason, timezone.now(), by
    )
    reader = check.referral.first_read_by
    if reader and reader.is_active and reader.email:
        reference = check.referral.reference
        send_notice(
            topic=EmailTopic.MATCH_CHECK,
            subject=f"The hub has checked {reference}",
            text=f"{build_absolute_url('decide-referral', check.referral_id)}\n",
            address=reader.email,
            recipient=str(reader),
            site_id=check.held.family.site_id,
            by=by,
        )
    return made
