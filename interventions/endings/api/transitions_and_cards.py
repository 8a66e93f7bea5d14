"""API of transition plans (turning two and five) and of return cards."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from interventions.endings import record_forms
from interventions.endings.family_transitions import list_transition_days, query_transition_plans
from interventions.endings.models import TransitionPlan, WayBack
from pairs.access import policy
from pairs.access.visible_records import list_visible
from pairs.api.views import FormApi, ListApi, RecordApi
from pairs.families.models import Family


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


def _present_transition_days(family: Family) -> list[dict[str, Any]]:
    names = ("turning", "announced_on", "birthday")
    return [
        {"infant": infant.pk, **{name: getattr(each, name) for name in names}}
        for infant, each in list_transition_days(family)
    ]


@policy.permission("read_families", POST="write_records")
class FamilyTransitions(record_forms.PlanTransition, FormApi):
    """GET: transition days and plans. POST: add a plan; ``child`` is “two:” or “five:” and the child's id."""

    serializer_class = TransitionsOut
    created_class = TransitionPlanOut

    def get(self, request: Request, family_id: UUID) -> Response:
        self.record = self.get_record(None)
        plans = list_visible(request, query_transition_plans(self.family))
        return Response(self.serialize({"days": _present_transition_days(self.family), "plans": plans}))

    def post(self, request: Request, family_id: UUID) -> Response:
        return self.post_once(request)


class WayBackCardOut(serializers.ModelSerializer):
    site = serializers.CharField(source="site.code")

    class Meta:
        model = WayBack
        fields = ["id", "site", "language", "title", "words", "phone", "hours"]


@policy.permission("read_families", POST="supervise")
class WayBackList(record_forms.AddWayBack, ListApi):
    """GET: the return cards of every site. POST: add a card."""

    serializer_class = WayBackCardOut

    def get_rows(self) -> QuerySet[WayBack]:
        return WayBack.objects.in_order()


@policy.permission("read_families", PATCH="supervise")
class WayBackDetail(record_forms.ChangeWayBack, RecordApi):
    """GET: one return card. PATCH: change the fields that are sent."""

    serializer_class = WayBackCardOut
