"""The standing cast: the same few people in every test, so that each test tells the same story."""

import functools

from django.contrib.auth.hashers import make_password

from pairs.service.actions import give_role, lay_foundations
from pairs.service.models import Site, Team, User

PASSWORD = "demo-pairs-2026"

# username: (display name, profession, [(role, site)], team)
CAST = {
    "hub": ("Hana Hub", "Parent-infant psychotherapist", [("practitioner", "blackpool")], None),
    "blackburn": (
        "Bilal Blackburn",
        "Parent-infant practitioner",
        [("practitioner", "blackburn-with-darwen")],
        None,
    ),
    "hyndburn": ("Hettie Hyndburn", "Parent-infant practitioner", [("practitioner", "hyndburn")], None),
    "supervisor": (
        "Sunita Supervisor",
        "Clinical lead",
        [("supervisor", "blackpool"), ("supervisor", "blackburn-with-darwen"), ("supervisor", "hyndburn")],
        None,
    ),
    "duty": (
        "Dermot Duty",
        "Duty clinician",
        [("duty", "blackpool"), ("duty", "blackburn-with-darwen"), ("duty", "hyndburn")],
        None,
    ),
    "healthvisitor": ("Helen Visitor", "Health visitor", [("referrer", "blackpool")], "East"),
    "healthvisitor2": ("Harvey Visitor", "Health visitor", [("referrer", "blackpool")], "West"),
    "peer": ("Priya Peer", "Peer supporter", [("peer_supporter", "blackburn-with-darwen")], None),
    "manager": ("Mary Manager", "Service manager", [("manager", "blackpool")], None),
    "governance": (
        "Gwen Governance",
        "Information governance lead",
        [
            (role, site)
            for role in ("governance",)
            for site in ("blackpool", "blackburn-with-darwen", "hyndburn")
        ],
        None,
    ),
    "administrator": ("Ade Administrator", "System administrator", [("administrator", "blackpool")], None),
}


def make_cast():
    """{username: User}, with teams and roles, in the connected database."""
    lay_foundations()
    sites = {site.code: site for site in Site.objects.all()}
    return {username: _join(username, sites, *person) for username, person in CAST.items()}


@functools.cache
def _hashed():
    """Hashed once: argon2 is slow on purpose."""
    return make_password(PASSWORD)


def _join(username, sites, display_name, profession, roles, team):
    user = User(
        username=username, email=f"{username}@pairs.example", display_name=display_name, profession=profession
    )
    user.password = _hashed()
    if team:
        details = {"organisation": "Example Community Trust", "source_code": "A2"}
        user.team, _ = Team.objects.get_or_create(name=f"{team} health visitors", defaults=details)
    user.save()
    for role, site in roles:
        give_role(user=user, role=role, site=sites[site])
    return user
