"""A made-up family's village: who is in it, what they may be told, what not, letters, and now and then a refuge."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from pairs.demo import texts
from pairs.demo import texts_context as said
from pairs.families.actions import add_address
from pairs.families.choices import AddressKind
from pairs.families.models import Caregiver, Family, Infant
from pairs.service.models import User
from pairs.village.actions import (
    add_member,
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

    def ago(self, days: int) -> date:
        return self.on - timedelta(days=days)


def seed_village(each: FamilyContext) -> None:
    """Everything of the village."""
    members = _seed_members(each)
    _seed_sharing(each, members)
    if each.number % 8 == 0:
        _seed_letter(each, members[0])
    if each.number % 10 == 4:
        _seed_disclosure_limit(each, each.carers[0])
    if each.number % 30 == 6:
        _seed_refuge(each)


def _make_name(each: FamilyContext) -> str:
    given = each.rng.choice((*texts.WOMEN, *texts.MEN))
    return f"{given} {each.rng.choice(texts.SURNAMES)}"


def _seed_members(each: FamilyContext) -> list[VillageMember]:
    """Three to nine people, somebody of every kind, a professional first."""
    rng = each.rng
    made = [_add_professional(each, *one) for one in rng.sample(said.PROFESSIONALS, k=rng.randrange(1, 4))]
    made += [_add_kin(each, *one) for one in rng.sample(said.KIN, k=rng.randrange(1, 4))]
    for _ in range(rng.randrange(1, 3)):
        made.append(_add_village_member(each, kind=MemberKind.FRIEND, closeness=rng.choice((1, 2, 3))))
    if rng.random() < 0.5:
        role, organisation = rng.choice(said.COMMUNITY)
        made.append(
            _add_village_member(
                each, kind=MemberKind.COMMUNITY, closeness=3, role=role, organisation=organisation
            )
        )
    if each.number % 7 == 0:
        end_member(member=made[-1], until=each.ago(5), by=each.by)
    return made


def _add_professional(each: FamilyContext, role: str, organisation: str, closeness: int) -> VillageMember:
    lines = "1 Example Street\nExampletown"
    where = {"lines": lines, "phone": f"01632 960{each.rng.randrange(1000):03d}"}
    return _add_village_member(
        each, kind=MemberKind.PROFESSIONAL, closeness=closeness, role=role, organisation=organisation, **where
    )


def _add_kin(each: FamilyContext, role: str, closeness: int) -> VillageMember:
    phone = f"07700 900{each.rng.randrange(1000):03d}"
    return _add_village_member(each, kind=MemberKind.KIN, closeness=closeness, role=role, phone=phone)


def _add_village_member(each: FamilyContext, **details: Any) -> VillageMember:
    since = each.ago(60 + each.rng.randrange(300))
    return add_member(
        family=each.family, infant=None, name=_make_name(each), by=each.by, since=since, **details
    )


def _seed_sharing(each: FamilyContext, members: list[VillageMember]) -> None:
    """Agreed with the first; some have ended, some were withdrawn."""
    _seed_agreement(each, members[0], AGREED_TOPICS)
    if each.rng.random() < 0.4:
        _seed_agreement(each, members[1], ["involved"], until=each.ago(each.rng.choice((3, 30, -40, -200))))
    if each.rng.random() < 0.25:
        agreed = _seed_agreement(each, said.AGENCY, ["involved", "contact_details"])
        withdraw_agreement(agreement=agreed, withdrawn_on=each.ago(2), reason=said.WITHDRAWN, by=each.by)


def _seed_agreement(each: FamilyContext, party, what: list[str], until: date | None = None):
    return agree_sharing(
        family=each.family,
        party=party,
        what=what,
        how_often="Once a month",
        until=until,
        agreed_by=each.carers[0],
        agreed_on=each.ago(45),
        without_consent_because="",
        by=each.by,
    )


def _seed_letter(each: FamilyContext, to: VillageMember) -> None:
    """A draft, a signed or a sent one, in turn."""
    letter = begin_letter(family=each.family, to=to, about=each.infants[:1], by=each.by)
    stage = each.number // 8 % 3
    progress = {"progress": said.LETTER_PROGRESS}
    write_letter(letter=letter, text=letter.text, parts=progress, details=[], by=each.by, sign=stage > 0)
    if stage == 2:
        send_letter(letter=letter, sent_on=each.on, sent_how=SendingMethod.HAND, by=each.by)


def _seed_disclosure_limit(each: FamilyContext, about: Caregiver) -> None:
    limit_disclosure(
        family=each.family,
        about=about,
        not_to=said.NOT_TO,
        reason=said.NOT_TOLD_WHY,
        since=each.ago(20),
        until=None,
        by=each.by,
    )


def _seed_refuge(each: FamilyContext) -> None:
    add_address(
        family=each.family, person=each.carers[0], kind=AddressKind.REFUGE, lines="", postcode="", since=each.ago(12),
        by=each.by,
    )  # fmt: skip
