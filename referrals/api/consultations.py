"""The API of consultations, and the list of concerns."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from pairs.access import policy
from pairs.api.views import ActionApi, ApiView, ListApi, RecordApi
from referrals.models import Concern, Consultation, ConsultationProfessional
from referrals.record_forms.consultations import (
    HOLDERS,
    AskForConsultation,
    FollowUpConsultation,
    LogConsultation,
    RecordConsultation,
)
from referrals.record_forms.referrals import StaffOrReferrerLookup
from referrals.rules.choices import ConsultationStatus

TEAM_KEYS = ("id", "reference", "status", "asked_at", "arranged_for", "clinician", "clinician_name")
ASKER_KEYS = ("about", "held_on", "minutes", "thoughts", "agreed", "outcome")
STAFF_KEYS = (
    "site", "place", "family", "referral", "named", "who", "permission", "permission_reason", "best_times",
    "asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone", "came_by", "professionals",
    "follow_up_on", "happened_next", "followed_up_on",
)  # fmt: skip


class RelationshipConcernOut(serializers.ModelSerializer):
    """A concern in both voices: forms take its ``code``."""

    class Meta:
        model = Concern
        fields = ["code", "version", "family_voice", "professional_voice", "order"]


class ConsultationProfessionalOut(serializers.ModelSerializer):
    """A professional who took part besides the person who asked."""

    class Meta:
        model = ConsultationProfessional
        fields = ["name", "group", "organisation"]


class ConsultationOut(serializers.ModelSerializer):
    """A consultation: in full to staff; question and advice to whoever asked; where it stands to their team."""

    # With ``asker`` (a user's id) in its context it writes for that person, and not for staff.

    clinician_name = serializers.SerializerMethodField(
        help_text='The colleague who will hold it; "" while no one is named.'
    )
    site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    place = serializers.CharField(
        source="known_place.code", read_only=True, allow_null=True,
        help_text="The district, by code; null where it is not stated.",
    )  # fmt: skip

    professionals = ConsultationProfessionalOut(many=True, read_only=True, required=False)

    class Meta:
        model = Consultation
        fields = [*TEAM_KEYS, *ASKER_KEYS, *STAFF_KEYS]
        extra_kwargs = {name: {"required": False} for name in (*ASKER_KEYS, *STAFF_KEYS)}

    def get_clinician_name(self, consultation: Consultation) -> str:
        return str(consultation.clinician or "")

    def to_representation(self, consultation: Consultation) -> dict[str, Any]:
        shown = super().to_representation(consultation)
        if consultation.status != ConsultationStatus.HELD:
            shown |= {"thoughts": "", "agreed": "", "outcome": ""}
        return {name: shown[name] for name in self._list_keys(consultation)}

    def _list_keys(self, consultation: Consultation) -> tuple[str, ...]:
        if "asker" not in self.context:
            return (*TEAM_KEYS, *ASKER_KEYS, *STAFF_KEYS)
        return (*TEAM_KEYS, *ASKER_KEYS) if consultation.asked_by_id == self.context["asker"] else TEAM_KEYS


@policy.permission("make_referrals", "triage_referrals", "read_families")
class RelationshipConcernList(ListApi):
    """Relationship concerns on offer, in order, in family and professional wording; none is a score."""

    serializer_class = RelationshipConcernOut

    def get_rows(self) -> list[Concern]:
        return list(Concern.objects.offered())


@policy.permission("make_referrals", *HOLDERS, POST="make_referrals")
class ConsultationList(AskForConsultation, ListApi):
    """GET: consultations asked for at your sites, or by you and your team. POST: ask for one."""

    serializer_class = ConsultationOut

    def get_rows(self) -> QuerySet[Any]:
        if self.request.scope.may(*HOLDERS):
            self.within = "visible_to"
        return Consultation.objects.with_professionals()

    def get_shown_records(self) -> QuerySet[Any]:
        return Consultation.objects.with_professionals()

    def get_serializer_context(self) -> dict[str, Any]:
        return build_reader_context(self)


@policy.permission("make_referrals", "triage_referrals", "write_records", "read_families", "govern_records")
class ConsultationDetail(StaffOrReferrerLookup, RecordApi):
    """One consultation: in full for staff at its site; status and advice for whoever asked."""

    serializer_class = ConsultationOut

    def get_records(self) -> QuerySet[Any]:
        return Consultation.objects.with_professionals()

    def get_serializer_context(self) -> dict[str, Any]:
        return build_reader_context(self)


class HeldConsultationAnswer(ApiView):
    """Answers a consultation to staff."""

    serializer_class = ConsultationOut

    def get_shown_records(self) -> QuerySet[Any]:
        return Consultation.objects.with_professionals()


@policy.permission(*HOLDERS)
class ConsultationLog(HeldConsultationAnswer, LogConsultation, ActionApi):
    """Record a consultation at a drop-in clinic or by phone, which nobody requested first."""


@policy.permission(*HOLDERS)
class ConsultationRecord(HeldConsultationAnswer, RecordConsultation, ActionApi):
    """Record that a consultation was held: who took part, what was thought and agreed, and the outcome."""


@policy.permission(*HOLDERS, "read_families", PATCH=HOLDERS)
class ConsultationFollowUp(HeldConsultationAnswer, FollowUpConsultation, RecordApi):
    """GET: a consultation. PATCH: what happened next."""


def build_reader_context(view: ApiView) -> dict[str, Any]:
    """For ConsultationOut: nothing for staff; for whoever reaches it as its asker or their team, who that is."""
    return {"asker": view.request.user.pk} if view.within == "made_by" else {}
