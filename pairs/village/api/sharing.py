"""The API of sharing agreements and of what may not be disclosed."""

from dataclasses import replace
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.models import Address, Family
from pairs.submissions.api import create_once
from pairs.village import actions
from pairs.village.forms import AgreementForm, LimitEndForm, NewLimitForm, WithdrawalForm
from pairs.village.models import DisclosureLimit, SharingAgreement

AGREEMENT_INPUT, WITHDRAWAL_INPUT = FormInput(form=AgreementForm), FormInput(form=WithdrawalForm)
LIMIT_INPUT, LIMIT_END_INPUT = FormInput(form=NewLimitForm), FormInput(form=LimitEndForm)


class AgreementOut(serializers.ModelSerializer):
    class Meta:
        model = SharingAgreement
        fields = [
            "id", "family", "member", "team", "agency", "what", "how_often", "until", "agreed_by", "agreed_on",
            "without_consent_because", "withdrawn_on", "withdrawn_because",
        ]  # fmt: skip


class LimitOut(serializers.ModelSerializer):
    class Meta:
        model = DisclosureLimit
        fields = [
            "id", "family", "infant", "caregiver", "member", "address", "not_to_caregiver", "not_to_member",
            "not_to_name", "reason", "since", "until", "ended_because",
        ]  # fmt: skip


def _serialize_sharing_row(request, output, pk):
    return output(get_visible_or_404(request._request, output.Meta.model.objects.all(), pk=pk)).data


def _get_family_for_sharing(request: Request, family_id: UUID) -> Family:
    return get_family(
        request._request, family_id, may="register_people" if request.method == "POST" else None
    )


@policy.permission("read_families", POST="register_people")
@extend_schema(request=build_input_serializer(AGREEMENT_INPUT, "SharingAgreement"), responses=AgreementOut)
@api_view(["GET", "POST"])
def list_or_record_agreements(request: Request, family_id: UUID) -> Response:
    """GET: every sharing agreement of the family, withdrawn ones included. POST: record one."""
    family = _get_family_for_sharing(request, family_id)
    if request.method == "GET":
        found = SharingAgreement.objects.filter(family=family).order_by("-created_at")
        rows = list_visible(request._request, found)
        return Response({"results": AgreementOut(rows, many=True).data})
    form, _ = replace(AGREEMENT_INPUT, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-agreement",
        make=lambda: actions.agree_sharing(family=family, by=request.user, **form.action_kwargs()),
        show=lambda pk: _serialize_sharing_row(request, AgreementOut, pk),
    )


@policy.permission("register_people")
@extend_schema(request=build_input_serializer(WITHDRAWAL_INPUT, "Withdrawal"), responses=AgreementOut)
@api_view(["POST"])
def withdraw_agreement_api(request, agreement_id):
    """Withdraw an agreement: from now on it covers nothing."""
    found = get_visible_or_404(
        request._request, SharingAgreement.objects.select_related("family"), pk=agreement_id
    )
    _get_family_for_sharing(request, found.family_id)
    form, _ = WITHDRAWAL_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-withdrawal",
        make=lambda: actions.withdraw_agreement(agreement=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_sharing_row(request, AgreementOut, pk),
    )


@policy.permission("read_families", POST="register_people")
@extend_schema(request=build_input_serializer(LIMIT_INPUT, "DisclosureLimit"), responses=LimitOut)
@api_view(["GET", "POST"])
def list_or_record_limits(request: Request, family_id: UUID) -> Response:
    """GET: every “do not disclose” limit of the family. POST: record one."""
    family = _get_family_for_sharing(request, family_id)
    if request.method == "GET":
        found = DisclosureLimit.objects.filter(family=family).order_by("-created_at")
        return Response({"results": LimitOut(list_visible(request._request, found), many=True).data})
    mine = Address.objects.filter(family=family).select_related("infant", "caregiver")
    kwargs = {"family": family, "addresses": list_visible(request._request, mine)}
    form, _ = replace(LIMIT_INPUT, kwargs=kwargs).read(request.data)
    return create_once(
        request,
        kind="api-limit",
        make=lambda: actions.limit_disclosure(family=family, by=request.user, **form.action_kwargs()),
        show=lambda pk: _serialize_sharing_row(request, LimitOut, pk),
    )


@policy.permission("register_people")
@extend_schema(request=build_input_serializer(LIMIT_END_INPUT, "LimitEnd"), responses=LimitOut)
@api_view(["POST"])
def end_limit_api(request, limit_id):
    """Set the last day on which a limit holds."""
    found = get_visible_or_404(
        request._request, DisclosureLimit.objects.select_related("family"), pk=limit_id
    )
    _get_family_for_sharing(request, found.family_id)
    form, _ = LIMIT_END_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-limit-end",
        make=lambda: actions.end_limit(limit=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_sharing_row(request, LimitOut, pk),
    )
