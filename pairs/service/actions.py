"""Setting the service up and holding roles in it."""

from collections import defaultdict
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from pairs.service.models import Place, RoleAtSite, Site, SitePermission, User
from pairs.service.reference import PLACES, SITES
from pairs.service.roles import ROLES, permissions_of


@transaction.atomic
def lay_foundations() -> None:
    """Sites, places and a group for each role and site, with its permissions. Safe to run again."""
    sites = _lay_sites()
    _lay_places(sites)
    whole = _whole_groups()
    for site in sites.values():
        for role in ROLES:
            if (site.pk, role) not in whole:
                role_at(site=site, role=role)


def _lay_sites() -> dict[str, Site]:
    there = set(Site.objects.values_list("code", flat=True))
    for code, name, is_hub, opens_on in SITES:
        if code not in there:
            Site.objects.create(code=code, name=name, is_hub=is_hub, opens_on=opens_on)
    return {site.code: site for site in Site.objects.all()}


def _lay_places(sites: dict[str, Site]) -> None:
    there = set(Place.objects.values_list("code", flat=True))
    for code, name, lad_code, prefix, needs_icb, covering in PLACES:
        if code not in there:
            details = {"name": name, "lad_code": lad_code, "lsoa_name_prefix": prefix, "needs_icb": needs_icb}
            Place.objects.create(code=code, covering_site=sites[covering], **details)


def _whole_groups() -> set[tuple[UUID, str]]:
    """(site, role) of the groups that hold just the role's permissions there: two queries, however many."""
    held = defaultdict(set)
    rows = SitePermission.objects.values_list("group", "content_object", "permission__codename")
    for group, site, codename in rows:
        held[group, site].add(codename)
    roles = RoleAtSite.objects.filter(role__in=ROLES).values_list("group", "site", "role")
    return {(site, role) for group, site, role in roles if held[group, site] == permissions_of(role)}


def role_at(*, site: Site, role: str) -> RoleAtSite:
    """The group of a role at a site, holding just the role's permissions there."""
    group, _ = Group.objects.get_or_create(name=f"{role}@{site.code}")
    held, _ = RoleAtSite.objects.get_or_create(group=group, defaults={"site": site, "role": role})
    wanted = Permission.objects.filter(content_type__app_label="service", codename__in=permissions_of(role))
    rows = SitePermission.objects.filter(group=group, content_object=site)
    rows.exclude(permission__in=wanted).delete()
    for permission in wanted.exclude(pk__in=rows.values("permission")):
        SitePermission.objects.create(group=group, permission=permission, content_object=site)
    return held


def give_role(*, user: User, role: str, site: Site) -> None:
    """From the next request on, the user holds the role at the site."""
    user.groups.add(role_at(site=site, role=role).group)


def take_role(*, user: User, role: str, site: Site) -> None:
    """From the next request on, the user no longer holds the role at the site."""
    user.groups.remove(role_at(site=site, role=role).group)
