"""The API of referral: make one, and follow one's own. The pages' forms and actions, nothing else."""

from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_page
from pairs.submissions.api import create_once
from referrals.actions import make_referral
from referrals.forms import BabyFormSet, CarerFormSet, WholeReferral
from referrals.models import Referral, ReferredCaregiver
from referrals.rules.told import agreed_steps, may_follow, next_step, status_for_referrer
from referrals.said import agreed_with

SHEET = Sheet(form=WholeReferral, formsets={"infants": BabyFormSet, "caregivers": CarerFormSet})


class ReferralOut(serializers.Serializer):
    """What a referrer may know."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    received_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    status = serializers.SerializerMethodField()
    next_step = serializers.SerializerMethodField()

    agreed = serializers.SerializerMethodField()

    def _told(self, referral):
        return self.context["agreed"].get(referral.family_id)

    def _shared(self, referral):
        return may_follow(permission=referral.permission, agreed=self._told(referral))

    def get_status(self, referral) -> str:
        return status_for_referrer(referral.status, shared=self._shared(referral))

    def get_next_step(self, referral) -> str:
        return next_step(referral.status, shared=self._shared(referral))

    def get_agreed(self, referral) -> list[str]:
        return agreed_steps(self._told(referral)) if self._shared(referral) else []


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
            "id", "reference", "site", "place", "family", "patient", "door", "received_at", "decided_at",
            "status", "response", "thrive", "thrive_reason", "permission", "permission_reason", "concerns", "noticed",
            "parent_says", "hopes", "preferred_place", "safe_contact", "caregivers",
            "source_code", "at_home", "others_involved", "who_comes", "best_times", "unsafe_times",
            "first_visit_together", "asker_name", "asker_role", "asker_group", "asker_organisation", "asker_phone",
            "asker_email",
        ]  # fmt: skip


@policy.permission("make_referrals")
@extend_schema(request=schema_of(SHEET, "NewReferral"), responses=ReferralOut)
@api_view(["GET", "POST"])
def referrals(request):
    """Mine and my team's, newest first, 50 a page; POST refers a family (header Idempotency-Key: once a key)."""
    if request.method == "POST":
        return _make(request)
    newest = Referral.objects.order_by("-received_at", "id")
    page = fetch_page(request._request, newest, within="made_by")
    return Response({"pages": page.paginator.num_pages, "results": _to_referrer(request, page.object_list)})


def _to_referrer(request, rows):
    context = {"agreed": agreed_with(request.user, rows)}
    return ReferralOut(rows, many=True, context=context).data


def _make(request):
    return create_once(
        request,
        kind="api-refer",
        make=lambda: _referral_from(request),
        show=lambda pk: _to_referrer(request, [_of_mine(request, pk)])[0],
    )


def _of_mine(request, pk):
    return fetch(request._request, Referral.objects.all(), pk=pk, within="made_by")


def _referral_from(request):
    form, formsets = SHEET.read(request.data)
    people = {name: formset.rows() for name, formset in formsets.items()}
    return make_referral(by=request.user, door="api", **form.cleaned_data, **people)


@policy.permission("make_referrals", "triage_referrals", "read_families", "govern_records")
@extend_schema(responses=WholeReferralOut)
@api_view(["GET"])
def referral(request, referral_id):
    """Whole to staff within their sites; to whoever made it, where it stands."""
    try:
        found = fetch(request._request, Referral.objects.with_people(), pk=referral_id)
    except Http404:
        return Response(_to_referrer(request, [_of_mine(request, referral_id)])[0])
    return Response(WholeReferralOut(found).data)
