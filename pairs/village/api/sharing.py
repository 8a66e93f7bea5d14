"""The API of sharing agreements and of what may not be disclosed."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.models import Address
from pairs.families.opened import family_of
from pairs.submissions.api import create_once
from pairs.village import actions
from pairs.village.forms import Agreement, LimitEnd, NewLimit, Withdrawal
from pairs.village.models import DisclosureLimit, SharingAgreement

AGREEMENT, WITHDRAWAL = Sheet(form=Agreement), Sheet(form=Withdrawal)
LIMIT, LIMIT_END = Sheet(form=NewLimit), Sheet(form=LimitEnd)


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


def _shown(request, output, pk):
    return output(fetch(request._request, output.Meta.model.objects.all(), pk=pk)).data


def _family(request, family_id):
    return family_of(request._request, family_id, may="register_people" if request.method == "POST" else None)


@policy.permission("read_families", POST="register_people")
@extend_schema(request=schema_of(AGREEMENT, "SharingAgreement"), responses=AgreementOut)
@api_view(["GET", "POST"])
def agreements(request, family_id):
    """GET: every agreement of the family, the withdrawn among them. POST: one more."""
    family = _family(request, family_id)
    if request.method == "GET":
        found = SharingAgreement.objects.filter(family=family).order_by("-created_at")
        rows = fetch_list(request._request, found)
        return Response({"results": AgreementOut(rows, many=True).data})
    form, _ = replace(AGREEMENT, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-agreement",
        make=lambda: actions.agree_sharing(family=family, by=request.user, **form.details()),
        show=lambda pk: _shown(request, AgreementOut, pk),
    )


@policy.permission("register_people")
@extend_schema(request=schema_of(WITHDRAWAL, "Withdrawal"), responses=AgreementOut)
@api_view(["POST"])
def withdrawal(request, agreement_id):
    """Withdraw an agreement: from now on it covers nothing."""
    found = fetch(request._request, SharingAgreement.objects.select_related("family"), pk=agreement_id)
    _family(request, found.family_id)
    form, _ = WITHDRAWAL.read(request.data)
    return create_once(
        request,
        kind="api-withdrawal",
        make=lambda: actions.withdraw_agreement(agreement=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, AgreementOut, pk),
    )


@policy.permission("read_families", POST="register_people")
@extend_schema(request=schema_of(LIMIT, "DisclosureLimit"), responses=LimitOut)
@api_view(["GET", "POST"])
def limits(request, family_id):
    """GET: every “do not disclose” of the family. POST: one more."""
    family = _family(request, family_id)
    if request.method == "GET":
        found = DisclosureLimit.objects.filter(family=family).order_by("-created_at")
        return Response({"results": LimitOut(fetch_list(request._request, found), many=True).data})
    mine = Address.objects.filter(family=family).select_related("infant", "caregiver")
    kwargs = {"family": family, "addresses": fetch_list(request._request, mine)}
    form, _ = replace(LIMIT, kwargs=kwargs).read(request.data)
    return create_once(
        request,
        kind="api-limit",
        make=lambda: actions.limit_disclosure(family=family, by=request.user, **form.details()),
        show=lambda pk: _shown(request, LimitOut, pk),
    )


@policy.permission("register_people")
@extend_schema(request=schema_of(LIMIT_END, "LimitEnd"), responses=LimitOut)
@api_view(["POST"])
def limit_end(request, limit_id):
    """The last day on which a limit holds."""
    found = fetch(request._request, DisclosureLimit.objects.select_related("family"), pk=limit_id)
    _family(request, found.family_id)
    form, _ = LIMIT_END.read(request.data)
    return create_once(
        request,
        kind="api-limit-end",
        make=lambda: actions.end_limit(limit=found, by=request.user, **form.cleaned_data),
        show=lambda pk: _shown(request, LimitOut, pk),
    )
