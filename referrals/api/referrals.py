"""The API of referrals: submit one and follow one's own, through the pages' forms and actions."""

from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnList

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page
from pairs.submissions.api import create_once
from referrals.actions import make_referral
from referrals.forms import BabyFormSet, CarerFormSet, WholeReferralForm
from referrals.models import Referral, ReferredCaregiver
from referrals.rules.choices import EntryPoint
from referrals.rules.referrer_visibility import (
    describe_agreed_sharing,
    describe_next_step,
    describe_status_for_referrer,
    may_see_progress,
)
from referrals.summary import load_agreements

REFERRAL_INPUT = FormInput(
    form=WholeReferralForm, formsets={"infants": BabyFormSet, "caregivers": CarerFormSet}
)


class ReferralOut(serializers.Serializer):
    """What a referrer may see."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    received_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    status = serializers.SerializerMethodField()
    next_step = serializers.SerializerMethodField()

    agreed = serializers.SerializerMethodField()

    def _get_agreement(self, referral: Referral) -> frozenset[str] | None:
        return self.context["agreed"].get(referral.family_id)

    def _is_shared(self, referral: Referral) -> bool:
        return may_see_progress(permission=referral.permission, agreed=self._get_agreement(referral))

    def get_status(self, referral: Referral) -> str:
        return describe_status_for_referrer(referral.status, shared=self._is_shared(referral))

    def get_next_step(self, referral: Referral) -> str:
        return describe_next_step(referral.status, shared=self._is_shared(referral))

    def get_agreed(self, referral: Referral) -> list[str]:
        return describe_agreed_sharing(self._get_agreement(referral)) if self._is_shared(referral) else []


class CarerOut(serializers.ModelSerializer):
    class Meta:
        model = ReferredCaregiver
        fields = ["id", "given_name", "family_name", "relationship", "main_carer", "became"]


class WholeReferralOut(serializers.ModelSerializer):
    """What staff see."""

    site = serializers.SlugRelatedField(slug_field="code", read_only=True)
    place = serializers.SlugRelatedField(slug_field="code", read_only=True)
    concerns = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    caregivers = CarerOut(many=True)

    class Meta:
        model = Referral
        fields = [
            "id", "reference", "site", "place", "family", "patient", "entry_point", "received_at", "decided_at",
            "status", "response", "thrive", "thrive_reason", "permission", "permission_reason", "concerns", "noticed",
            "parent_says", "hopes", "preferred_place", "safe_contact", "caregivers",
            "source_code", "at_home", "others_involved", "who_comes", "best_times", "unsafe_times",
            "first_visit_together", "asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone",
            "asker_email",
        ]  # fmt: skip


@policy.permission("make_referrals")
@extend_schema(request=build_input_serializer(REFERRAL_INPUT, "NewReferral"), responses=ReferralOut)
@api_view(["GET", "POST"])
def list_or_create_referrals(request: Request) -> Response:
    """Mine and my team's, newest first, 50 a page; POST refers a family (header Idempotency-Key: once a key)."""
    if request.method == "POST":
        return _create_referral_once(request)
    newest = Referral.objects.order_by("-received_at", "id")
    page = get_visible_page(request._request, newest, within="made_by")
    return Response(
        {"pages": page.paginator.num_pages, "results": _serialize_for_referrer(request, page.object_list)}
    )


def _serialize_for_referrer(request: Request, rows: list[Referral]) -> ReturnList:
    context = {"agreed": load_agreements(request.user, rows)}
    return ReferralOut(rows, many=True, context=context).data


def _create_referral_once(request: Request) -> Response:
    return create_once(
        request,
        kind="api-refer",
        make=lambda: _create_referral_from_payload(request),
        show=lambda pk: _serialize_for_referrer(request, [_get_own_referral(request, pk)])[0],
    )


def _get_own_referral(request: Request, pk: UUID) -> Any:
    return get_visible_or_404(request._request, Referral.objects.all(), pk=pk, within="made_by")


def _create_referral_from_payload(request: Request) -> Referral:
    form, formsets = REFERRAL_INPUT.read(request.data)
    people = {name: formset.rows() for name, formset in formsets.items()}
    return make_referral(by=request.user, entry_point=EntryPoint.API, **form.cleaned_data, **people)


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
@extend_schema(responses=WholeReferralOut)
@api_view(["GET"])
def show_referral_api(request: Request, referral_id: UUID) -> Response:
    """One referral: in full for staff at its site; its status for the referrer."""
    try:
        found = get_visible_or_404(request._request, Referral.objects.with_people(), pk=referral_id)
    except Http404:
        return Response(_serialize_for_referrer(request, [_get_own_referral(request, referral_id)])[0])
    return Response(WholeReferralOut(found).data)
