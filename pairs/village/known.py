"""From records to what disclosure.py judges by: what a family has agreed, whom a letter is to, what could be told."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.matching.origins import Records, records_of
from pairs.service.models import User
from pairs.village.disclosure import Agreement, Known, Limit, Matter, Recipient, may_be_told, plain
from pairs.village.models import DisclosureLimit, SharingAgreement, VillageMember


def known_of(family: Family) -> Known:
    """Agreements, limits, and what could be told by mistake: nine queries, one more of a family merged."""
    others = _families_of_the_same_children(family)
    rows = list(Address.objects.live().filter(family__in=[family.pk, *others]))
    here = [row for row in rows if row.family_id == family.pk]
    there = [row for row in rows if row.family_id != family.pk]
    reached = [words for matter in _contact_details(others) for words in matter.words]
    return replace(
        agreed_in([family.pk])[family.pk],
        limits=tuple(_with_homes(each, here) for each in limits_of([family.pk])[family.pk]),
        matters=(*_addresses(here, _refuges(rows)), *_contact_details([family.pk]), *_village(family)),
        elsewhere=(*reached, *(words for row in there for words in telling_words(row))),
    )


def _families_of_the_same_children(family: Family) -> set[UUID]:
    """A foster carer's family and the birth parents': the child is in both, and neither is told of the other."""
    shared = Infant.objects.live().of_family(family.pk)
    dyads = (
        Dyad.objects.live().current().filter(infant__in=shared).values_list("family_id", "infant__family_id")
    )
    return {each for pair in dyads for each in pair} - {family.pk}


def _with_homes(limit: Limit, rows: list[Address]) -> Limit:
    """A limit about a person is about where they live now; not about the home of whoever is not to be told."""
    current = [row for row in rows if row.until is None]
    theirs = {
        place_of(row) for row in current if row.caregiver_id and row.caregiver_id == limit.not_to_caregiver_id
    }
    about = {limit.infant_id, limit.caregiver_id} - {None}
    homes = {place_of(row) for row in current if about & {row.infant_id, row.caregiver_id}}
    return replace(limit, homes=frozenset(homes - theirs - {""}))


# What is kept to its record when two records of families became one.
OF_A_RECORD = ("village.SharingAgreement", "families.Infant", "families.Caregiver")


def agreed_in(families: Iterable[UUID]) -> dict[UUID, Known]:
    """What each family has agreed, the withdrawn and run out among it, each kept to the record it was written in.

    Two queries; one more when families were merged.
    """
    merged = records_of(families, *OF_A_RECORD)
    children: dict[UUID, tuple[UUID, ...]] = dict.fromkeys(merged, ())
    if merged:
        for pk, family in Infant.objects.live().filter(family__in=merged).values_list("pk", "family"):
            children[family] += (pk,)
    known = {
        family: Known(home=family, records=merged.get(family, {}), children=children.get(family, ()))
        for family in families
    }
    for row in SharingAgreement.objects.live().filter(family__in=known):
        held = known[row.family_id]
        known[row.family_id] = replace(held, agreements=(*held.agreements, _agreement(row, held.records)))
    return known


def children_told_of(family: Family, agreements: Iterable[SharingAgreement]) -> dict[UUID, list[str]]:
    """{agreement: names of the children it is about}, where the family was two records; {} where it was not.

    The family comes from ``Family.objects.with_people()``.
    """
    records = records_of([family.pk], *OF_A_RECORD).get(family.pk)
    if not records:
        return {}
    home = frozenset([family.pk])
    return {
        row.pk: [
            str(infant) for infant in family.infants.all()
            if records.get(row.pk, home) & records.get(infant.pk, home)
        ]
        for row in agreements
    }  # fmt: skip


def _agreement(row: SharingAgreement, records: Records) -> Agreement:
    return Agreement(
        what=frozenset(row.what),
        member_id=row.member_id,
        team_id=row.team_id,
        agency=row.agency or "",
        agreed_by_id=row.agreed_by_id,
        agreed_on=row.agreed_on,
        until=row.until,
        withdrawn_on=row.withdrawn_on,
        record=next(iter(records.get(row.pk, {row.family_id}))),
    )


def limits_of(families: Iterable[UUID]) -> dict[UUID, tuple[Limit, ...]]:
    """Each family's limits: one query."""
    found: dict[UUID, tuple[Limit, ...]] = dict.fromkeys(families, ())
    for row in DisclosureLimit.objects.live().filter(family__in=found).select_related("address"):
        found[row.family_id] += (_limit(row),)
    return found


def _limit(row: DisclosureLimit) -> Limit:
    return Limit(
        infant_id=row.infant_id,
        caregiver_id=row.caregiver_id,
        member_id=row.member_id,
        address_id=row.address_id,
        place=place_of(row.address) if row.address else "",
        not_to_caregiver_id=row.not_to_caregiver_id,
        not_to_member_id=row.not_to_member_id,
        not_to_name=row.not_to_name or "",
        since=row.since,
        until=row.until,
    )


def place_of(address: Address) -> str:
    """Where an address is: two people who live there have a row each, and it is one place."""
    return plain(f"{address.lines} {address.postcode}")


def _refuges(rows: list[Address]) -> set[str]:
    """A place that is one person's refuge is everybody's."""
    return {place_of(row) for row in rows if row.kind == "refuge"} - {""}


def _addresses(rows: list[Address], refuges: set[str]) -> list[Matter]:
    return [_address(row, refuges) for row in rows]


def _address(row: Address, refuges: set[str]) -> Matter:
    return Matter(
        what="address",
        infant_id=row.infant_id,
        caregiver_id=row.caregiver_id,
        address_id=row.pk,
        place=place_of(row),
        refuge=row.kind == "refuge" or place_of(row) in refuges,
        words=telling_words(row),
    )


def telling_words(address: Address) -> tuple[str, ...]:
    """What would give an address away: its first line, each line with a number, and the postcode.

    A line may hold a whole address with commas; the town alone tells nothing, and stands in many a letter.
    """
    parts = [part.strip() for part in re.split(r"[\n,]", address.lines) if part.strip()]
    numbered = [part for part in parts if any(map(str.isdigit, part))]
    begins = [" ".join(parts[:many]) for many in (1, 2)] if parts else []
    return tuple(dict.fromkeys(filter(None, [*begins, *numbered, address.postcode])))


def _contact_details(families: Iterable[UUID]) -> list[Matter]:
    return [
        Matter(
            "contact_details", caregiver_id=carer.pk, words=tuple(filter(None, [carer.phone, carer.email]))
        )
        for carer in Caregiver.objects.live().filter(family__in=families)
    ]


def _village(family: Family) -> list[Matter]:
    """Who is there and how to reach them: kept out of a text only where a limit says so."""
    return [
        Matter(
            "named",
            infant_id=row.infant_id,
            member_id=row.pk,
            words=tuple(filter(None, [row.name, row.phone, row.email, *row.lines.splitlines()[:1]])),
        )
        for row in VillageMember.objects.live().filter(family=family)
    ]


def caregiver(carer: Caregiver) -> Recipient:
    """A carer, with the children they care for; the baby they carry, or carried and lost, is one of them."""
    dyads = Dyad.objects.live().current().filter(caregiver=carer).values_list("infant_id", flat=True)
    never_home = Q(birth_date=None) | Q(loss="stillbirth")
    carried = Infant.objects.live().filter(never_home, carried_by=carer).values_list("pk", flat=True)
    return Recipient(
        caregiver_id=carer.pk,
        names=(carer.name,) if carer.name else (),
        cares_for=frozenset([*dyads, *carried]),
    )


def member(who: VillageMember) -> Recipient:
    """Somebody of the village, with the account and team they have."""
    teams = {who.team_id, who.user.team_id if who.user else None} - {None}
    return Recipient(
        member_ids=frozenset([who.pk]),
        user_id=who.user_id,
        team_ids=frozenset(team for team in teams if team),
        names=tuple(filter(None, [who.name, who.organisation])),
    )


def account(user: User, family_ids: Iterable[UUID]) -> dict[UUID, Recipient]:
    """Whoever referred, as each family knows them: the same person may stand in its village. One query."""
    same = Q(user=user) | Q(user=None, team__isnull=False, team=user.team_id)
    rows = list(VillageMember.objects.live().filter(same, family__in=set(family_ids)))
    names = (user.display_name, *([user.team.name, user.team.organisation] if user.team else []))
    teams = frozenset([user.team_id]) if user.team_id else frozenset()
    return {
        family: Recipient(
            member_ids=frozenset(row.pk for row in rows if row.family_id == family and _is_they(row, user)),
            may_be_ids=frozenset(row.pk for row in rows if row.family_id == family),
            user_id=user.pk,
            team_ids=teams,
            names=names,
        )
        for family in family_ids
    }


def _is_they(row: VillageMember, user: User) -> bool:
    """By their account, or by their whole name: what is agreed with a colleague is not agreed with them."""
    return row.user_id == user.pk or plain(row.name) == plain(user.display_name)


def shared_with(user: User, family_ids: Iterable[UUID], on: date) -> dict[UUID, frozenset[str] | None]:
    """What each family lets this referrer be told today; None where nobody has agreed or asked anything.

    Four queries, however many families; one more when some were merged.
    """
    families = set(family_ids)
    agreed, limits, who = agreed_in(families), limits_of(families), account(user, families)
    return {
        family: _shared(who[family], replace(agreed[family], limits=limits[family]), on)
        for family in families
    }


def _shared(recipient: Recipient, known: Known, on: date) -> frozenset[str] | None:
    theirs = [each for each in known.agreements if each.is_with(recipient)]
    against = [each for each in known.limits if each.live(on) and each.is_against(recipient)]
    if not theirs and not against:
        return None
    if any(each.infant_id or each.covers(Matter("involved")) for each in against):
        return frozenset()
    codes = {code for each in theirs for code in each.what}
    return frozenset(code for code in codes if may_be_told(recipient, Matter(code), on, known))
