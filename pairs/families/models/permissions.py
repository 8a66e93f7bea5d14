"""What a grant lets its holder do with a family: django-guardian's user permissions, with real keys."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from pairs.database.fields import ProtectedKey
from pairs.database.history import tracked
from pairs.families.models.family import Family, FamilyGrant


class FamilyPermissionQuerySet(models.QuerySet):
    def of_user(self, user_id: uuid.UUID | None) -> "FamilyPermissionQuerySet":
        """Those in force: their grant opens its family now, and is of this very person and family."""
        in_force = FamilyGrant.objects.of_user(user_id)
        return self.filter(grant__in=in_force, user_id=user_id, content_object=F("grant__family"))


@tracked
class FamilyPermission(UserObjectPermissionBase):
    """django-guardian's user permission, kept with a real foreign key to Family: one thing that a grant allows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # guardian's own key would delete these rows with the account.
    user = ProtectedKey(settings.AUTH_USER_MODEL, related_name="family_permissions")
    content_object = ProtectedKey(Family, related_name="permissions")
    grant = ProtectedKey(FamilyGrant, related_name="permissions")
    objects = UserObjectPermissionManager.from_queryset(FamilyPermissionQuerySet)()
    privacy = {"staff": "permission"}

    # Not guardian's own Meta: a person may have two grants of a family, each with a row for the same permission.
    class Meta:
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["grant", "permission"], name="one_row_a_grant_and_permission")
        ]
