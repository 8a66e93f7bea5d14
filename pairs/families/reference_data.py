"""The lists about families that a new service starts with."""

from pairs.families.exclusion_groups import INITIAL_EXCLUSION_GROUPS
from pairs.families.models import ExclusionGroup
from pairs.service.actions import insert_missing_rows


def load_reference_data() -> None:
    """Add the groups that are not listed yet. Safe to run again."""
    rows = (
        {"code": code, "name": name, "order": order}
        for order, (code, name) in enumerate(INITIAL_EXCLUSION_GROUPS, 1)
    )
    insert_missing_rows(ExclusionGroup, rows)
