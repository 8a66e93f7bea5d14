"""Writes what grants allow as object permissions, by the one table of purposes."""

from collections.abc import Iterable

from django.contrib.auth.models import Permission
from django.db import transaction

from pairs.families.models import Family, FamilyGrant, FamilyPermission
from pairs.service.roles import get_purpose_permissions


@transaction.atomic
def update_family_permissions(grants: Iterable[FamilyGrant]) -> None:
    """Each of these grants has a row for each permission of its purpose, and no others."""
    codes, by_id = load_family_permission_ids(), {grant.pk: grant for grant in grants}
    wanted = {
        (pk, codes[name]) for pk, grant in by_id.items() for name in get_purpose_permissions(grant.purpose)
    }
    rows = FamilyPermission.objects.filter(grant__in=by_id)
    there = {(grant, code): pk for grant, code, pk in rows.values_list("grant", "permission", "pk")}
    too_many = [pk for row, pk in there.items() if row not in wanted]
    FamilyPermission.objects.filter(pk__in=too_many).delete()
    FamilyPermission.objects.bulk_create(
        _build_row(by_id[pk], code) for pk, code in sorted(wanted - there.keys())
    )


def load_family_permission_ids() -> dict[str, int]:
    """{codename: id} of the permissions on a family."""
    label, model = Family._meta.app_label, Family._meta.model_name
    ours = Permission.objects.filter(content_type__app_label=label, content_type__model=model)
    return dict(ours.values_list("codename", "pk"))


def _build_row(grant: FamilyGrant, permission_id: int) -> FamilyPermission:
    """guardian's ``assign_perm`` finds a row by person and family: of two grants one would go without."""
    return FamilyPermission(
        grant=grant, permission_id=permission_id, user_id=grant.user_id, content_object_id=grant.family_id
    )
