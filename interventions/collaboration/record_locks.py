"""Locks a record before it is changed; refuses one that somebody else has just hidden."""

from typing import Any

from pairs.families.models import Family
from pairs.service.refusals import ActionRefused

CHANGED_MEANWHILE = "Someone else has just corrected this record. Check it again."


def lock_record(rows: Any, pk: Any) -> Any:
    """Lock and return the row with this id. Raises the refusal when it or its family is hidden."""
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.is_hidden or (hasattr(row, "family") and row.family.is_hidden):
        raise ActionRefused(CHANGED_MEANWHILE)
    return row


def lock_family_record(family: Family) -> Family:
    """Lock the family with its people; other writers wait."""
    row: Family = lock_record(Family.objects.with_people().select_related("site"), family.pk)
    return row
