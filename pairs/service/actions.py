"""Setting the service up and holding roles in it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Model

from pairs.code_lists.reference import PLACES, SITES
from pairs.service.models import Place, RoleAtSite, Site, SitePermission, User
from pairs.service.roles import Role, get_role_permissions


@transaction.atomic
def create_sites_and_roles() -> None:
    """Sites, places and a group for each role and site, with its permissions. Safe to run again."""
    sites = _create_sites()
    _create_places(sites)
    ensure_role_groups([(site, role) for site in sites.values() for role in Role])


def insert_missing_rows(model: type[Model], rows: Iterable[dict[str, Any]], *, key: str = "code") -> None:
    """Insert the rows whose key is not in the table; those that are stay as the service has left them."""
    present = set(model._default_manager.values_list(key, flat=True))
    model._default_manager.bulk_create(model(**row) for row in rows if row[key] not in present)


def _create_sites() -> dict[str, Site]:
    fields = ("code", "name", "is_hub", "opens_on")
    insert_missing_rows(Site, (dict(zip(fields, row, strict=True)) for row in SITES))
    return {site.code: site for site in Site.objects.all()}


def _create_places(sites: dict[str, Site]) -> None:
    fields = ("code", "name", "lad_code", "lsoa_name_prefix", "needs_icb")
    rows = (dict(zip(fields, facts, strict=True), covering_site=sites[code]) for *facts, code in PLACES)
    insert_missing_rows(Place, rows)


@transaction.atomic
def ensure_role_groups(wanted: Iterable[tuple[Site, str]]) -> list[RoleAtSite]:
    """The groups of these (site, role), in their order, made or mended to hold just the role's permissions there."""
    groups = _create_groups({(site, role): f"{role}@{site.code}" for site, role in wanted})
    insert_missing_rows(
        RoleAtSite,
        [{"group_id": group.pk, "site": site, "role": role} for (site, role), group in groups.items()],
        key="group_id",
    )
    _set_permissions(groups)
    held = RoleAtSite.objects.in_bulk([group.pk for group in groups.values()])
    return [held[group.pk] for group in groups.values()]


def _create_groups(names: dict[tuple[Site, str], str]) -> dict[tuple[Site, str], Group]:
    insert_missing_rows(Group, [{"name": name} for name in names.values()], key="name")
    groups = {group.name: group for group in Group.objects.filter(name__in=names.values())}
    return {place: groups[name] for place, name in names.items()}


def _set_permissions(groups: dict[tuple[Site, str], Group]) -> None:
    """Each group holds its role's permissions at its site, and no others there."""
    service = Permission.objects.filter(content_type__app_label="service")
    permissions = dict(service.values_list("codename", "pk"))
    rows = {
        (group.pk, site.pk, permissions[codename])
        for (site, role), group in groups.items()
        for codename in get_role_permissions(role)
    }
    there = _load_group_permissions(groups)
    too_many = [pk for row, pk in there.items() if row not in rows]
    SitePermission.objects.filter(pk__in=too_many).delete()
    SitePermission.objects.bulk_create(
        SitePermission(group_id=group, content_object_id=site, permission_id=permission)
        for group, site, permission in sorted(rows - there.keys())
    )


def _load_group_permissions(groups: dict[tuple[Site, str], Group]) -> dict[tuple[int, UUID, int], int]:
    """(group, site, permission) → row, of what these groups hold at their own sites."""
    own = {(group.pk, site.pk) for (site, _), group in groups.items()}
    rows = SitePermission.objects.filter(group__in=groups.values())
    found = rows.values_list("group", "content_object", "permission", "pk")
    return {(group, site, permission): pk for group, site, permission, pk in found if (group, site) in own}


def ensure_role_group(*, site: Site, role: str) -> RoleAtSite:
    """The group of a role at a site, holding just the role's permissions there."""
    return ensure_role_groups([(site, role)])[0]


def assign_role(*, user: User, role: str, site: Site) -> None:
    """From the next request on, the user holds the role at the site."""
    user.groups.add(ensure_role_group(site=site, role=role).group)


def remove_role(*, user: User, role: str, site: Site) -> None:
    """From the next request on, the user no longer holds the role at the site."""
    user.groups.remove(ensure_role_group(site=site, role=role).group)
