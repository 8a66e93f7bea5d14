"""Loads the facts for the disclosure rules: agreements and limits, recipients, what could be told."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from pairs.families.choices import AddressKind, Loss
from pairs.families.models import Address, Caregiver, Dyad, Family, Infant
from pairs.matching.provenance import OriginRecords, load_origin_records
from pairs.service.models import User
from pairs.village.disclosure import (
    Agreement,
    DisclosureFacts,
    Limit,
    Matter,
    Recipient,
    may_be_told,
    normalise_text,
)
from pairs.village.models import DisclosureLimit, SharingAgreement, VillageMember
from pairs.village.rules import LetterTopic
from pairs.web.typed_phones import list_phone_numbers
from pairs.web.typed_text import unify_typed_text


def load_disclosure_facts(family: Family) -> DisclosureFacts:
    """Agreements, limits, and what could be told by mistake: nine queries, one more of a family merged."""
    others = _find_families_sharing_children(family)
    rows = list(Address.objects.live().filter(family__in=[family.pk, *others]))
    here = [row for row in rows if row.family_id == family.pk]
    there = [row for row in rows if row.family_id != family.pk]
    reached = [words for matter in _build_contact_matters(others) for words in matter.words]
    return replace(
        load_family_agreements([family.pk])[family.pk],
        limits=tuple(_add_homes(each, here) for each in load_limits([family.pk])[family.pk]),
        matters=(
            *_build_address_matters(here, _collect_refuges(rows)),
            *_build_contact_matters([family.pk]),
            *_build_village_matters(family),
        ),
        elsewhere=(*reached, *(words for row in there for words in list_address_identifiers(row))),
    )


def _find_families_sharing_children(family: Family) -> set[UUID]:
    """A foster carer's family and the birth parents': the child is in both, and neither is told of the other."""
    shared = Infant.objects.live().of_family(family.pk)
    dyads = (
        Dyad.objects.live().current().filter(infant__in=shared).values_list("family_id", "infant__family_id")
    )
    return {each for pair in dyads for each in pair} - {family.pk}


def _add_homes(limit: Limit, rows: list[Address]) -> Limit:
    """A limit about a person is about where they live now; not about the home of whoever is not to be told."""
    current = [row for row in rows if row.until is None]
    theirs = {
        normalise_place(row)
        for row in current
        if row.caregiver_id and row.caregiver_id == limit.not_to_caregiver_id
    }
    about = {limit.infant_id, limit.caregiver_id} - {None}
    homes = {normalise_place(row) for row in current if about & {row.infant_id, row.caregiver_id}}
    return replace(limit, homes=frozenset(homes - theirs - {""}))


# What is kept to its record when two records of families became one.
RECORD_BOUND_TABLES = ("village.SharingAgreement", "families.Infant", "families.Caregiver")


def load_family_agreements(families: Iterable[UUID]) -> dict[UUID, DisclosureFacts]:
    """What each family has agreed, the withdrawn and run out among it, each kept to the record it was written in.

    Two queries; one more when families were merged.
    """
    merged = load_origin_records(families, *RECORD_BOUND_TABLES)
    children: dict[UUID, tuple[UUID, ...]] = dict.fromkeys(merged, ())
    if merged:
        for pk, family in Infant.objects.live().filter(family__in=merged).values_list("pk", "family"):
            children[family] += (pk,)
    known = {
        family: DisclosureFacts(
            home=family, records=merged.get(family, {}), children=children.get(family, ())
        )
        for family in families
    }
    for row in SharingAgreement.objects.live().filter(family__in=known):
        held = known[row.family_id]
        known[row.family_id] = replace(
            held, agreements=(*held.agreements, _build_agreement(row, held.records))
        )
    return known


def list_children_covered(family: Family, agreements: Iterable[SharingAgreement]) -> dict[UUID, list[str]]:
    """{agreement: names of the children it is about}, where the family was two records; {} where it was not.

    The family comes from ``Family.objects.with_people()``.
    """
    records = load_origin_records([family.pk], *RECORD_BOUND_TABLES).get(family.pk)
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


def _build_agreement(row: SharingAgreement, records: OriginRecords) -> Agreement:
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


def load_limits(families: Iterable[UUID]) -> dict[UUID, tuple[Limit, ...]]:
    """Each family's limits: one query."""
    found: dict[UUID, tuple[Limit, ...]] = dict.fromkeys(families, ())
    for row in DisclosureLimit.objects.live().filter(family__in=found).select_related("address"):
        found[row.family_id] += (_build_limit(row),)
    return found


def _build_limit(row: DisclosureLimit) -> Limit:
    return Limit(
        infant_id=row.infant_id,
        caregiver_id=row.caregiver_id,
        member_id=row.member_id,
        address_id=row.address_id,
        place=normalise_place(row.address) if row.address else "",
        not_to_caregiver_id=row.not_to_caregiver_id,
        not_to_member_id=row.not_to_member_id,
        not_to_name=row.not_to_name or "",
        since=row.since,
        until=row.until,
    )


def normalise_place(address: Address) -> str:
    """Where an address is: two people who live there have a row each, and it is one place."""
    return normalise_text(f"{address.lines} {address.postcode}")


def _collect_refuges(rows: list[Address]) -> set[str]:
    """A place that is one person's refuge is everybody's."""
    return {normalise_place(row) for row in rows if row.kind == AddressKind.REFUGE} - {""}


def _build_address_matters(rows: list[Address], refuges: set[str]) -> list[Matter]:
    return [_build_address_matter(row, refuges) for row in rows]


def _build_address_matter(row: Address, refuges: set[str]) -> Matter:
    return Matter(
        what=LetterTopic.ADDRESS,
        infant_id=row.infant_id,
        caregiver_id=row.caregiver_id,
        address_id=row.pk,
        place=normalise_place(row),
        refuge=row.kind == AddressKind.REFUGE or normalise_place(row) in refuges,
        words=list_address_identifiers(row),
    )


def list_address_identifiers(address: Address) -> tuple[str, ...]:
    """What would give an address away: its first line, each line with a number, and the postcode.

    A line may hold a whole address with commas; the town alone tells nothing, and stands in many a letter.
    """
    parts = [part.strip() for part in re.split(r"[\n,]", address.lines) if part.strip()]
    numbered = [part for part in parts if any(map(str.isdigit, part))]
    begins = [" ".join(parts[:many]) for many in (1, 2)] if parts else []
    return tuple(dict.fromkeys(filter(None, [*begins, *numbered, address.postcode])))


def list_phone_identifiers(phone: str) -> tuple[str, ...]:
    """The line as it was typed, and each number in it: "07700 900123 (mum’s) or 01254 55555" gives two people away."""
    runs = re.findall(r"\d[\d ().-]{3,}\d", unify_typed_text(phone))  # without an area code too
    numbers = [each.number.removeprefix("+") for each in list_phone_numbers(phone)]
    return tuple(dict.fromkeys(filter(None, [phone, *numbers, *(re.sub(r"\D", "", run) for run in runs)])))


def _build_contact_matters(families: Iterable[UUID]) -> list[Matter]:
    return [
        Matter(
            LetterTopic.CONTACT_DETAILS,
            caregiver_id=carer.pk,
            words=tuple(filter(None, [*list_phone_identifiers(carer.phone), carer.email])),
        )
        for carer in Caregiver.objects.live().filter(family__in=families)
    ]


def _build_village_matters(family: Family) -> list[Matter]:
    """Who is there and how to reach them: kept out of a text only where a limit says so."""
    return [
        Matter(
            "named",
            infant_id=row.infant_id,
            member_id=row.pk,
            words=tuple(
                filter(
                    None,
                    [row.name, *list_phone_identifiers(row.phone), row.email, *row.lines.splitlines()[:1]],
                )
            ),
        )
        for row in VillageMember.objects.live().filter(family=family)
    ]


def build_caregiver_recipient(carer: Caregiver) -> Recipient:
    """A carer, with the children they care for; the baby they carry, or carried and lost, is one of them."""
    dyads = Dyad.objects.live().current().filter(caregiver=carer).values_list("infant_id", flat=True)
    never_home = Q(birth_date=None) | Q(loss=Loss.STILLBIRTH)
    carried = Infant.objects.live().filter(never_home, carried_by=carer).values_list("pk", flat=True)
    return Recipient(
        caregiver_id=carer.pk,
        names=(carer.name,) if carer.name else (),
        cares_for=frozenset([*dyads, *carried]),
    )


def build_member_recipient(who: VillageMember) -> Recipient:
    """Somebody of the village, with the account and team they have."""
    teams = {who.team_id, who.user.team_id if who.user else None} - {None}
    return Recipient(
        member_ids=frozenset([who.pk]),
        user_id=who.user_id,
        team_ids=frozenset(team for team in teams if team),
        names=tuple(filter(None, [who.name, who.organisation])),
    )


def build_account_recipients(user: User, family_ids: Iterable[UUID]) -> dict[UUID, Recipient]:
    """Whoever referred, as each family knows them: the same person may stand in its village. One query."""
    same = Q(user=user) | Q(user=None, team__isnull=False, team=user.team_id)
    rows = list(VillageMember.objects.live().filter(same, family__in=set(family_ids)))
    names = (user.display_name, *([user.team.name, user.team.organisation] if user.team else []))
    teams = frozenset([user.team_id]) if user.team_id else frozenset()
    return {
        family: Recipient(
            member_ids=frozenset(
                row.pk for row in rows if row.family_id == family and _is_same_person(row, user)
            ),
            may_be_ids=frozenset(row.pk for row in rows if row.family_id == family),
            user_id=user.pk,
            team_ids=teams,
            names=names,
        )
        for family in family_ids
    }


def _is_same_person(row: VillageMember, user: User) -> bool:
    """By their account, or by their whole name: what is agreed with a colleague is not agreed with them."""
    return row.user_id == user.pk or normalise_text(row.name) == normalise_text(user.display_name)


def load_shared_with_referrer(
    user: User, family_ids: Iterable[UUID], on: date
) -> dict[UUID, frozenset[str] | None]:
    """What each family lets this referrer be told today; None where nobody has agreed or asked anything.

    Four queries, however many families; one more when some were merged.
    """
    families = set(family_ids)
    agreed, limits, who = (
        load_family_agreements(families),
        load_limits(families),
        build_account_recipients(user, families),
    )
    return {
        family: _compute_shared(who[family], replace(agreed[family], limits=limits[family]), on)
        for family in families
    }


def _compute_shared(recipient: Recipient, facts: DisclosureFacts, on: date) -> frozenset[str] | None:
    theirs = [each for each in facts.agreements if each.is_with(recipient)]
    against = [each for each in facts.limits if each.live(on) and each.is_against(recipient)]
    if not theirs and not against:
        return None
    if any(each.infant_id or each.covers(Matter(LetterTopic.INVOLVED)) for each in against):
        return frozenset()
    codes = {code for each in theirs for code in each.what}
    return frozenset(code for code in codes if may_be_told(recipient, Matter(code), on, facts))
