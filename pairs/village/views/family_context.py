"""Template context that every page of the village shares."""

from typing import Any

from pairs.families.banner import get_family_name
from pairs.families.models import Family


def build_family_context(family: Family) -> dict[str, Any]:
    """The family and its name, for the template."""
    return {"family": family, "name": get_family_name(family)}
