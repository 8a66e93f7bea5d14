"""The lists about families that a new service starts with, and what grants allow by now."""

from pairs.families.actions.permissions import update_family_permissions
from pairs.families.exclusion_groups import INITIAL_EXCLUSION_GROUPS
from pairs.families.models import ExclusionGroup, FamilyGrant
from pairs.service.actions import insert_missing_rows


def load_reference_data() -> None:
    """Add the groups that are not listed yet; bring grants up to the table of purposes. Safe to run again."""
    rows = (
        {"code": code, "name": name, "order": order}
        for order, (code, name) in enumerate(INITIAL_EXCLUSION_GROUPS, 1)
    )
    insert_missing_rows(ExclusionGroup, rows)
    update_family_permissions(FamilyGrant.objects.all())
