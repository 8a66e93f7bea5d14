"""The API of peer support: the team's side, and a peer supporter's own."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.alongside import actions
from interventions.alongside.forms import Ending, NewPeerLog, NewPeerSupporter, Worry
from interventions.alongside.models import PeerLog, PeerSupport
from interventions.alongside.shared_plan import shared_goals
from interventions.alongside.views.peers import carers_of, held_here, link_of
from interventions.alongside.views.supported import MINE, carers_shown, links_of, supported
from interventions.plans.paper import family_plan
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list, fetch_page
from pairs.families.banner import family_name
from pairs.families.forms import EnteredInError
from pairs.families.models import Family, RiskAlert
from pairs.families.opened import family_of
from pairs.families.shown import limits_of
from pairs.submissions.api import create_once

LINK, END = Sheet(form=NewPeerSupporter, kwargs={"carers": None}), Sheet(form=Ending)
LOG, WORRY, TAKEN_BACK = Sheet(form=NewPeerLog), Sheet(form=Worry), Sheet(form=EnteredInError)


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


class SupportedOut(serializers.Serializer):
    """What a peer supporter may know of a family."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    alerts = serializers.ListField(child=serializers.CharField())
    carers = SafeContactOut(many=True)
    plan = serializers.ListField(child=serializers.DictField())
    goals = serializers.ListField(child=serializers.DictField())


class ToldOut(serializers.Serializer):
    """That it was heard: the alert itself is read by others."""

    told = serializers.BooleanField()


def _link_shown(request, pk):
    return PeerSupportOut(fetch(request._request, PeerSupport.objects.with_people(), pk=pk)).data


@policy.permission("read_families", "govern_records", POST="write_records")
@extend_schema(request=schema_of(LINK, "NewPeerSupporter"), responses=PeerSupportOut(many=True))
@api_view(["GET", "POST"])
def peer_support(request, family_id):
    """GET: who is linked to the family, or was. POST: link a peer supporter."""
    if request.method == "GET":
        family = family_of(request._request, family_id)
        rows = fetch_list(request._request, PeerSupport.objects.filter(family=family).with_people())
        return Response(PeerSupportOut(rows, many=True).data)
    family = held_here(request._request, family_id)
    form, _ = replace(LINK, kwargs={"carers": carers_of(request._request, family)}).read(request.data)
    return create_once(
        request,
        kind="api-peer-support",
        make=lambda: actions.link_peer_supporter(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: _link_shown(request, pk),
    )


@policy.permission("write_records")
@extend_schema(request=schema_of(END, "PeerEnding"), responses=PeerSupportOut)
@api_view(["POST"])
def peer_ending(request, peer_id):
    """End the link, and the access with it."""
    link = link_of(request._request, peer_id)
    form, _ = END.read(request.data)
    return create_once(
        request,
        kind="api-peer-ending",
        make=lambda: actions.end_peer_support(link=link, by=request.user, **form.cleaned_data),
        show=lambda pk: _link_shown(request, pk),
    )


@policy.permission("read_families", "govern_records")
@extend_schema(responses=PeerLogOut(many=True))
@api_view(["GET"])
def peer_log(request, family_id):
    """What the family's peer supporters wrote, newest first, 50 a page; for the team."""
    family = family_of(request._request, family_id)
    page = fetch_page(request._request, PeerLog.objects.filter(support__family=family).newest_first())
    results = PeerLogOut(page.object_list, many=True).data
    return Response({"pages": page.paginator.num_pages, "results": results})


@policy.permission("support_families")
@extend_schema(responses=SupportedOut(many=True))
@api_view(["GET"])
def supported_families(request):
    """The families a peer supporter is linked to: their ids and names."""
    rows = fetch_list(request._request, Family.objects.with_people(), within=MINE)
    return Response([{"id": family.pk, "name": family_name(family)} for family in rows])


@policy.permission("support_families")
@extend_schema(responses=SupportedOut)
@api_view(["GET"])
def supported_family(request, family_id):
    """One of them: alerts, safe contact, their hopes. No note is here."""
    family = supported(request._request, family_id)
    carers = carers_shown(family, links_of(request._request, family))
    alerts = RiskAlert.objects.live().filter(family=family).open()
    reached = [
        {
            "name": carer.name_or_role,
            "phone": carer.phone,
            "safe_contact": carer.safe_contact,
            "take_care": limits_of(carer),
        }
        for carer in carers
    ]
    answer = {"id": family.pk, "name": family_name(family), "alerts": [alert.what for alert in alerts]}
    goals = shared_goals(family, [carer.pk for carer in carers])
    plan = [{"heading": heading, "words": words} for heading, words in family_plan(family)]
    return Response(SupportedOut(answer | {"carers": reached, "plan": plan, "goals": goals}).data)


@policy.permission("support_families")
@extend_schema(request=schema_of(LOG, "NewPeerLog"), responses=PeerLogOut(many=True))
@api_view(["GET", "POST"])
def own_log(request, family_id):
    """GET: a peer supporter's own lines about the family. POST: one more."""
    family = supported(request._request, family_id)
    if request.method == "GET":
        rows = fetch_list(request._request, _lines().filter(support__family=family), within=MINE)
        return Response(PeerLogOut(rows, many=True).data)
    link = fetch(request._request, PeerSupport.objects.with_people(), within=MINE, family=family_id)
    form, _ = LOG.read(request.data)
    return create_once(
        request,
        kind="api-own-log",
        make=lambda: actions.write_peer_log(link=link, by=request.user, **form.cleaned_data),
        show=lambda pk: PeerLogOut(fetch(request._request, _lines(), within=MINE, pk=pk)).data,
    )


def _lines():
    return PeerLog.objects.newest_first()


@policy.permission("support_families")
@extend_schema(request=schema_of(TAKEN_BACK, "PeerLogInError"), responses=ToldOut)
@api_view(["POST"])
def log_in_error(request, log_id):
    """Take back a line of one's own."""
    log = fetch(request._request, PeerLog.objects.newest_first(), within=MINE, pk=log_id)
    form, _ = TAKEN_BACK.read(request.data)
    return create_once(
        request,
        kind="api-log-in-error",
        make=lambda: actions.mark_log_in_error(log=log, by=request.user, **form.cleaned_data),
        show=lambda pk: {"told": True},
    )


@policy.permission("support_families")
@extend_schema(request=schema_of(WORRY, "Worry"), responses=ToldOut)
@api_view(["POST"])
def worry(request, family_id):
    """“I’m worried”: whoever leads, and duty, are told at once."""
    family = supported(request._request, family_id)
    form, _ = WORRY.read(request.data)
    return create_once(
        request,
        kind="api-worry",
        make=lambda: actions.raise_worry(family=family, by=request.user, **form.cleaned_data),
        show=lambda pk: {"told": True},
    )
