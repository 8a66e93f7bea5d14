"""The API of families: who is in them, with the dyads. Reading only; writing comes through referrals."""

from django.db.models import F
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.asking import name_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch
from pairs.access.json_fields import BothRows, Rows
from pairs.access.json_lists import JsonList
from pairs.access.records import live_q
from pairs.families.api.infants import InfantOut
from pairs.families.models import Dyad, Family, Infant


class DyadOut(serializers.ModelSerializer):
    caregiver_name = serializers.CharField(source="caregiver.name")

    class Meta:
        model = Dyad
        fields = ["id", "infant", "caregiver", "caregiver_name", "relationship", "main_carer", "lives_with"]
        sql = {"caregiver_name": name_of("caregiver")}


class FamilyOut(serializers.ModelSerializer):
    infants = InfantOut(many=True)
    dyads = DyadOut(many=True)
    site = serializers.CharField(source="site.code")

    class Meta:
        model = Family
        fields = ["id", "site", "infants", "dyads"]
        sql = {"infants": lambda: BothRows(Rows("infants", _own_infants(), InfantOut()), _infants_beside())}


def _own_infants():
    return Infant.objects.live().order_by("birth_date", "twin_order", "created_at", "id")


def _infants_beside():
    """Those who are held in another family, and here through a dyad alone."""
    dyads = Dyad.objects.live().current().filter(live_q("infant__"))
    beside = dyads.exclude(infant__family=F("family")).order_by("-main_carer", "created_at", "id")
    return Rows("dyads", beside, InfantOut(), through="infant")


FAMILIES = JsonList(
    FamilyOut, lambda: Family.objects.with_people().select_related("site").order_by("-created_at", "id")
)


@policy.permission("read_families")
@extend_schema(responses=FamilyOut(many=True))
@api_view(["GET"])
def families(request):
    """Families in scope, newest first, 50 a page (?page=2)."""
    return Response(FAMILIES.page(request._request))


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
