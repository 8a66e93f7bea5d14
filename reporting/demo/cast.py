"""Accounts for the demo's staff: the cast, who can sign in, and their colleagues, who cannot."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from pairs.service.actions import give_role, lay_foundations
from pairs.service.models import Site, Team, User
from reporting.demo.staff import CAST, PASSWORD, TEAMS, colleagues

__all__ = ["CAST", "PASSWORD", "make_cast", "make_colleagues"]


def make_cast() -> dict[str, User]:
    """{username: User} of those who can sign in, with teams and roles, in the connected database."""
    lay_foundations()
    return _join(CAST, make_password(PASSWORD))


def make_colleagues(families: int) -> dict[str, User]:
    """Practitioners and referrers for the rest of the work; nobody can sign in as them."""
    return _join(colleagues(families), UNUSABLE_PASSWORD_PREFIX + "demo")


def _join(people: dict[str, tuple], password: str) -> dict[str, User]:
    """Accounts, teams and roles. ``password`` is hashed already: hashing is slow, and once is enough."""
    sites = {site.code: site for site in Site.objects.all()}
    return {username: _join_one(username, password, sites, *person) for username, person in people.items()}


def _join_one(username, password, sites, display_name, profession, roles, team):
    user = User(username=username, display_name=display_name, profession=profession, password=password)
    user.email = f"{username}@pairs.example"
    user.team = _team(team) if team else None
    user.save()
    for role, site in roles:
        give_role(user=user, role=role, site=sites[site])
    return user


def _team(code):
    name, organisation, source = TEAMS[code]
    details = {"organisation": organisation, "source_code": source}
    return Team.objects.get_or_create(name=name, defaults=details)[0]
