"""What one person may reach: loaded once a request, frozen, and empty unless something grants it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pairs.service.models import SitePermission


@dataclass(frozen=True)
class Scope:
    """Site ids by permission, the roles held, and who it is. No permission, no rows."""

    user_id: UUID | None = None
    team_id: UUID | None = None
    sites_by_permission: Mapping[str, frozenset[UUID]] = field(default_factory=dict, hash=False)
    roles: frozenset[str] = frozenset()

    def sites(self, *permissions: str) -> frozenset[UUID]:
        """Ids of the sites where any of the permissions is held."""
        held = (self.sites_by_permission.get(name, frozenset()) for name in permissions)
        return frozenset().union(*held)

    def may(self, *permissions: str, at: UUID | None = None) -> bool:
        """Is any of the permissions held, at that site or (without ``at``) anywhere?"""
        sites = self.sites(*permissions)
        return at in sites if at else bool(sites)


NOBODY = Scope()


def scope_of(user: Any) -> Scope:
    """One query: what the user's groups may do at which site. Deactivated and anonymous people get NOBODY."""
    if not (user and user.is_authenticated and user.is_active):
        return NOBODY
    sites: dict[str, set[UUID]] = defaultdict(set)
    roles: set[str] = set()
    held = SitePermission.objects.filter(group__user=user.pk).values_list(
        "permission__codename", "content_object_id", "group__roleatsite__role"
    )
    for codename, site_id, role in held:
        sites[codename].add(site_id)
        roles.add(role)
    return Scope(
        user_id=user.pk,
        team_id=user.team_id,
        sites_by_permission={name: frozenset(ids) for name, ids in sites.items()},
        roles=frozenset(roles),
    )
