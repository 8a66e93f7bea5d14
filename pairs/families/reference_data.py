"""The lists about families that a new service starts with."""

from pairs.families.exclusion_groups import GROUPS
from pairs.families.models import ExclusionGroup
from pairs.service.actions import add_missing


def load_reference_data():
    """Add the groups that are not listed yet. Safe to run again."""
    rows = ({"code": code, "name": name, "order": order} for order, (code, name) in enumerate(GROUPS, 1))
    add_missing(ExclusionGroup, rows)
