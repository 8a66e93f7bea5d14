"""What was given to one person about one family, as part of what they may reach (pairs.access.scope)."""

from uuid import UUID

from django.db.models import QuerySet

from pairs.families.models import FamilyPermission


def query_granted_permissions(user_id: UUID) -> QuerySet[FamilyPermission]:
    """The permissions on families that are in force for this person, each with its grant."""
    return FamilyPermission.objects.of_user(user_id)
