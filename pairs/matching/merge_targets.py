"""Which record a merged-away one goes by now: every process that answers an address asks it, and none that merges."""

from uuid import UUID

from pairs.matching.models import MergeEffect, MergeStep


def find_merge_target(row_id: UUID) -> UUID | None:
    """The id that a merged-away record (family, infant, caregiver, dyad) goes by now; None for any other."""
    found, into = None, _find_direct_target(row_id)
    while into:
        found, into = into, _find_direct_target(into)
    return found


def _find_direct_target(row_id: UUID) -> UUID | None:
    steps = MergeStep.objects.in_force().filter(row_id=str(row_id), what=MergeEffect.SEALED)
    return steps.values_list("into", flat=True).first()
