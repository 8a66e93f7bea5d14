"""Somebody named is somebody held, or is not: what triage says, what the hub is asked, and what it answers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

from pairs.access.scope import Scope
from pairs.families.actions.alerts import holders
from pairs.families.models import Caregiver, Family, Infant
from pairs.matching.duplicates import MODELS
from pairs.matching.models import INFANT
from pairs.service.links import full_address
from pairs.service.models import User
from pairs.service.refusals import Refused
from referrals.matching import Looked, answers_of, kind_of
from referrals.models import MatchAnswer, Referral, ReferredCaregiver, ReferredInfant
from referrals.models.matches import ASKED, DIFFERENT, SAME
from referrals.rules.deciding import why_not_linked

Named = ReferredInfant | ReferredCaregiver
Held = Infant | Caregiver
Links = dict[UUID, Held]


@dataclass(frozen=True)
class MatchSaid:
    """What triage says of one named person: the same as somebody held, and which of them are somebody else."""

    named: UUID
    same: UUID | None = None
    different: tuple[UUID, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class Joined:
    """{id of the named person: who they are}, and the family that the referral joins, if any."""

    links: Links
    family: Family | None


def joined(referral: Referral, said: Sequence[MatchSaid], scope: Scope) -> Joined:
    """Who is linked to whom, of those the scope may see. Refused by 'matches.<number>.held'."""
    named = people_of(referral)
    links: Links = {}
    for each in said:
        held = _held(named[each.named], each.same, scope) if each.same and each.named in named else None
        if held:
            links[each.named] = held
    families = {held.family_id for held in links.values()}
    times: Counter[UUID | None] = Counter(each.same for each in said if each.same)
    errors = {}
    for number, each in enumerate(said):
        if each.same and (why := _why_not(each, links, families, times)):
            errors[f"matches.{number}.held"] = why
    if errors:
        raise Refused(errors)
    family = Family.objects.select_for_update().get(pk=families.pop()) if families else None
    return Joined(links, family)


def _why_not(each: MatchSaid, links: Links, families: set[UUID], times: Counter[UUID | None]) -> str:
    return why_not_linked(seen=each.named in links, twice=times[each.same] > 1, families=families)


def people_of(referral: Referral) -> dict[UUID, Named]:
    """{id: the named person}, babies first."""
    return {each.pk: each for each in (*referral.infants.live(), *referral.caregivers.live())}


def _held(named: Named, pk: UUID, scope: Scope) -> Held | None:
    people = MODELS[kind_of(named)].objects.visible_to(scope)
    return people.select_related("family__site").filter(pk=pk).first()


def keep_answers(referral: Referral, said: Iterable[MatchSaid], by: User) -> None:
    """Rows of what was said; what stands already is not said again."""
    named, known, now = people_of(referral), answers_of(referral), timezone.now()
    for each in said:
        pairs = [(each.same, SAME)] if each.same else []
        for held, answer in [*pairs, *((pk, DIFFERENT) for pk in each.different)]:
            if each.named in named and known.get((each.named, held)) != answer:
                _keep(referral, named[each.named], held, answer, each.reason, now, by)


def _keep(
    referral: Referral, named: Named, held: UUID, answer: str, reason: str, now: datetime, by: User | None
) -> MatchAnswer:
    pair = (
        {"named_infant": named, "infant_id": held}
        if kind_of(named) == INFANT
        else {"named_caregiver": named, "caregiver_id": held}
    )
    return MatchAnswer.objects.create(referral=referral, answer=answer, reason=reason, at=now, by=by, **pair)


# ---------------------------------------------------------------- whom the searcher may not see


@transaction.atomic
def ask_the_hub(*, referral: Referral, looked: Sequence[Looked]) -> list[MatchAnswer]:
    """Put each possible match out of sight to those who may see it, once; they hear that something waits."""
    wanted = [(each.named, held) for each in looked for held in sorted(each.elsewhere)]
    if not wanted:
        return []
    Referral.objects.select_for_update().get(pk=referral.pk)
    known, now = answers_of(referral), timezone.now()
    new = [(named, held) for named, held in wanted if (named.pk, held) not in known]
    asked = [_keep(referral, named, held, ASKED, "", now, None) for named, held in new]
    for person in sorted(
        {each for row in asked for each in _who_may_look(row)}, key=lambda each: each.username
    ):
        send_mail(
            f"A possible match waits for you: {referral.reference}",
            "Somebody named in a referral may be held already. Please look whether it is the same person.\n\n"
            f"{full_address('match-checks')}\n",
            None,
            [person.email],
        )
    return asked


def _who_may_look(asked: MatchAnswer) -> list[User]:
    """Those who triage where the record is held; of a restricted family information governance alone."""
    family = asked.held.family
    people = holders("govern_records" if family.restricted else "triage_referrals", site=family.site)
    return [person for person in people if person.email]


@transaction.atomic
def answer_match(*, check: MatchAnswer, answer: str, reason: str, by: User) -> MatchAnswer:
    """The hub has looked: one more row, and whoever read the referral hears that there is an answer."""
    Referral.objects.select_for_update().get(pk=check.referral_id)
    if not MatchAnswer.objects.waiting().filter(pk=check.pk).exists():
        raise Refused("Somebody has answered this a moment before you. Their answer is kept.")
    made = _keep(check.referral, check.named, check.held.pk, answer, reason, timezone.now(), by)
    reader = check.referral.first_read_by
    if reader and reader.is_active and reader.email:
        reference = check.referral.reference
        send_mail(
            f"The hub has answered about {reference}",
            f"{full_address('decide-referral', check.referral_id)}\n",
            None,
            [reader.email],
        )
    return made
