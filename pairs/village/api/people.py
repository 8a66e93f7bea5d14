"""The API of the people around the child."""

from dataclasses import replace
from typing import Any
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
from pairs.families.models import Family
from pairs.submissions.api import create_once
from pairs.village import actions
from pairs.village.forms import MemberForm
from pairs.village.models import VillageMember
from pairs.village.views.members import build_member_initial

MEMBER_INPUT = FormInput(form=MemberForm)


class MemberOut(serializers.ModelSerializer):
    circle = serializers.CharField(source="kind")

    class Meta:
        model = VillageMember
        fields = [
            "id", "family", "infant", "circle", "name", "role", "organisation", "phone", "email", "lines",
            "closeness", "team", "since", "until",
        ]  # fmt: skip


def _serialize_member(request, pk):
    return MemberOut(get_visible_or_404(request._request, VillageMember.objects.all(), pk=pk)).data


def _get_family_to_register(request: Request, family_id: UUID) -> Family:
    return get_family(request._request, family_id, may=None if request.method == "GET" else "register_people")


@policy.permission("read_families", POST="register_people")
@extend_schema(request=build_input_serializer(MEMBER_INPUT, "VillageMember"), responses=MemberOut)
@api_view(["GET", "POST"])
def list_or_add_members(request: Request, family_id: UUID) -> Any:
    """GET: everybody around the children, nearest first. POST: add a person."""
    family = _get_family_to_register(request, family_id)
    if request.method == "GET":
        rows = list_visible(request._request, VillageMember.objects.filter(family=family).nearest_first())
        return Response({"results": MemberOut(rows, many=True).data})
    form, _ = replace(MEMBER_INPUT, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-village-member",
        make=lambda: actions.add_member(family=family, by=request.user, **form.action_kwargs()),
        show=lambda pk: _serialize_member(request, pk),
    )


@policy.permission("read_families", PATCH="register_people")
@extend_schema(request=build_input_serializer(MEMBER_INPUT, "VillageMemberChanged"), responses=MemberOut)
@api_view(["GET", "PATCH"])
def show_or_update_member(request: Request, member_id: UUID) -> Response:
    """One person around the child. PATCH changes what is sent and leaves the rest."""
    found = get_visible_or_404(request._request, VillageMember.objects.select_related("family"), pk=member_id)
    family = _get_family_to_register(request, found.family_id)
    if request.method == "PATCH":
        form = replace(MEMBER_INPUT, kwargs={"family": family}).read_patch(
            build_member_initial(found), request.data
        )
        found = actions.update_member(member=found, by=request.user, **form.action_kwargs())
    return Response(MemberOut(found).data)
