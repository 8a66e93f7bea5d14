"""A made-up family's village: who is in it, what they may be told, what not, letters, and now and then a refuge."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from interventions.episodes.models import Episode
from pairs.demo import texts
from pairs.demo import texts_context as said
from pairs.families.actions import add_address
from pairs.families.choices import AddressKind
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import User
from pairs.village.actions import (
    agree_sharing,
    begin_letter,
    end_member,
    limit_disclosure,
    send_letter,
    withdraw_agreement,
    write_letter,
)
from pairs.village.models import VillageMember
from pairs.village.rules import MemberKind, SendingMethod

AGREED_TOPICS = ["involved", "appointments", "progress"]


@dataclass(frozen=True)
class FamilyContext:
    """One family with its people, and whoever leads the work with it."""

    number: int
    rng: Random
    on: date
    family: Family
    by: User
    carers: list[Caregiver]
    infants: list[Infant]
    episode: Episode | None  # the open one, as it was before any of this
    grieving: bool = False  # their baby died, or dies in the last days

    def ago(self, days: int) -> date:
        return self.on - timedelta(days=days)

    def has_lost_all(self) -> bool:
        return bool(self.infants) and all(baby.lost_on for baby in self.infants)


def seed_village(context: FamilyContext) -> None:
    """Everything of the village."""
    members = _seed_members(context)
    _seed_sharing(context, members)
    if context.number % 8 == 0 and not context.grieving:
        _seed_letter(context, members[0])
    if context.number % 10 == 4:
        _seed_disclosure_limit(context, context.carers[0])
    if context.number % 30 == 6:
        _seed_refuge(context)


def _make_name(context: FamilyContext) -> str:
    given = context.rng.choice((*texts.WOMEN, *texts.MEN))
    return f"{given} {context.rng.choice(texts.SURNAMES)}"


def _seed_members(context: FamilyContext) -> list[VillageMember]:
    """Three to nine people, somebody of every kind, a professional first."""
    rng = context.rng
    made = [
        _build_professional(context, *one) for one in rng.sample(said.PROFESSIONALS, k=rng.randrange(1, 4))
    ]
    made += [_build_kin(context, *one) for one in rng.sample(said.KIN, k=rng.randrange(1, 4))]
    for _ in range(rng.randrange(1, 3)):
        made.append(_build_member(context, kind=MemberKind.FRIEND, closeness=rng.choice((1, 2, 3))))
    if rng.random() < 0.5:
        role, organisation = rng.choice(said.COMMUNITY)
        made.append(
            _build_member(
                context, kind=MemberKind.COMMUNITY, closeness=3, role=role, organisation=organisation
            )
        )
    VillageMember.objects.bulk_create(made)
    if context.number % 7 == 0:
        end_member(member=made[-1], until=context.ago(5), by=context.by)
    return made


def _build_professional(
    context: FamilyContext, role: str, organisation: str, closeness: int
) -> VillageMember:
    lines = "1 Example Street\nExampletown"
    where = {"lines": lines, "phone": f"01632 960{context.rng.randrange(1000):03d}"}
    return _build_member(
        context,
        kind=MemberKind.PROFESSIONAL,
        closeness=closeness,
        role=role,
        organisation=organisation,
        **where,
    )


def _build_kin(context: FamilyContext, role: str, closeness: int) -> VillageMember:
    phone = f"07700 900{context.rng.randrange(1000):03d}"
    return _build_member(context, kind=MemberKind.KIN, closeness=closeness, role=role, phone=phone)


def _build_member(context: FamilyContext, **details: Any) -> VillageMember:
    """As add_member makes one; all of a family are written with one statement."""
    since = context.ago(60 + context.rng.randrange(300))
    return VillageMember(family=context.family, name=_make_name(context), since=since, **details)


def _seed_sharing(context: FamilyContext, members: list[VillageMember]) -> None:
    """Agreed with the first; some have ended, some were withdrawn."""
    _seed_agreement(context, members[0], AGREED_TOPICS)
    if context.rng.random() < 0.4:
        _seed_agreement(
            context, members[1], ["involved"], until=context.ago(context.rng.choice((3, 30, -40, -200)))
        )
    _seed_agreement_with_referrer(context)
    if context.rng.random() < 0.25 and not context.grieving:
        agreed = _seed_agreement(context, said.AGENCY, ["involved", "contact_details"])
        withdraw_agreement(
            agreement=agreed, withdrawn_on=context.ago(2), reason=said.WITHDRAWN, by=context.by
        )


def _seed_agreement_with_referrer(context: FamilyContext) -> None:
    """Every second family whose referrer has a team lets it know of appointments too: no status without its dates."""
    referral = context.episode.referral if context.episode and context.number % 2 == 0 else None
    if referral and referral.team:
        _seed_agreement(context, referral.team, AGREED_TOPICS[:2])


def _seed_agreement(context: FamilyContext, party, what: list[str], until: date | None = None):
    return agree_sharing(
        family=context.family,
        party=party,
        what=what,
        how_often="Once a month",
        until=until,
        agreed_by=context.carers[0],
        agreed_on=context.ago(45),
        without_consent_because="",
        by=context.by,
    )


def _seed_letter(context: FamilyContext, to: VillageMember) -> None:
    """A draft, a signed or a sent one, in turn."""
    letter = begin_letter(family=context.family, to=to, about=context.infants[:1], by=context.by)
    stage = context.number // 8 % 3
    progress = {"progress": said.LETTER_PROGRESS}
    write_letter(letter=letter, text=letter.text, parts=progress, details=[], by=context.by, sign=stage > 0)
    if stage == 2:
        send_letter(letter=letter, sent_on=context.on, sent_how=SendingMethod.HAND, by=context.by)


def _seed_disclosure_limit(context: FamilyContext, about: Caregiver) -> None:
    limit_disclosure(
        family=context.family,
        about=about,
        not_to=said.NOT_TO,
        reason=said.NOT_TOLD_WHY,
        since=context.ago(20),
        until=None,
        by=context.by,
    )


def _seed_refuge(context: FamilyContext) -> None:
    add_address(
        family=context.family, person=context.carers[0], kind=AddressKind.REFUGE, lines="", postcode="",
        since=context.ago(12),
        by=context.by,
    )  # fmt: skip
