"""The API of consultations, and the list of concerns: the pages' own forms and actions."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_page
from pairs.submissions.api import create_once
from referrals.actions.consultations import ask_for_consultation
from referrals.forms.consultations import NewConsultation
from referrals.models import Concern, Consultation

SHEET = Sheet(form=NewConsultation)


class ConcernOut(serializers.ModelSerializer):
    class Meta:
        model = Concern
        fields = ["code", "version", "family_voice", "professional_voice", "order"]


@policy.permission("make_referrals", "triage_referrals", "read_families")
@extend_schema(responses=ConcernOut(many=True))
@api_view(["GET"])
def concerns(request):
    """The concerns that are offered, in their order and in both voices. None is needed, and none is a score."""
    return Response(ConcernOut(Concern.objects.offered(), many=True).data)


class ConsultationStatusOut(serializers.ModelSerializer):
    """What a team of the asker may know."""

    clinician = serializers.SerializerMethodField()

    class Meta:
        model = Consultation
        fields = ["id", "reference", "status", "asked_at", "arranged_for", "clinician"]

    def get_clinician(self, consultation) -> str:
        return str(consultation.clinician or "")


class OwnConsultationOut(ConsultationStatusOut):
    """What whoever asked may know: what they asked, and once it was held what we thought together."""

    thoughts = serializers.SerializerMethodField()
    outcome = serializers.SerializerMethodField()

    class Meta(ConsultationStatusOut.Meta):
        fields = [*ConsultationStatusOut.Meta.fields, "about", "held_on", "minutes", "thoughts", "outcome"]

    def get_thoughts(self, consultation) -> str:
        return consultation.thoughts if consultation.status == "held" else ""

    def get_outcome(self, consultation) -> str:
        return consultation.outcome if consultation.status == "held" else ""


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
@extend_schema(request=schema_of(SHEET, "NewConsultation"), responses=ConsultationOut)
@api_view(["GET", "POST"])
def consultations(request):
    """Those of one's sites, or one's own and one's team's, 50 a page; POST asks (Idempotency-Key: once a key)."""
    if request.method == "POST":
        return _make(request)
    staff = request._request.scope.may("triage_referrals")
    page = fetch_page(request._request, _listed(), within="visible_to" if staff else "made_by")
    results = [_shown(request, each, staff=staff) for each in page.object_list]
    return Response({"pages": page.paginator.num_pages, "results": results})


def _listed():
    return Consultation.objects.select_related("clinician", "site", "place")


def _shown(request, consultation, *, staff):
    if staff:
        return ConsultationOut(consultation).data
    mine = consultation.asked_by_id == request.user.pk
    return (OwnConsultationOut if mine else ConsultationStatusOut)(consultation).data


def _make(request):
    return create_once(
        request,
        kind="api-consultation",
        make=lambda: _asked(request),
        show=lambda pk: _shown(request, _of_mine(request, pk), staff=False),
    )


def _asked(request):
    form, _ = SHEET.read(request.data)
    return ask_for_consultation(by=request.user, **form.details())


def _of_mine(request, pk):
    return fetch(request._request, _listed(), pk=pk, within="made_by")


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
@extend_schema(responses=ConsultationOut)
@api_view(["GET"])
def consultation(request, consultation_id):
    """Whole to staff within their sites; to whoever asked, where it stands and what we thought together."""
    try:
        found = fetch(request._request, _listed(), pk=consultation_id)
    except Http404:
        return Response(_shown(request, _of_mine(request, consultation_id), staff=False))
    return Response(ConsultationOut(found).data)
