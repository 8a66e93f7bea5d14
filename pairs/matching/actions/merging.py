"""Two records of one person, or of one family, become one; undone in one step; or they are told apart for good."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from pairs.families.actions import update_family_permissions
from pairs.families.models import Caregiver, Caution, Dyad, Family, FamilyGrant, FamilyMove, Infant
from pairs.matching.comparison import get_taken_values
from pairs.matching.consequences import has_later_rows
from pairs.matching.ledger import MergeLedger, to_ledger_value, undo_steps
from pairs.matching.models import Merge, MergeEffect, MergeStep, NotTheSame, sort_two_ids
from pairs.matching.returning import return_later_rows
from pairs.matching.rules.kinds import PersonKind, RecordKind
from pairs.matching.rules.merging import (
    FamilyMergeFacts,
    PersonMergeFacts,
    find_family_merge_error,
    find_person_merge_error,
)
from pairs.service.models import User
from pairs.service.refusals import ActionRefused, refuse_all

Person = Infant | Caregiver
GRANT_KEY_LABELS = {"families.FamilyGrant.family", "families.FamilyPermission.content_object"}


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
    mine, theirs = _lock_both(
        kept.family, merged.family
    )  # before the people, as whoever writes about them does
    kept, merged = _lock_both(kept, merged)
    _validate_people(kept, merged)
    _validate_family_unchanged(kept, mine)
    _validate_family_unchanged(merged, theirs)
    _validate_reason(reason)
    ledger = _create_ledger(get_record_kind(kept), mine, kept.pk, merged.pk, reason, by, theirs)
    if mine.pk != theirs.pk:
        _validate_families(mine, theirs, families_too)
        ledger.absorb(mine, theirs)
    taken = get_taken_values(kept, merged, dict(choices))
    ledger.absorb(kept, merged)
    _apply_taken_values(ledger, kept, taken)
    return ledger.merge


@transaction.atomic
def merge_families(*, kept: Family, merged: Family, reason: str, by: User) -> Merge:
    """Two records of one family become one; its people stay as many as they were, to be merged one by one."""
    mine, theirs = _lock_both(kept, merged)
    refuse_all(lambda: _validate_reason(reason), lambda: _validate_families(mine, theirs, families_too=True))
    ledger = _create_ledger(RecordKind.FAMILY, mine, mine.pk, theirs.pk, reason, by, theirs)
    ledger.absorb(mine, theirs)
    _apply_taken_values(ledger, mine, {})
    return ledger.merge


@transaction.atomic
def unmerge(*, merge: Merge, by: User, reason: str) -> Merge:
    """Play the ledger backwards. What had been changed since stays as it is, and is a step of its own: left."""
    families = _lock_families(merge)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise ActionRefused("This merge has already been undone.")
    _validate_reason(reason)
    if later := find_later_merge(merge):
        raise ActionRefused(
            f"A later merge, of {later.at:%-d %B %Y}, involved the same records. Undo that one first."
        )
    _undo_ledger(merge)
    # A grant that comes back allows what its purpose allows by now.
    update_family_permissions(FamilyGrant.objects.filter(family__in=families))
    _record_returned_rows(merge)
    now = timezone.now()
    merge.undone_at, merge.undone_by, merge.undone_reason = now, by, reason.strip()
    if not has_later_rows(merge):
        merge.looked_through_at, merge.looked_through_by = now, by
    merge.save()
    return merge


def _record_returned_rows(merge: Merge) -> None:
    last = merge.steps.count()
    for order, (row, column, before, after) in enumerate(return_later_rows(merge), last):
        MergeStep.objects.create(
            merge=merge, order=order, what=MergeEffect.BACK, model_label=row._meta.label, row_id=str(row.pk),
            field=column, before=to_ledger_value(before), after=to_ledger_value(after),
        )  # fmt: skip


@transaction.atomic
def mark_looked_through(*, merge: Merge, by: User) -> Merge:
    """Somebody has looked through what was written while the two were one, and put right what is of the other."""
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if merge.undone_at is None:
        raise ActionRefused("This merge has not been undone.")
    if merge.looked_through_at:
        raise ActionRefused("Someone has already checked this.")
    return merge.change(looked_through_at=timezone.now(), looked_through_by=by)


@transaction.atomic
def tell_apart(*, one: Person, other: Person, reason: str, by: User) -> NotTheSame:
    """They are two people: the pair is never offered again. Said twice is said once."""
    _validate_reason(reason)
    if get_record_kind(one) != get_record_kind(other) or one.pk == other.pk:
        raise ActionRefused("Choose two records of babies, or two of carers.")
    first, second = sort_two_ids(one.pk, other.pk)
    row, _ = NotTheSame.objects.live().get_or_create(
        one_id=first,
        other_id=second,
        defaults={
            "family": one.family,
            "kind": get_record_kind(one),
            "reason": reason.strip(),
            "by": by,
            "at": timezone.now(),
        },
    )
    return row


def get_record_kind(person: Person) -> str:
    return PersonKind.INFANT if isinstance(person, Infant) else PersonKind.CAREGIVER


def find_later_merge(merge: Merge) -> Merge | None:
    """The newest merge still in force that touched a row of this one after it."""
    rows = _list_touched_ids(merge)
    people = [row_id for row_id in rows if len(row_id) == len(str(merge.pk))]  # the others are numbers
    after = Merge.objects.live().in_force().filter(at__gt=merge.at)
    about = Q(steps__row_id__in=rows) | Q(kept_id__in=people) | Q(merged_id__in=people)
    return after.filter(about).order_by("-at").first()


def _list_touched_ids(merge: Merge) -> set[str]:
    """Ids, as text, of every row that the merge changed or merged another into."""
    steps = merge.steps.values_list("row_id", "into")
    ids = {str(each) for row in steps for each in row if each}
    return ids | {str(merge.kept_id), str(merge.merged_id)}


# ---------------------------------------------------------------- the steps of a merge


def _lock_both(kept: Any, merged: Any) -> tuple[Any, Any]:
    """Both rows as they are now, locked in one order so that two merges never wait for each other."""
    if type(kept) is not type(merged):
        return kept, merged  # refused by the rules
    rows = type(kept)._base_manager.select_for_update().filter(pk__in={kept.pk, merged.pk}).order_by("pk")
    found = {row.pk: row for row in rows}
    return found[kept.pk], found[merged.pk]


def _lock_families(merge: Merge) -> list[Family]:
    """Whoever writes about the families waits until the rows are back; the family comes first, as everywhere."""
    parted = merge.steps.filter(what=MergeEffect.SEALED, model_label=Family._meta.label)
    ids = {merge.family_id, *map(UUID, parted.values_list("row_id", flat=True))}
    return list(Family.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _create_ledger(
    kind: str, family: Family, kept_id: UUID, merged_id: UUID, reason: str, by: User, other_family: Family
) -> MergeLedger:
    """The merge and its ledger. Access to an open family is no access to a restricted one: it stays behind."""
    merge = Merge.objects.create(
        family=family, kind=kind, kept_id=kept_id, merged_id=merged_id,
        reason=reason.strip(), by=by, at=timezone.now(),
    )  # fmt: skip
    stays = GRANT_KEY_LABELS if family.restricted and not other_family.restricted else set()
    return MergeLedger(merge, frozenset(stays))


def _apply_taken_values(ledger: MergeLedger, kept: Person | Family, taken: dict[str, Any]) -> None:
    """The chosen values, once the other record no longer stands in their way; then the ledger itself."""
    try:
        with transaction.atomic():
            ledger.fill(kept, taken)
    except IntegrityError as error:
        raise ActionRefused("The values chosen conflict: check the dates and the NHS number.") from error
    ledger.save()


def _undo_ledger(merge: Merge) -> None:
    try:
        with transaction.atomic():
            left = undo_steps(list(merge.steps.order_by("-order")))
    except IntegrityError as error:
        raise ActionRefused("Something recorded since depends on this merge. Correct that first.") from error
    last = merge.steps.count()
    for order, step in enumerate(left, last):
        MergeStep.objects.create(
            merge=merge, order=order, what=MergeEffect.LEFT, model_label=step.model_label,
            row_id=step.row_id, field=step.field,
        )  # fmt: skip


# ---------------------------------------------------------------- may they be merged


def _validate_reason(reason: str) -> None:
    if not reason.strip():
        raise ActionRefused({"reason": "Enter how you know."})


def _validate_people(kept: Person, merged: Person) -> None:
    if why := find_person_merge_error(build_person_merge_facts(kept), build_person_merge_facts(merged)):
        raise ActionRefused(why)


def _validate_family_unchanged(person: Person, family: Family) -> None:
    """Another merge may have moved the person between reading the page and taking the lock."""
    if person.family_id != family.pk:
        raise ActionRefused("One of these records has just been changed. Check both again.")


def _validate_families(kept: Family, merged: Family, families_too: bool) -> None:
    if why := find_family_merge_error(build_family_merge_facts(kept), build_family_merge_facts(merged)):
        raise ActionRefused(why)
    if not families_too:
        raise ActionRefused(
            {
                "families_too": "These records are in two families. If it is one family recorded twice, "
                "tick the box to merge both families. A person who belongs to two families "
                "keeps a record in each."
            }
        )


def build_person_merge_facts(person: Person) -> PersonMergeFacts:
    """What the rules ask of a person's record."""
    apart: Iterable[UUID] = ()
    if isinstance(person, Caregiver):
        cautions = Caution.objects.live().filter(kept_from=person).exclude(caregiver=None)
        apart = cautions.values_list("caregiver", flat=True)
    return PersonMergeFacts(
        kind=get_record_kind(person),
        id=person.pk,
        live=_is_live(person),
        pregnancy=getattr(person, "pregnancy", None),
        died=bool(getattr(person, "lost_on", None) or getattr(person, "died_on", None)),
        nhs_number=person.nhs_number or "",
        nhs_number_status=person.nhs_number_status,
        kept_apart=frozenset(apart),
    )


def build_family_merge_facts(family: Family) -> FamilyMergeFacts:
    """What the rules ask of a family's record."""
    moves = FamilyMove.objects.seen_by_both().filter(family=family)
    dyads = Dyad.objects.live().current().filter(family=family)
    apart = Caution.objects.live().current().filter(family=family).exclude(kept_from=None)
    return FamilyMergeFacts(
        id=family.pk,
        live=_is_live(family),
        restricted=family.restricted,
        moving=moves.exists(),
        relationships=frozenset(dyads.values_list("relationship", flat=True)),
        kept_from=frozenset(apart.values_list("kept_from__family", flat=True)),
    )


def _is_live(row: Person | Family) -> bool:
    return not row.is_hidden
