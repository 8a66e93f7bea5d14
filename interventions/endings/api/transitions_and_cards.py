"""API of transition plans (turning two and five) and of return cards."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.serializer_helpers import ReturnDict

from interventions.endings import actions
from interventions.endings.forms import TransitionForm, WayBackForm, build_way_back_initial
from interventions.endings.models import TransitionPlan, WayBack
from interventions.endings.views.transitions import list_transition_days, query_transition_plans
from pairs.access import policy
from pairs.access.api import FormInput, build_input_serializer
from pairs.access.api_descriptions import extend_schema
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.models import Family
from pairs.submissions.api import create_once

TRANSITION_INPUT, CARD_INPUT = FormInput(form=TransitionForm), FormInput(form=WayBackForm)


class TransitionPlanOut(serializers.ModelSerializer):
    class Meta:
        model = TransitionPlan
        fields = ["id", "infant", "turning", "who_next", "agreed_with", "agreed_on", "note"]


class TransitionDayOut(serializers.Serializer):
    infant = serializers.UUIDField()
    turning = serializers.CharField()
    announced_on = serializers.DateField()
    birthday = serializers.DateField()


class TransitionsOut(serializers.Serializer):
    """Each child's transition days, and the plans, newest first."""

    days = TransitionDayOut(many=True)
    plans = TransitionPlanOut(many=True)


def _serialize_transition_days(family: Family) -> list[dict[str, Any]]:
    names = ("turning", "announced_on", "birthday")
    return [
        {"infant": infant.pk, **{name: getattr(each, name) for name in names}}
        for infant, each in list_transition_days(family)
    ]


@policy.permission("read_families", POST="write_records")
@extend_schema(request=build_input_serializer(TRANSITION_INPUT, "Transition"), responses=TransitionsOut)
@api_view(["GET", "POST"])
def list_or_plan_transitions(request: Request, family_id: UUID) -> Response:
    """GET: transition days and plans. POST: add a plan; ``child`` is “two:” or “five:” and the child's id."""
    may = None if request.method == "GET" else "write_records"
    family = get_family(request._request, family_id, may=may)
    if request.method == "GET":
        plans = list_visible(request._request, query_transition_plans(family))
        return Response(TransitionsOut({"days": _serialize_transition_days(family), "plans": plans}).data)
    form, _ = replace(TRANSITION_INPUT, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-transition",
        make=lambda: actions.plan_transition(family=family, by=request.user, **form.details()),
        show=lambda pk: (
            TransitionPlanOut(get_visible_or_404(request._request, TransitionPlan.objects.all(), pk=pk)).data
        ),
    )


class WayBackCardOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")

    class Meta:
        model = WayBack
        fields = ["id", "site", "language", "title", "words", "phone", "hours"]


def _serialize_way_back(request: Request, pk: UUID) -> ReturnDict:
    return WayBackCardOut(
        get_visible_or_404(request._request, WayBack.objects.select_related("site"), pk=pk)
    ).data


@policy.permission("read_families", POST="supervise")
@extend_schema(request=build_input_serializer(CARD_INPUT, "WayBack"), responses=WayBackCardOut)
@api_view(["GET", "POST"])
def list_or_add_ways_back(request: Request) -> Response:
    """GET: the return cards of every site. POST: add a card."""
    if request.method == "GET":
        cards = list_visible(request._request, WayBack.objects.in_order())
        return Response({"results": WayBackCardOut(cards, many=True).data})
    form, _ = CARD_INPUT.read(request.data)
    return create_once(
        request,
        kind="api-way-back",
        make=lambda: actions.save_way_back(by=request.user, **form.cleaned_data),
        show=lambda pk: _serialize_way_back(request, pk),
    )


@policy.permission("read_families", PATCH="supervise")
@extend_schema(request=build_input_serializer(CARD_INPUT, "WayBackChange"), responses=WayBackCardOut)
@api_view(["GET", "PATCH"])
def show_or_change_way_back(request: Request, way_back_id: UUID) -> Response:
    """GET: one return card. PATCH: change the fields that are sent."""
    found = get_visible_or_404(request._request, WayBack.objects.select_related("site"), pk=way_back_id)
    if request.method == "PATCH":
        form = CARD_INPUT.read_patch(build_way_back_initial(found), request.data)
        actions.save_way_back(way_back=found, by=request.user, **form.cleaned_data)
    return Response(_serialize_way_back(request, way_back_id))
