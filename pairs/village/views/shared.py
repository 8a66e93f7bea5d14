"""What the pages of this room share: whose record it is, and what they say of the family."""

from pairs.families.banner import family_name


def whose(family):
    """What every page of this room says of the family."""
    return {"family": family, "name": family_name(family)}
