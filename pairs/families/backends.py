"""django-guardian's question about one family or site (``user.has_perm``), answered by the person's scope."""

from dataclasses import replace
from typing import Any

from guardian.backends import ObjectPermissionBackend

from pairs.access.scope import Scope, load_scope
from pairs.families.models import Family
from pairs.service.models import Site


class ScopeBackend(ObjectPermissionBackend):
    """Guardian looks for rows: it knows no last day, no restriction, and no record out of sight. Pages do."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """As a page would let them in. ``perm``: with the app's label or without."""
        label, _, name = perm.rpartition(".")
        is_ours = obj is not None and label in ("", obj._meta.app_label)
        return is_ours and name in self.get_all_permissions(user_obj, obj)

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return _list_permissions(load_scope(user_obj), obj)

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """By roles alone, without what was given to this person."""
        return _list_permissions(replace(load_scope(user_obj), granted={}), obj)


def _list_permissions(scope: Scope, obj: Any) -> set[str]:
    if isinstance(obj, Site):
        return {name for name, sites in scope.sites_by_permission.items() if obj.pk in sites}
    return _list_family_permissions(scope, obj) if isinstance(obj, Family) else set()


def _list_family_permissions(scope: Scope, family: Family) -> set[str]:
    """A page is read by whoever sees the family and reads somewhere; it is written by right at its site, or given."""
    this = Family.objects.filter(pk=family.pk)
    seen = this.visible_to(scope).first()
    held = {
        "read_families": seen and scope.may("read_families"),
        "write_records": seen and scope.may("write_records", at=seen.site_id, of=seen.pk),
        "support_families": scope.may("support_families") and this.supported_by(scope).exists(),
    }
    return {name for name, is_held in held.items() if is_held}
