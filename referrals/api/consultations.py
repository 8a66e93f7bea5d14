"""The API of consultations, and the list of concerns: the pages' own forms and actions."""

from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.submissions.api import create_once
from referrals.actions.consultations import ask_for_consultation
from referrals.forms.consultations import NewConsultationForm
from referrals.models import Concern, Consultation
from referrals.models.consultations import ConsultationQuerySet
from referrals.rules.choices import ConsultationStatus

CONSULTATION_INPUT = FormInput(form=NewConsultationForm)


class ConcernOut(serializers.ModelSerializer):
    class Meta:
        model = Concern
        fields = ["code", "version", "family_voice", "professional_voice", "order"]


@policy.permission("make_referrals", "triage_referrals", "read_families")
@extend_schema(responses=ConcernOut(many=True))
@api_view(["GET"])
def list_concerns_api(request: Request) -> Response:
    """Relationship concerns on offer, in order, in family and professional wording. None is a score."""
    return Response(ConcernOut(Concern.objects.offered(), many=True).data)


class ConsultationStatusOut(serializers.ModelSerializer):
    """What the asker's team may see."""

    clinician = serializers.SerializerMethodField()

    class Meta:
        model = Consultation
        fields = ["id", "reference", "status", "asked_at", "arranged_for", "clinician"]

    def get_clinician(self, consultation: Consultation) -> str:
        return str(consultation.clinician or "")


class OwnConsultationOut(ConsultationStatusOut):
    """What the asker may see: their question and, once held, the advice."""

    thoughts = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()

    class Meta(ConsultationStatusOut.Meta):
        fields = [*ConsultationStatusOut.Meta.fields, "about", "held_on", "minutes", "thoughts", "outcome"]

    def get_thoughts(self, consultation: Consultation) -> str:
        return consultation.thoughts if consultation.status == ConsultationStatus.HELD else ""

    def get_outcome(self, consultation: Consultation) -> str:
        return consultation.outcome if consultation.status == ConsultationStatus.HELD else ""


class ConsultationOut(OwnConsultationOut):
    """What staff see."""

    site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    place = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta(OwnConsultationOut.Meta):
        fields = [
            *OwnConsultationOut.Meta.fields, "site", "place", "family", "referral", "named", "who", "permission",
            "permission_reason", "best_times", "asker_name", "asker_role", "asker_group", "asker_organisation",
            "asker_phone",
        ]  # fmt: skip


@policy.permission("make_referrals", "triage_referrals", POST="make_referrals")
@extend_schema(
    request=build_input_serializer(CONSULTATION_INPUT, "NewConsultation"), responses=ConsultationOut
)
@api_view(["GET", "POST"])
def list_or_create_consultations(request: Request) -> Response:
    """List consultations, 50 a page; POST requests one (header Idempotency-Key: once a key)."""
    if request.method == "POST":
        return _create_consultation_once(request)
    staff = request._request.scope.may("triage_referrals")
    page = get_visible_page(request._request, _select_listed(), within="visible_to" if staff else "made_by")
    results = [_serialize_consultation(request, each, staff=staff) for each in page.object_list]
    return Response({"pages": page.paginator.num_pages, "results": results})


def _select_listed() -> ConsultationQuerySet:
    return Consultation.objects.select_related("clinician", "site", "place")


def _serialize_consultation(request: Request, consultation: Consultation, *, staff: bool) -> ReturnDict:
    if staff:
        return ConsultationOut(consultation).data
    mine = consultation.asked_by_id == request.user.pk
    return (OwnConsultationOut if mine else ConsultationStatusOut)(consultation).data


def _create_consultation_once(request: Request) -> Response:
    return create_once(
        request,
        kind="api-consultation",
        make=lambda: _ask_from_payload(request),
        show=lambda pk: _serialize_consultation(request, _get_own_consultation(request, pk), staff=False),
    )


def _ask_from_payload(request: Request) -> Consultation:
    form, _ = CONSULTATION_INPUT.read(request.data)
    return ask_for_consultation(by=request.user, **form.details())


def _get_own_consultation(request: Request, pk: UUID) -> Any:
    return get_visible_or_404(request._request, _select_listed(), pk=pk, within="made_by")


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
@extend_schema(responses=ConsultationOut)
@api_view(["GET"])
def show_consultation_api(request: Request, consultation_id: UUID) -> Response:
    """One consultation: in full for staff at its site; status and advice for the person who asked."""
    try:
        found = get_visible_or_404(request._request, _select_listed(), pk=consultation_id)
    except Http404:
        return Response(
            _serialize_consultation(request, _get_own_consultation(request, consultation_id), staff=False)
        )
    return Response(ConsultationOut(found).data)
