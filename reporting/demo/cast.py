"""The demo's staff: those who can sign in, and colleagues who carry the rest of the work."""

from collections.abc import Iterator

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from pairs.service.actions import give_role, lay_foundations
from pairs.service.models import Site, Team, User

PASSWORD = "demo-pairs-2026"
STAFFED = ("blackpool", "blackburn-with-darwen", "hyndburn")
FAMILIES_PER_COLLEAGUE = 300

# username: (display name, profession, [(role, site)], team)
CAST = {
    "hub": ("Hana Hub", "Parent-infant psychotherapist", [("practitioner", "blackpool")], None),
    "blackburn": ("Bilal Blackburn", "Parent-infant practitioner", [("practitioner", "blackburn-with-darwen")], None),
    "hyndburn": ("Hettie Hyndburn", "Parent-infant practitioner", [("practitioner", "hyndburn")], None),
    "supervisor": ("Sunita Supervisor", "Clinical lead", [("supervisor", site) for site in STAFFED], None),
    "duty": ("Dermot Duty", "Duty clinician", [("duty", site) for site in STAFFED], None),
    "healthvisitor": ("Helen Visitor", "Health visitor", [("referrer", "blackpool")], "East"),
    "healthvisitor2": ("Harvey Visitor", "Health visitor", [("referrer", "blackpool")], "West"),
    "peer": ("Priya Peer", "Peer supporter", [("peer_supporter", "blackburn-with-darwen")], None),
    "manager": ("Mary Manager", "Service manager", [("manager", "blackpool")], None),
    "governance": ("Gwen Governance", "Information governance lead", [("governance", site) for site in STAFFED], None),
    "administrator": ("Ade Administrator", "System administrator", [("administrator", "blackpool")], None),
}
COLLEAGUE_NAMES = (
    "Anwen Testlake", "Basma Exampleton", "Callum Demowood", "Dilys Sampleby", "Ehsan Mockridge", "Fern Trialston",
    "Gareth Draftley", "Husna Specimen", "Iona Modelford", "Jamal Testlake", "Kezia Exampleton", "Lorcan Demowood",
)  # fmt: skip


def make_cast() -> dict[str, User]:
    """{username: User} of those who can sign in, with teams and roles, in the connected database."""
    lay_foundations()
    return join(CAST, make_password(PASSWORD))


def make_colleagues(families: int) -> dict[str, User]:
    """Practitioners and a referring team for the rest of the work; nobody can sign in as them."""
    return join(dict(_colleagues(families)), UNUSABLE_PASSWORD_PREFIX + "demo")


def colleagues_at(site: str, families: int) -> list[str]:
    """Usernames of the site's practitioners who are not of the cast."""
    count = max(2, families // FAMILIES_PER_COLLEAGUE)
    return [f"{site}-{number}" for number in range(1, count + 1)]


def _colleagues(families: int) -> Iterator[tuple[str, tuple]]:
    for site in STAFFED:
        for number, username in enumerate(colleagues_at(site, families)):
            name = COLLEAGUE_NAMES[(number * len(STAFFED) + STAFFED.index(site)) % len(COLLEAGUE_NAMES)]
            yield username, (name, "Parent-infant practitioner", [("practitioner", site)], None)
    for number, name in enumerate(COLLEAGUE_NAMES[-3:], 1):
        yield f"referrer-{number}", (name, "Health visitor", [("referrer", "blackpool")], "Coast")


def join(people: dict[str, tuple], password: str) -> dict[str, User]:
    """The people with their accounts, teams and roles. ``password`` is hashed already: once for all of them."""
    sites = {site.code: site for site in Site.objects.all()}
    return {username: _join_one(username, password, sites, *person) for username, person in people.items()}


def _join_one(username, password, sites, display_name, profession, roles, team):
    user = User(
        username=username, email=f"{username}@pairs.example", display_name=display_name, profession=profession
    )
    user.password = password
    user.team = _team(team) if team else None
    user.save()
    for role, site in roles:
        give_role(user=user, role=role, site=sites[site])
    return user


def _team(name):
    details = {"organisation": "Example Community Trust", "source_code": "A2"}
    return Team.objects.get_or_create(name=f"{name} health visitors", defaults=details)[0]
