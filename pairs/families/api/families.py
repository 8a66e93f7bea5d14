"""The API of families: who is in them, with the dyads. Reading only; writing comes through referrals."""

from uuid import UUID

from django.db.models import F
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api_descriptions import extend_schema
from pairs.access.batch_query import build_person_name
from pairs.access.json_fields import CombinedRows, RelatedRows
from pairs.access.json_lists import JsonList
from pairs.access.records import live_q
from pairs.access.visible_records import get_visible_or_404
from pairs.families.api.infants import InfantOut
from pairs.families.models import Dyad, Family, Infant
from pairs.families.models.people import InfantQuerySet


class DyadOut(serializers.ModelSerializer):
    caregiver_name = serializers.CharField(source="caregiver.name")

    class Meta:
        model = Dyad
        fields = ["id", "infant", "caregiver", "caregiver_name", "relationship", "main_carer", "lives_with"]
        sql = {"caregiver_name": build_person_name("caregiver")}


class FamilyOut(serializers.ModelSerializer):
    infants = InfantOut(many=True)
    dyads = DyadOut(many=True)
    site = serializers.CharField(source="site.code")

    class Meta:
        model = Family
        fields = ["id", "site", "infants", "dyads"]
        sql = {
            "infants": lambda: CombinedRows(
                RelatedRows("infants", _query_own_infants(), InfantOut()), _build_linked_infants()
            )
        }


def _query_own_infants() -> InfantQuerySet:
    return Infant.objects.live().order_by("birth_date", "twin_order", "created_at", "id")


def _build_linked_infants() -> RelatedRows:
    """Those who are held in another family, and here through a dyad alone."""
    dyads = Dyad.objects.live().current().filter(live_q("infant__"))
    beside = dyads.exclude(infant__family=F("family")).order_by("-main_carer", "created_at", "id")
    return RelatedRows("dyads", beside, InfantOut(), through="infant")


FAMILY_LIST = JsonList(
    FamilyOut, lambda: Family.objects.with_people().select_related("site").order_by("-created_at", "id")
)


@policy.permission("read_families")
@extend_schema(responses=FamilyOut(many=True))
@api_view(["GET"])
def list_families_api(request: Request) -> Response:
    """Families in scope, newest first, 50 a page (?page=2)."""
    return Response(FAMILY_LIST.page(request._request))


@policy.permission("read_families")
@extend_schema(responses=FamilyOut)
@api_view(["GET"])
def show_family_api(request: Request, family_id: UUID) -> Response:
    """One family with its infants and dyads."""
    return Response(
        FamilyOut(
            get_visible_or_404(
                request._request, Family.objects.with_people().select_related("site"), pk=family_id
            )
        ).data
    )
