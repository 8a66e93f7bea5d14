"""Who works with a family, as the apps above say it: they have to be named before its record is restricted."""

from pairs.families.models import Family
from pairs.service.hooks import collect_from_hooks
from pairs.service.models import User


def list_leads(family: Family) -> list[User]:
    """Whoever leads open work with the family."""
    return _list_people("list_leads", family)


def list_team(family: Family) -> list[User]:
    """Those, and whoever else works with it."""
    return _list_people("list_team", family)


def _list_people(name: str, family: Family) -> list[User]:
    return sorted(set(collect_from_hooks("family_team", name, family)), key=str)
