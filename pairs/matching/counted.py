"""What figures count: work that was done, once, and a child once, whatever was sealed since (docs/adr, 33)."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from pairs.access.records import RecordQuerySet, unsealed_q
from pairs.families.models import Adoption
from pairs.matching.models import Merge, MergeEffect, MergeStep
from pairs.matching.rules.kinds import PersonKind


def select_counted(rows: RecordQuerySet) -> Any:
    """Those not entered in error, without the second copy of a row that a merge put away.

    What an adoption sealed is among them: the work was done. A figure names nobody.
    """
    copies = MergeStep.objects.in_force().filter(what=MergeEffect.SEALED, model_label=rows.model._meta.label)
    put_away = copies.filter(row_id=Cast(OuterRef("pk"), CharField()))
    return rows.valid().filter(unsealed_q() | ~Exists(put_away))


def load_children_by_record() -> dict[UUID, UUID]:
    """{record of a baby: the record that the child goes by now}, where it is another: two queries.

    It crosses adoptions: for counting alone. No page, list or letter may ask it.
    """
    adopted = Adoption.objects.valid().values_list("birth_infant", "new_infant")
    merged = (
        Merge.objects.valid().in_force().filter(kind=PersonKind.INFANT).values_list("merged_id", "kept_id")
    )
    into = {**dict(adopted), **dict(merged)}
    return {record: _follow_to_last(record, into) for record in into}


def _follow_to_last(record: UUID, into: Mapping[UUID, UUID]) -> UUID:
    """The end of the chain. It has one: what was sealed is never adopted into nor merged into again."""
    while record in into:
        record = into[record]
    return record
