"""The API of the people around the child."""

from dataclasses import replace

from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from pairs.access import policy
from pairs.access.api import Sheet, schema_of
from pairs.access.described import extend_schema
from pairs.access.fetch import fetch, fetch_list
from pairs.families.opened import family_of
from pairs.submissions.api import create_once
from pairs.village import actions
from pairs.village.forms import Member
from pairs.village.models import VillageMember
from pairs.village.views.members import known_of

SHEET = Sheet(form=Member)


class MemberOut(serializers.ModelSerializer):
    circle = serializers.CharField(source="kind")

    class Meta:
        model = VillageMember
        fields = [
            "id", "family", "infant", "circle", "name", "role", "organisation", "phone", "email", "lines",
            "closeness", "team", "since", "until",
        ]  # fmt: skip


def _shown(request, pk):
    return MemberOut(fetch(request._request, VillageMember.objects.all(), pk=pk)).data


def _family(request, family_id):
    return family_of(request._request, family_id, may=None if request.method == "GET" else "register_people")


@policy.permission("read_families", POST="register_people")
@extend_schema(request=schema_of(SHEET, "VillageMember"), responses=MemberOut)
@api_view(["GET", "POST"])
def members(request, family_id):
    """GET: everybody around the children, nearest first. POST: somebody more."""
    family = _family(request, family_id)
    if request.method == "GET":
        rows = fetch_list(request._request, VillageMember.objects.filter(family=family).nearest_first())
        return Response({"results": MemberOut(rows, many=True).data})
    form, _ = replace(SHEET, kwargs={"family": family}).read(request.data)
    return create_once(
        request,
        kind="api-village-member",
        make=lambda: actions.add_member(family=family, by=request.user, **form.details()),
        show=lambda pk: _shown(request, pk),
    )


@policy.permission("read_families", PATCH="register_people")
@extend_schema(request=schema_of(SHEET, "VillageMemberChanged"), responses=MemberOut)
@api_view(["GET", "PATCH"])
def member(request, member_id):
    """One of them. PATCH changes what is sent and leaves the rest."""
    found = fetch(request._request, VillageMember.objects.select_related("family"), pk=member_id)
    family = _family(request, found.family_id)
    if request.method == "PATCH":
        form = replace(SHEET, kwargs={"family": family}).read_over(known_of(found), request.data)
        found = actions.change_member(member=found, by=request.user, **form.details())
    return Response(MemberOut(found).data)
