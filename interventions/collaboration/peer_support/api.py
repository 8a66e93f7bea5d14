"""API of peer support: for the team, and for peer supporters themselves."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.collaboration import actions
from interventions.collaboration.forms import (
    EndPeerSupportForm,
    NewPeerLogForm,
    NewPeerSupporterForm,
    WorryForm,
)
from interventions.collaboration.models import PeerLog, PeerSupport
from interventions.collaboration.peer_support.models import PeerLogQuerySet
from interventions.collaboration.peer_support.shared_goals import list_shared_goals
from interventions.collaboration.peer_support.views.supporter import (
    WITHIN_SUPPORTED,
    get_supported_family,
    list_own_peer_links,
    select_supported_carers,
)
from interventions.collaboration.peer_support.views.team import (
    get_editable_peer_link,
    get_family_at_own_site,
    query_family_carers,
)
from interventions.plans.printed_plan import get_family_plan
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, get_visible_page, list_visible
from pairs.families.access import get_family
from pairs.families.banner import get_family_name
from pairs.families.forms import EnteredInErrorForm
from pairs.families.models import Family, RiskAlert
from pairs.families.presenters import list_carer_contact_limits
from pairs.submissions.api import create_once

LINK_INPUT, END_INPUT = (
    FormInput(form=NewPeerSupporterForm, kwargs={"carers": None}),
    FormInput(form=EndPeerSupportForm),
)
LOG_INPUT, WORRY_INPUT, IN_ERROR_INPUT = (
    FormInput(form=NewPeerLogForm),
    FormInput(form=WorryForm),
    FormInput(form=EnteredInErrorForm),
)


class PeerSupportOut(serializers.ModelSerializer):
    supporter = serializers.CharField(source="supporter.username")

    class Meta:
        model = PeerSupport
        fields = [
            "id", "family", "supporter", "caregiver", "why", "agreed_on", "linked_at", "ended_at", "ended_because",
        ]  # fmt: skip


class PeerLogOut(serializers.ModelSerializer):
    by = serializers.CharField(source="support.supporter.username")

    class Meta:
        model = PeerLog
        fields = ["id", "by", "day", "how", "minutes", "who", "line"]


class SafeContactOut(serializers.Serializer):
    """How to reach one carer, and what not to do."""

    name = serializers.CharField()
    phone = serializers.CharField()
    safe_contact = serializers.CharField()
    take_care = serializers.ListField(child=serializers.CharField())


class SupportedFamilyOut(serializers.Serializer):
    """What a peer supporter may know of a family."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    alerts = serializers.ListField(child=serializers.CharField())
    carers = SafeContactOut(many=True)
    plan = serializers.ListField(child=serializers.DictField())
    goals = serializers.ListField(child=serializers.DictField())


class AcknowledgementOut(serializers.Serializer):
    """Confirms receipt; the peer supporter does not see the alert itself."""

    told = serializers.BooleanField()


def _serialize_peer_support(request, pk):
    return PeerSupportOut(get_visible_or_404(request._request, PeerSupport.objects.with_people(), pk=pk)).data


@policy.permission("read_families", "govern_records", POST="write_records")
@extend_schema(
    request=build_input_serializer(LINK_INPUT, "NewPeerSupporter"), responses=PeerSupportOut(many=True)
)
@api_view(["GET", "POST"])
def list_or_link_peer_supporters(request: Request, family_id: UUID) -> Response:
    """GET: current and past peer supporters of the family. POST: link a peer supporter."""
    if request.method == "GET":
        family = get_family(request._request, family_id)
        rows = list_visible(request._request, PeerSupport.objects.filter(family=family).with_people())
        return Response(PeerSupportOut(rows, many=True).data)
    family = get_family_at_own_site(request._request, family_id)
    form, _ = replace(LINK_INPUT, kwargs={"carers": query_family_carers(request._request, family)}).read(
        request.data
    )
    return create_once(
        request,
        kind="api-peer-support",
        make=lambda: actions.link_peer_supporter(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_peer_support(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=build_input_serializer(END_INPUT, "PeerEnding"), responses=PeerSupportOut)
@api_view(["POST"])
def end_peer_support_api(request, peer_id):
    """End the link and the access that came with it."""
    link = get_editable_peer_link(request._request, peer_id)
    form, _ = END_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-peer-ending",
        make=lambda: actions.end_peer_support(link=link, by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_peer_support(request, pk),
    )


@policy.permission("read_families", "govern_records")
@extend_schema(responses=PeerLogOut(many=True))
@api_view(["GET"])
def list_peer_log_api(request: Request, family_id: UUID) -> Response:
    """List the log of the family's peer supporters, newest first, 50 a page; for the team."""
    family = get_family(request._request, family_id)
    page = get_visible_page(request._request, PeerLog.objects.filter(support__family=family).newest_first())
    results = PeerLogOut(page.object_list, many=True).data
    return Response({"pages": page.paginator.num_pages, "results": results})


@policy.permission("support_families")
@extend_schema(responses=SupportedFamilyOut(many=True))
@api_view(["GET"])
def list_supported_families_api(request: Request) -> Response:
    """List the families you are linked to as a peer supporter: ids and names."""
    rows = list_visible(request._request, Family.objects.with_people(), within=WITHIN_SUPPORTED)
    return Response([{"id": family.pk, "name": get_family_name(family)} for family in rows])


@policy.permission("support_families")
@extend_schema(responses=SupportedFamilyOut)
@api_view(["GET"])
def show_supported_family_api(request: Request, family_id: UUID) -> Response:
    """Show one supported family: alerts, safe contact, shared plan and goals. No clinical notes."""
    family = get_supported_family(request._request, family_id)
    carers = select_supported_carers(family, list_own_peer_links(request._request, family))
    alerts = RiskAlert.objects.live().filter(family=family).open()
    reached = [
        {
            "name": carer.name_or_role,
            "phone": carer.phone,
            "safe_contact": carer.safe_contact,
            "take_care": list_carer_contact_limits(carer),
        }
        for carer in carers
    ]
    answer = {"id": family.pk, "name": get_family_name(family), "alerts": [alert.what for alert in alerts]}
    goals = list_shared_goals(family, [carer.pk for carer in carers])
    plan = [{"heading": heading, "words": words} for heading, words in get_family_plan(family)]
    return Response(SupportedFamilyOut(answer | {"carers": reached, "plan": plan, "goals": goals}).data)


@policy.permission("support_families")
@extend_schema(request=build_input_serializer(LOG_INPUT, "NewPeerLog"), responses=PeerLogOut(many=True))
@api_view(["GET", "POST"])
def list_or_add_own_log_lines(request: Request, family_id: UUID) -> Response:
    """GET: your own log lines about the family. POST: add a line."""
    family = get_supported_family(request._request, family_id)
    if request.method == "GET":
        rows = list_visible(
            request._request, _query_log_lines().filter(support__family=family), within=WITHIN_SUPPORTED
        )
        return Response(PeerLogOut(rows, many=True).data)
    link = get_visible_or_404(
        request._request, PeerSupport.objects.with_people(), within=WITHIN_SUPPORTED, family=family_id
    )
    form, _ = LOG_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-own-log",
        make=lambda: actions.write_peer_log(link=link, by=request.user, **form.cleaned_data),
        show=lambda pk: (
            PeerLogOut(
                get_visible_or_404(request._request, _query_log_lines(), within=WITHIN_SUPPORTED, pk=pk)
            ).data
        ),
    )


def _query_log_lines() -> PeerLogQuerySet:
    return PeerLog.objects.newest_first()


@policy.permission("support_families")
@extend_schema(request=build_input_serializer(IN_ERROR_INPUT, "PeerLogInError"), responses=AcknowledgementOut)
@api_view(["POST"])
def mark_log_in_error_api(request, log_id):
    """Mark one of your own log lines as entered in error."""
    log = get_visible_or_404(
        request._request, PeerLog.objects.newest_first(), within=WITHIN_SUPPORTED, pk=log_id
    )
    form, _ = IN_ERROR_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-log-in-error",
        make=lambda: actions.mark_log_in_error(log=log, by=request.user, **form.cleaned_data),
        show=lambda pk: {"told": True},
    )


@policy.permission("support_families")
@extend_schema(request=build_input_serializer(WORRY_INPUT, "Worry"), responses=AcknowledgementOut)
@api_view(["POST"])
def raise_worry_api(request: Request, family_id: UUID) -> Any:
    """Raise a worry as a risk alert: the lead and the duty clinician are notified at once."""
    family = get_supported_family(request._request, family_id)
    form, _ = WORRY_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-worry",
        make=lambda: actions.raise_worry(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: {"told": True},
    )
