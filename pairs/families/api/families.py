"""The API of families: who is in them, with the dyads. Reading only; writing comes through referrals."""

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_page
from pairs.families.api.infants import InfantOut
from pairs.families.models import Dyad, Family


class DyadOut(serializers.ModelSerializer):
    caregiver_name = serializers.CharField(source="caregiver.name")

    class Meta:
        model = Dyad
        fields = ["id", "infant", "caregiver", "caregiver_name", "relationship", "main_carer", "lives_with"]


class FamilyOut(serializers.ModelSerializer):
    infants = InfantOut(many=True)
    dyads = DyadOut(many=True)
    site = serializers.CharField(source="site.code")

    class Meta:
        model = Family
        fields = ["id", "site", "infants", "dyads"]


@policy.permission("read_families")
@extend_schema(responses=FamilyOut(many=True))
@api_view(["GET"])
def families(request):
    """Families in scope, newest first, 50 a page (?page=2)."""
    page = fetch_page(
        request._request, Family.objects.with_people().select_related("site").order_by("-created_at", "id")
    )
    return Response(
        {"pages": page.paginator.num_pages, "results": FamilyOut(page.object_list, many=True).data}
    )


@policy.permission("read_families")
@extend_schema(responses=FamilyOut)
@api_view(["GET"])
def family(request, family_id):
    """One family with its infants and dyads."""
    return Response(
        FamilyOut(
            fetch(request._request, Family.objects.with_people().select_related("site"), pk=family_id)
        ).data
    )
