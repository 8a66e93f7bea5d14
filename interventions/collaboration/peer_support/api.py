"""API of peer support: for the team, and for peer supporters themselves."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.collaboration.peer_support import record_forms
from interventions.collaboration.peer_support.families import (
    WITHIN_SUPPORTED,
    get_supported_family,
    list_own_peer_links,
    list_supported_family_lines,
    select_supported_carers,
)
from interventions.collaboration.peer_support.shared_goals import list_shared_goals
from interventions.plans.printed_plan import get_family_plan
from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi
from pairs.families.banner import get_family_name
from pairs.families.models import Caregiver, Family, RiskAlert
from pairs.families.presenters import list_carer_contact_limits
from pairs.families.record_forms import FamilyRecordLookup
from pairs.families.safe_contact import describe_safe_contact


class PeerSupportOut(serializers.ModelSerializer):
    class Meta:
        model = PeerSupport
        fields = [
            "id", "family", "supporter", "caregiver", "why", "agreed_on", "linked_at", "ended_at", "ended_because",
        ]  # fmt: skip


class PeerLogOut(serializers.ModelSerializer):
    by = serializers.UUIDField(source="support.supporter_id")

    class Meta:
        model = PeerLog
        fields = ["id", "by", "day", "how", "minutes", "who", "line"]


class SafeContactOut(serializers.Serializer):
    """How to reach one carer, and what not to do."""

    name = serializers.CharField()
    phone = serializers.CharField()
    safe_contact = serializers.CharField()
    safe_contact_sentence = serializers.CharField(help_text="How it is safe to reach them, in one sentence.")
    take_care = serializers.ListField(child=serializers.CharField())


class SharedPlanPartOut(serializers.Serializer):
    """A part of the family's plan."""

    heading = serializers.CharField()
    words = serializers.CharField()


class SharedGoalOut(serializers.Serializer):
    """What the family hopes for."""

    words = serializers.CharField()
    whose = serializers.CharField()


class SupportedFamilyNameOut(serializers.Serializer):
    """A family that one is linked to."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class SupportedFamilyOut(SupportedFamilyNameOut):
    """What a peer supporter may know of a family."""

    alerts = serializers.ListField(child=serializers.CharField())
    carers = SafeContactOut(many=True)
    plan = SharedPlanPartOut(many=True)
    goals = SharedGoalOut(many=True)


class AcknowledgementOut(serializers.Serializer):
    """Confirms receipt; the peer supporter does not see the alert itself."""

    told = serializers.BooleanField()


@policy.permission("read_families", "govern_records", POST="write_records")
class PeerSupportList(record_forms.LinkPeerSupporter, ListApi):
    """GET: current and past peer supporters of the family. POST: link a peer supporter."""

    serializer_class = PeerSupportOut

    def get_rows(self) -> QuerySet[PeerSupport]:
        return PeerSupport.objects.filter(family=self.family).with_people()


@policy.permission("write_records")
class PeerSupportEnding(record_forms.EndPeerSupport, ActionApi):
    """End the link and the access that came with it."""

    serializer_class = PeerSupportOut


@policy.permission("read_families", "govern_records")
class PeerLogList(FamilyRecordLookup, ListApi):
    """The log of the family's peer supporters, newest first; for the team."""

    serializer_class = PeerLogOut
    model = Family

    def get_rows(self) -> QuerySet[PeerLog]:
        return PeerLog.objects.filter(support__family=self.family).newest_first()


@policy.permission("support_families")
class SupportedFamilyList(ListApi):
    """The families that you are linked to as a peer supporter."""

    serializer_class = SupportedFamilyNameOut

    def get_rows(self) -> list[dict[str, Any]]:
        return list_supported_family_lines(self.request)


@policy.permission("support_families")
class SupportedFamilyDetail(ApiView):
    """One supported family: alerts, safe contact, shared plan and goals. No clinical notes."""

    serializer_class = SupportedFamilyOut

    def get(self, request: Request, family_id: UUID) -> Response:
        family = get_supported_family(request, family_id)
        carers = select_supported_carers(family, list_own_peer_links(request, family))
        alerts = RiskAlert.objects.live().filter(family=family).open()
        known = {
            "id": family.pk,
            "name": get_family_name(family),
            "alerts": [alert.what for alert in alerts],
            "carers": [_present_carer(carer) for carer in carers],
            "plan": [{"heading": heading, "words": words} for heading, words in get_family_plan(family)],
            "goals": list_shared_goals(family, [carer.pk for carer in carers]),
        }
        return Response(self.serialize(known))


def _present_carer(carer: Caregiver) -> dict[str, Any]:
    return {
        "name": carer.name_or_role,
        "phone": carer.phone,
        "safe_contact": carer.safe_contact,
        "safe_contact_sentence": describe_safe_contact(carer).sentence,
        "take_care": list_carer_contact_limits(carer),
    }


@policy.permission("support_families")
class OwnLogList(record_forms.WritePeerLog, ListApi):
    """GET: your own log lines about the family. POST: add a line."""

    serializer_class = PeerLogOut
    within = WITHIN_SUPPORTED

    def get_rows(self) -> QuerySet[PeerLog]:
        return PeerLog.objects.newest_first().filter(support__family=self.family)

    def get_shown_records(self) -> QuerySet[PeerLog]:
        return PeerLog.objects.newest_first()


class AcknowledgedApi(ActionApi):
    """Something that whoever did it may not read afterwards."""

    serializer_class = AcknowledgementOut

    def get_shown_record(self, pk: UUID) -> dict[str, bool]:
        return {"told": True}


@policy.permission("support_families")
class LogInError(record_forms.MarkLogInError, AcknowledgedApi):
    """Mark one of your own log lines as entered in error."""


@policy.permission("support_families")
class Worry(record_forms.RaiseWorry, AcknowledgedApi):
    """Raise a worry as a risk alert: the lead and the duty clinician are told at once."""
