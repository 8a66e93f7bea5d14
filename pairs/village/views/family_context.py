"""Template context that every page of the village shares."""

from pairs.families.banner import get_family_name


def build_family_context(family):
    """The family and its name, for the template."""
    return {"family": family, "name": get_family_name(family)}
