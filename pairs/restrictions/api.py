"""The API of restricted families, through the pages' own forms and actions."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ListApi, RecordApi
from pairs.families.models import FamilyGrant
from pairs.restrictions import record_forms
from pairs.restrictions.actions import query_named
from pairs.restrictions.models import FamilyRestriction
from pairs.restrictions.record_forms import MAY_RESTRICT

GOVERNANCE = "govern_records"


class RestrictionOut(serializers.ModelSerializer):
    """A restriction, by the family's id and without names."""

    class Meta:
        model = FamilyRestriction
        fields = [
            "id", "family", "because", "made_by", "created_at", "review_on", "reviewed_by", "reviewed_at",
            "review_note", "ended_by", "ended_at", "ended_because",
        ]  # fmt: skip


class NamedAccessOut(serializers.ModelSerializer):
    """Who may open a restricted record, and why."""

    class Meta:
        model = FamilyGrant
        fields = ["id", "family", "user", "reason", "granted_by", "created_at", "expires_at"]


@policy.permission(*MAY_RESTRICT)
class FamilyRestricting(record_forms.RestrictFamily, ActionApi):
    """Restrict who can open a family's record."""

    serializer_class = RestrictionOut


@policy.permission(GOVERNANCE)
class RestrictionList(ListApi):
    """Restrictions that have not ended, the next review first."""

    serializer_class = RestrictionOut

    def get_rows(self) -> QuerySet[Any]:
        return FamilyRestriction.objects.current()


@policy.permission(GOVERNANCE)
class RestrictionDetail(record_forms.OfRestriction, RecordApi):
    """One restriction."""

    serializer_class = RestrictionOut


@policy.permission(GOVERNANCE)
class RestrictionReview(record_forms.ReviewRestriction, ActionApi):
    """Record that the restriction is still needed, and the next review."""

    serializer_class = RestrictionOut


@policy.permission(GOVERNANCE)
class NamedAccessList(record_forms.NamePerson, ListApi):
    """GET: who may open the record. POST: name one more person."""

    serializer_class = NamedAccessOut

    def get_rows(self) -> QuerySet[Any]:
        return query_named(self.record.family)


@policy.permission(GOVERNANCE)
class NamedAccessEnding(record_forms.EndNamedAccess, ActionApi):
    """End one person's access to a restricted record."""

    serializer_class = NamedAccessOut


@policy.permission(GOVERNANCE)
class RestrictionEnding(record_forms.EndRestriction, ActionApi):
    """End the restriction: the site's staff can open the record again."""

    serializer_class = RestrictionOut
