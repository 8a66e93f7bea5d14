"""The API of turning two and five, and of the cards that say how to come back."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from interventions.endings import actions
from interventions.endings.forms import Transition, WayBackForm, card_values
from interventions.endings.models import TransitionPlan, WayBack
from interventions.endings.views.transitions import days_of, plans_of
from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.opened import family_of
from pairs.submissions.api import create_once

TRANSITION, CARD = Sheet(form=Transition), Sheet(form=WayBackForm)


class PlanOut(serializers.ModelSerializer):
    class Meta:
        model = TransitionPlan
        fields = ["id", "infant", "turning", "who_next", "agreed_with", "agreed_on", "note"]


class DayOut(serializers.Serializer):
    infant = serializers.UUIDField()
    turning = serializers.CharField()
    announced_on = serializers.DateField()
    birthday = serializers.DateField()


class TransitionsOut(serializers.Serializer):
    """Each child's two days, and what was agreed, newest first."""

    days = DayOut(many=True)
    plans = PlanOut(many=True)


def _days(family):
    names = ("turning", "announced_on", "birthday")
    return [
        {"infant": infant.pk, **{name: getattr(each, name) for name in names}}
        for infant, each in days_of(family)
    ]


@policy.permission("read_families", POST="write_records")
@extend_schema(request=schema_of(TRANSITION, "Transition"), responses=TransitionsOut)
@api_view(["GET", "POST"])
def transitions(request, family_id):
    """GET: what is ahead for each child. POST: who is there next; ``child`` is “two:” or “five:” and the child's id."""
    may = None if request.method == "GET" else "write_records"
    family = family_of(request._request, family_id, may=may)
    if request.method == "GET":
        plans = fetch_list(request._request, plans_of(family))
        return Response(TransitionsOut({"days": _days(family), "plans": plans}).data)
    form, _ = replace(TRANSITION, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-transition",
        make=lambda: actions.plan_transition(family=family, by=request.user, **form.details()),
        show=lambda pk: PlanOut(fetch(request._request, TransitionPlan.objects.all(), pk=pk)).data,
    )


class CardOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")

    class Meta:
        model = WayBack
        fields = ["id", "site", "language", "title", "words", "phone", "hours"]


def _card(request, pk):
    return CardOut(fetch(request._request, WayBack.objects.select_related("site"), pk=pk)).data


@policy.permission("read_families", POST="supervise")
@extend_schema(request=schema_of(CARD, "WayBack"), responses=CardOut)
@api_view(["GET", "POST"])
def ways_back(request):
    """GET: every site's cards. POST: one more."""
    if request.method == "GET":
        cards = fetch_list(request._request, WayBack.objects.in_order())
        return Response({"results": CardOut(cards, many=True).data})
    form, _ = CARD.read(request.data)
    return create_once(
        request,
        kind="api-way-back",
        make=lambda: actions.keep_way_back(by=request.user, **form.cleaned_data),
        show=lambda pk: _card(request, pk),
    )


@policy.permission("read_families", PATCH="supervise")
@extend_schema(request=schema_of(CARD, "WayBackChange"), responses=CardOut)
@api_view(["GET", "PATCH"])
def way_back(request, way_back_id):
    """One card. PATCH changes what is sent and leaves the rest."""
    found = fetch(request._request, WayBack.objects.select_related("site"), pk=way_back_id)
    if request.method == "PATCH":
        form = CARD.read_over(card_values(found), request.data)
        actions.keep_way_back(way_back=found, by=request.user, **form.cleaned_data)
    return Response(_card(request, way_back_id))
