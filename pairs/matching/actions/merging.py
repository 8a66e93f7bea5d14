"""Two records of one person, or of one family, become one; undone in one step; or they are told apart for good."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from pairs.families.models import Caregiver, Caution, Dyad, Family, FamilyMove, Infant
from pairs.matching.comparing import values_taken
from pairs.matching.ledger import Ledger, undo
from pairs.matching.models import CAREGIVER, FAMILY, INFANT, Merge, MergeStep, NotTheSame, in_order
from pairs.matching.rules.merging import HeldFamily, HeldPerson, why_not_one_family, why_not_one_person
from pairs.service.models import User
from pairs.service.refusals import Refused

Person = Infant | Caregiver
GRANTS = "families.FamilyGrant.family"


@transaction.atomic
def merge_people(
    *,
    kept: Person,
    merged: Person,
    choices: Mapping[str, str],
    reason: str,
    by: User,
    families_too: bool = False,
) -> Merge:
    """One person's two records become one, and their two families with them where they are one family.

    ``choices``: {fact of comparing.py: "kept" or "merged"} where both records say something and differ.
    """
    mine, theirs = _locked(kept.family, merged.family)  # before the people, as whoever writes about them does
    kept, merged = _locked(kept, merged)
    _check_people(kept, merged)
    _check_still_of(kept, mine)
    _check_still_of(merged, theirs)
    _check_reason(reason)
    ledger = _begin(kind_of(kept), mine, kept.pk, merged.pk, reason, by, theirs)
    if mine.pk != theirs.pk:
        _check_families(mine, theirs, families_too)
        ledger.absorb(mine, theirs)
    taken = values_taken(kept, merged, dict(choices))
    ledger.absorb(kept, merged)
    _finish(ledger, kept, taken)
    return ledger.merge


@transaction.atomic
def merge_families(*, kept: Family, merged: Family, reason: str, by: User) -> Merge:
    """Two records of one family become one; its people stay as many as they were, to be merged one by one."""
    mine, theirs = _locked(kept, merged)
    _check_reason(reason)
    _check_families(mine, theirs, families_too=True)
    ledger = _begin(FAMILY, mine, mine.pk, theirs.pk, reason, by, theirs)
    ledger.absorb(mine, theirs)
    _finish(ledger, mine, {})
    return ledger.merge


@transaction.atomic
def unmerge(*, merge: Merge, by: User, reason: str) -> Merge:
    """Play the ledger backwards. What had been changed since stays as it is, and is a step of its own: left."""
    _lock_families(merge)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise Refused("This merge has been undone already.")
    _check_reason(reason)
    if later := later_merge(merge):
        raise Refused(
            f"A later merge, of {later.at:%-d %B %Y}, went over the same records. Undo that one first."
        )
    _replay(merge)
    merge.undone_at, merge.undone_by, merge.undone_reason = timezone.now(), by, reason.strip()
    merge.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    return merge


@transaction.atomic
def tell_apart(*, one: Person, other: Person, reason: str, by: User) -> NotTheSame:
    """They are two people: the pair is never offered again. Said twice is said once."""
    _check_reason(reason)
    if kind_of(one) != kind_of(other) or one.pk == other.pk:
        raise Refused("Choose two records of babies, or two of carers.")
    first, second = in_order(one.pk, other.pk)
    row, _ = NotTheSame.objects.live().get_or_create(
        one_id=first, other_id=second,
        defaults={
            "family": one.family, "kind": kind_of(one), "reason": reason.strip(), "by": by, "at": timezone.now(),
        },
    )  # fmt: skip
    return row


def kind_of(person: Person) -> str:
    return INFANT if isinstance(person, Infant) else CAREGIVER


def merged_into(row_id: UUID) -> UUID | None:
    """The id that a merged-away record (family, infant, caregiver, dyad) goes by now; None for any other."""
    found, into = None, _into(row_id)
    while into:
        found, into = into, _into(into)
    return found


def _into(row_id: UUID) -> UUID | None:
    steps = MergeStep.objects.in_force().filter(row_id=str(row_id), what=MergeStep.SEALED)
    return steps.values_list("into", flat=True).first()


def later_merge(merge: Merge) -> Merge | None:
    """The newest merge still in force that touched a row of this one after it."""
    rows = _touched(merge)
    people = [row_id for row_id in rows if len(row_id) == len(str(merge.pk))]  # the others are numbers
    after = Merge.objects.live().in_force().filter(at__gt=merge.at)
    about = Q(steps__row_id__in=rows) | Q(kept_id__in=people) | Q(merged_id__in=people)
    return after.filter(about).order_by("-at").first()


def _touched(merge: Merge) -> set[str]:
    """Ids, as text, of every row that the merge changed or merged another into."""
    steps = merge.steps.values_list("row_id", "into")
    ids = {str(each) for row in steps for each in row if each}
    return ids | {str(merge.kept_id), str(merge.merged_id)}


# ---------------------------------------------------------------- the steps of a merge


def _locked(kept: Any, merged: Any) -> tuple[Any, Any]:
    """Both rows as they are now, locked in one order so that two merges never wait for each other."""
    if type(kept) is not type(merged):
        return kept, merged  # refused by the rules
    rows = type(kept)._base_manager.select_for_update().filter(pk__in={kept.pk, merged.pk}).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[kept.pk], found[merged.pk]


def _lock_families(merge: Merge) -> None:
    """Whoever writes about the families waits until the rows are back; the family comes first, as everywhere."""
    parted = merge.steps.filter(what=MergeStep.SEALED, model_label=Family._meta.label)
    ids = {merge.family_id, *map(UUID, parted.values_list("row_id", flat=True))}
    list(Family.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _begin(
    kind: str, family: Family, kept_id: UUID, merged_id: UUID, reason: str, by: User, other_family: Family
) -> Ledger:
    """The merge and its ledger. Access to an open family is no access to a restricted one: it stays behind."""
    merge = Merge.objects.create(
        family=family, kind=kind, kept_id=kept_id, merged_id=merged_id,
        reason=reason.strip(), by=by, at=timezone.now(),
    )  # fmt: skip
    stays = {GRANTS} if family.restricted and not other_family.restricted else set()
    return Ledger(merge, frozenset(stays))


def _finish(ledger: Ledger, kept: Person | Family, taken: dict[str, Any]) -> None:
    """The chosen values, once the other record no longer stands in their way; then the ledger itself."""
    try:
        with transaction.atomic():
            ledger.fill(kept, taken)
    except IntegrityError as error:
        raise Refused("The values chosen do not fit together: check the dates and the NHS number.") from error
    ledger.save()


def _replay(merge: Merge) -> None:
    try:
        with transaction.atomic():
            left = undo(list(merge.steps.order_by("-order")))
    except IntegrityError as error:
        raise Refused(
            "Something recorded since needs what this merge brought together. Put that right first."
        ) from error
    last = merge.steps.count()
    for order, step in enumerate(left, last):
        MergeStep.objects.create(
            merge=merge, order=order, what=MergeStep.LEFT, model_label=step.model_label,
            row_id=step.row_id, field=step.field,
        )  # fmt: skip


# ---------------------------------------------------------------- may they be merged


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused({"reason": "Say how you know."})


def _check_people(kept: Person, merged: Person) -> None:
    if why := why_not_one_person(held_person(kept), held_person(merged)):
        raise Refused(why)


def _check_still_of(person: Person, family: Family) -> None:
    """Another merge may have moved the person between reading the page and taking the lock."""
    if person.family_id != family.pk:
        raise Refused("One of these records was changed a moment ago. Look at the two again.")


def _check_families(kept: Family, merged: Family, families_too: bool) -> None:
    if why := why_not_one_family(held_family(kept), held_family(merged)):
        raise Refused(why)
    if not families_too:
        raise Refused(
            {
                "families_too": "These records are of two families. If it is one family held twice, say so, and"
                " both become one. A person who belongs to two families keeps a record in each."
            }
        )


def held_person(person: Person) -> HeldPerson:
    """What the rules ask of a person's record."""
    apart: Iterable[UUID] = ()
    if isinstance(person, Caregiver):
        cautions = Caution.objects.live().filter(kept_from=person).exclude(caregiver=None)
        apart = cautions.values_list("caregiver", flat=True)
    return HeldPerson(
        kind=kind_of(person),
        id=person.pk,
        live=_is_live(person),
        pregnancy=getattr(person, "pregnancy", None),
        died=bool(getattr(person, "lost_on", None) or getattr(person, "died_on", None)),
        nhs_number=person.nhs_number or "",
        nhs_number_status=person.nhs_number_status,
        kept_apart=frozenset(apart),
    )


def held_family(family: Family) -> HeldFamily:
    """What the rules ask of a family's record."""
    moves = FamilyMove.objects.seen_by_both().filter(family=family)
    dyads = Dyad.objects.live().current().filter(family=family)
    apart = Caution.objects.live().current().filter(family=family).exclude(kept_from=None)
    return HeldFamily(
        id=family.pk,
        live=_is_live(family),
        restricted=family.restricted,
        moving=moves.exists(),
        relationships=frozenset(dyads.values_list("relationship", flat=True)),
        kept_from=frozenset(apart.values_list("kept_from__family", flat=True)),
    )


def _is_live(row: Person | Family) -> bool:
    return not row.is_out_of_sight
