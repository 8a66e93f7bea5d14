"""A row under a lock, as it is now: refused when somebody else put it out of sight a moment ago."""

from typing import Any

from pairs.families.models import Family
from pairs.service.refusals import Refused

GONE = "This record was put right by somebody else a moment ago. Look at it again."


def locked(rows: Any, pk: Any) -> Any:
    """The row of these with that id, locked."""
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    if row.is_out_of_sight or (hasattr(row, "family") and row.family.is_out_of_sight):
        raise Refused(GONE)
    return row


def locked_family(family: Family) -> Family:
    """The family with its people, locked: whoever writes about it waits."""
    row: Family = locked(Family.objects.with_people().select_related("site"), family.pk)
    return row
