"""Accounts for the demo's staff: the cast, who can sign in, and their colleagues, who cannot."""

from functools import cache

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from pairs.demo.staff import CAST, PASSWORD, TEAMS, list_colleagues
from pairs.service.actions import create_sites_and_roles
from pairs.service.models import RoleAtSite, RoleTerm, Team, User

__all__ = ["CAST", "PASSWORD", "add_cast", "make_cast", "make_colleagues"]


def make_cast() -> dict[str, User]:
    """{username: User} of those who can sign in, with teams and roles, in the connected database."""
    create_sites_and_roles()
    return add_cast()


def add_cast() -> dict[str, User]:
    """The same where the sites and their roles are there already."""
    return _create_accounts(CAST, _hash_password(PASSWORD))


def make_colleagues(families: int) -> dict[str, User]:
    """Practitioners and referrers for the rest of the work; nobody can sign in as them."""
    colleagues = _create_accounts(list_colleagues(families), UNUSABLE_PASSWORD_PREFIX + "demo")
    _date_roles(colleagues)
    return colleagues


def _date_roles(users: dict[str, User]) -> None:
    """They hold their roles since their site opened."""
    held = RoleAtSite.objects.filter(group__user__in=users.values()).select_related("site")
    opened = {each.pk: each.site.opens_on for each in held if each.site.opens_on}
    rows = User.groups.through.objects.filter(user__in=users.values(), group__in=opened)
    RoleTerm.objects.bulk_create(
        RoleTerm(user_id=row.user_id, held_id=row.group_id, starts_on=opened[row.group_id])
        for row in rows.order_by("user", "group")
    )


@cache
def _hash_password(password: str) -> str:
    """Hashing is slow by design, and once is enough."""
    return make_password(password)


def _create_accounts(people: dict[str, tuple], password: str) -> dict[str, User]:
    """Accounts, teams and roles, a query a table. ``password`` is hashed already."""
    teams = {
        code: _get_or_create_team(code) for code in sorted({team for *_, team in people.values() if team})
    }
    users = {
        username: User(
            username=username,
            display_name=display_name,
            profession=profession,
            password=password,
            email=f"{username}@pairs.example",
            team=teams.get(team),
        )
        for username, (display_name, profession, _, team) in people.items()
    }
    User.objects.bulk_create(users.values())
    _assign_roles(users, {username: roles for username, (_, _, roles, _) in people.items()})
    return users


def _assign_roles(users: dict[str, User], roles: dict[str, list]) -> None:
    held = RoleAtSite.objects.values_list("role", "site__code", "group")
    groups = {(role, site): group for role, site, group in held}
    joined = [(users[username].pk, groups[each]) for username, wanted in roles.items() for each in wanted]
    through = User.groups.through
    through.objects.bulk_create(through(user_id=user, group_id=group) for user, group in joined)


def _get_or_create_team(code: str) -> Team:
    name, organisation, source = TEAMS[code]
    details = {"organisation": organisation, "source_code": source}
    return Team.objects.get_or_create(name=name, defaults=details)[0]
