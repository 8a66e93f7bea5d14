"""The API of families: who is in them, with the dyads. Reading only; writing comes through referrals."""

from django.db.models import F
from rest_framework import serializers

from pairs.access import policy
from pairs.access.batch_query import build_person_name
from pairs.access.json_fields import CombinedRows, RelatedRows
from pairs.access.json_lists import JsonList, JsonRows
from pairs.access.records import live_q
from pairs.api.views import ListApi, RecordApi
from pairs.families.api.infants import InfantOut
from pairs.families.models import Dyad, Family, Infant
from pairs.families.models.people import InfantQuerySet
from pairs.families.record_forms import FamilyRecordLookup


class FamilyDyadOut(serializers.ModelSerializer):
    caregiver_name = serializers.CharField(source="caregiver.name")

    class Meta:
        model = Dyad
        fields = ["id", "infant", "caregiver", "caregiver_name", "relationship", "main_carer", "lives_with"]
        sql = {"caregiver_name": build_person_name("caregiver")}


class FamilyOut(serializers.ModelSerializer):
    infants = InfantOut(many=True)
    dyads = FamilyDyadOut(many=True)
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
class FamilyList(ListApi):
    """The families that you may open, newest first, each with its infants and dyads."""

    serializer_class = FamilyOut

    def get_rows(self) -> JsonRows:
        return FAMILY_LIST.rows(self.request)


@policy.permission("read_families")
class FamilyDetail(FamilyRecordLookup, RecordApi):
    """One family with its infants and dyads."""

    model, serializer_class = Family, FamilyOut
