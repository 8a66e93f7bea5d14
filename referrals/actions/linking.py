"""Links named people to existing records: answers of triage, checks asked of the hub, and its answers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.access.scope import Scope
from pairs.families.actions.alerts import list_permission_holders
from pairs.families.models import Caregiver, Family, Infant
from pairs.matching.duplicates import MODELS_BY_KIND
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
    """Triage's answer about one named person: which record is the same, and which are different people."""

    named: UUID
    same: UUID | None = None
    different: tuple[UUID, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class LinkedPeople:
    """{id of the named person: existing record}, and the family that the referral joins, if any."""

    links: PersonLinks
    family: Family | None


def link_people(referral: Referral, said: Sequence[MatchAnswerInput], scope: Scope) -> LinkedPeople:
    """Who is linked to whom, of those the scope may see. Refused by 'matches.<number>.held'."""
    named = get_named_people(referral)
    links: PersonLinks = {}
    for each in said:
        held = (
            _get_existing_person(named[each.named], each.same, scope)
            if each.same and each.named in named
            else None
        )
        if held:
            links[each.named] = held
    families = {held.family_id for held in links.values()}
    times = Counter[UUID | None](each.same for each in said if each.same)
    errors = {}
    for number, each in enumerate(said):
        if each.same and (why := _find_link_error(each, links, families, times)):
            errors[f"matches.{number}.held"] = why
    if errors:
        raise ActionRefused(errors)
    family = Family.objects.select_for_update().get(pk=families.pop()) if families else None
    return LinkedPeople(links, family)


def _find_link_error(
    each: MatchAnswerInput, links: PersonLinks, families: set[UUID], times: Counter[UUID | None]
) -> str:
    return find_link_error(seen=each.named in links, twice=times[each.same] > 1, families=families)


def get_named_people(referral: Referral) -> dict[UUID, NamedPerson]:
    """{id: the named person}, babies first."""
    return {each.pk: each for each in (*referral.infants.live(), *referral.caregivers.live())}


def _get_existing_person(named: NamedPerson, pk: UUID, scope: Scope) -> ExistingPerson | None:
    people = MODELS_BY_KIND[get_person_kind(named)].objects.visible_to(scope)
    return people.select_related("family__site").filter(pk=pk).first()


def save_match_answers(referral: Referral, said: Iterable[MatchAnswerInput], by: User) -> None:
    """Create a row for each new answer; repeated answers are skipped."""
    named, known, now = get_named_people(referral), load_match_answers(referral), timezone.now()
    for each in said:
        same = [(each.same, MatchResult.SAME)] if each.same else []
        for held, answer in [*same, *((pk, MatchResult.DIFFERENT) for pk in each.different)]:
            if each.named in named and known.get((each.named, held)) != answer:
                _create_match_answer(referral, named[each.named], held, answer, each.reason, now, by)


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
    wanted = [(each.named, held) for each in looked for held in sorted(each.elsewhere)]
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
            f"A possible match waits for you: {referral.reference}",
            "Somebody named in a referral may be held already. Please look whether it is the same person.\n\n"
            f"{build_absolute_url('match-checks')}\n",
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
        raise ActionRefused("Somebody has answered this a moment before you. Their answer is kept.")
    made = _create_match_answer(
        check.referral, check.named, check.held.pk, answer, reason, timezone.now(), by
    )
    reader = check.referral.first_read_by
    if reader and reader.is_active and reader.email:
        reference = check.referral.reference
        send_mail(
            f"The hub has answered about {reference}",
            f"{build_absolute_url('decide-referral', check.referral_id)}\n",
            None,
            [reader.email],
        )
    return made
